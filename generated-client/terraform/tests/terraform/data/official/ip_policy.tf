resource "ngrok_ip_policy" "office" {
  description = "Offices"
  metadata    = jsonencode({ contact = "it@acme.example.com" })
}

resource "ngrok_ip_policy" "empty" {}
