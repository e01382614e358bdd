resource "ngrok_tcp_address" "ssh" {
  region      = "eu"
  description = "SSH of the build host"
  metadata    = jsonencode({ port = 22 })
}

resource "ngrok_tcp_address" "default" {}

resource "ngrok_cloud_endpoint" "ssh" {
  url            = "tcp://${ngrok_tcp_address.ssh.addr}"
  traffic_policy = jsonencode({ on_tcp_connect = [{ actions = [{ type = "deny" }] }] })
}
