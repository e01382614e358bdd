resource "ngrok_ip_policy" "staff" {
  count       = 2
  description = "Staff ${count.index}"
}

resource "ngrok_ip_restriction" "dashboard" {
  type          = "dashboard"
  enforced      = true
  ip_policy_ids = ngrok_ip_policy.staff[*].id
  description   = "Staff only"
}

resource "ngrok_ip_restriction" "agents" {
  type          = "agent"
  ip_policy_ids = reverse(ngrok_ip_policy.staff[*].id)
}
