resource "ngrok_domain" "app" {
  domain      = "app.acme.example.com"
  region      = "us"
  description = "Web application"

  certificate_management_policy = {
    authority        = "letsencrypt"
    private_key_type = "ecdsa"
  }

  lifecycle {
    create_before_destroy = false
  }
}

resource "ngrok_tls_certificate" "wildcard" {
  certificate_pem = "-----BEGIN CERTIFICATE-----\nMIIBZzCC\n-----END CERTIFICATE-----\n"
  private_key_pem = "-----BEGIN PRIVATE KEY-----\nMADEUP\n-----END PRIVATE KEY-----\n"
}

resource "ngrok_domain" "wildcard" {
  domain         = "*.apps.acme.example.com"
  certificate_id = ngrok_tls_certificate.wildcard.id
}

output "cname" {
  value = ngrok_domain.app.cname_target
}
