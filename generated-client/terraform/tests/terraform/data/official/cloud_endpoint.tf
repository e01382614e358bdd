resource "ngrok_domain" "api" {
  domain = "api.acme.example.com"
}

resource "ngrok_cloud_endpoint" "api" {
  url             = "https://${ngrok_domain.api.domain}"
  description     = "Public entry point"
  metadata        = jsonencode({ owner = "api-team" })
  bindings        = ["public"]
  pooling_enabled = false

  traffic_policy = yamlencode({
    on_http_request = [{
      expressions = ["req.url.path.startsWith('/admin')"]
      actions     = [{ type = "deny", config = { status_code = 403 } }]
    }]
  })
}

resource "ngrok_cloud_endpoint" "internal" {
  url            = "https://service.internal"
  traffic_policy = file("${path.module}/policy.json")
}
