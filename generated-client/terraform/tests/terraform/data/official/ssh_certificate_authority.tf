resource "ngrok_ssh_certificate_authority" "hosts" {
  description      = "Signs the keys of hosts"
  private_key_type = "ed25519"
}

resource "ngrok_ssh_certificate_authority" "rsa" {
  private_key_type = "rsa"
  key_size         = 4096
}

resource "ngrok_ssh_certificate_authority" "ecdsa" {
  private_key_type = "ecdsa"
  elliptic_curve   = "p384"
}
