resource "ngrok_event_destination" "logs" {
  format = "json"
  target = {
    datadog = { api_key = "made-up" }
  }
}

resource "ngrok_event_subscription" "audit" {
  description     = "Audit trail"
  destination_ids = [ngrok_event_destination.logs.id]
  sources = [
    { type = "ip_policy_created.v0" },
    { type = "ip_policy_updated.v0", fields = [] },
    { type = "ip_policy_deleted.v0" },
  ]
}
