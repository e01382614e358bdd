locals {
  networks = {
    berlin = "203.0.113.0/24"
    paris  = "198.51.100.7/32"
    ipv6   = "2001:DB8::/32"
  }
}

resource "ngrok_ip_policy" "office" {
  description = "Offices"
}

resource "ngrok_ip_policy_rule" "allow" {
  for_each     = local.networks
  ip_policy_id = ngrok_ip_policy.office.id
  cidr         = each.value
  action       = "allow"
  description  = title(each.key)
}

resource "ngrok_ip_policy_rule" "deny" {
  ip_policy_id = ngrok_ip_policy.office.id
  cidr         = "0.0.0.0/0"
  action       = "deny"
  depends_on   = [ngrok_ip_policy_rule.allow]
}
