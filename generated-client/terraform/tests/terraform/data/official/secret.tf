resource "ngrok_vault" "production" {
  name = "production"
}

resource "ngrok_secret" "database" {
  vault_id    = ngrok_vault.production.id
  name        = "database-password"
  value       = "made-up"
  description = "Rotated every quarter"
}

resource "ngrok_secret" "token" {
  vault_id = ngrok_vault.production.id
  name     = "token"
  value    = base64encode("made-up")
  metadata = "{}"
}
