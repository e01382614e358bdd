variable "hosts" {
  type    = list(string)
  default = ["warehouse", "office"]
}

resource "ngrok_credential" "agent" {
  count       = length(var.hosts)
  description = "Agent on ${var.hosts[count.index]}"
  acl         = ["bind:${var.hosts[count.index]}.acme.example.com"]
}

resource "ngrok_credential" "unrestricted" {
  acl = []
}
