resource "ngrok_tls_certificate" "site" {
  description     = "Certificate of the site"
  certificate_pem = trimspace(<<-PEM
    -----BEGIN CERTIFICATE-----
    MIIBZzCCAQ2gAwIBAgIUYjo0
    -----END CERTIFICATE-----
    -----BEGIN CERTIFICATE-----
    MIIBZzCCAQ2gAwIBAgIUYjo1
    -----END CERTIFICATE-----
  PEM
  )
  private_key_pem = <<-PEM
    -----BEGIN PRIVATE KEY-----
    MADEUP
    -----END PRIVATE KEY-----
  PEM
}
