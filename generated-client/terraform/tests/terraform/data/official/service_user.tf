resource "ngrok_service_user" "deployer" {
  name   = "deployer"
  active = true
}

resource "ngrok_service_user" "retired" {
  name   = "retired"
  active = false
}

resource "ngrok_api_key" "deployer" {
  description = "Used by the deployer"
  owner_id    = ngrok_service_user.deployer.id
}
