resource "ngrok_agent_ingress" "edge" {
  domain      = "connect.acme-tunnels.com"
  description = "Agents in the factory connect here"

  certificate_management_policy = {
    authority        = "letsencrypt"
    private_key_type = "ecdsa"
  }
}

output "name_servers" {
  value = ngrok_agent_ingress.edge.ns_targets
}
