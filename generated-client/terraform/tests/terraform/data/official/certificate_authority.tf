resource "ngrok_certificate_authority" "clients" {
  ca_pem      = <<-PEM
    -----BEGIN CERTIFICATE-----
    MIIBZzCCAQ2gAwIBAgIUYjo0
    -----END CERTIFICATE-----
  PEM
  description = "Signs the certificates of our clients"
  metadata    = ""
}
