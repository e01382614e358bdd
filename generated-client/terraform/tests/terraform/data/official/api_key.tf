resource "ngrok_api_key" "ci" {
  for_each    = toset(["build", "deploy"])
  description = "CI: ${each.key}"
  metadata    = jsonencode({ team = "platform", stage = each.key })
}

output "keys" {
  value     = { for name, key in ngrok_api_key.ci : name => key.token }
  sensitive = true
}
