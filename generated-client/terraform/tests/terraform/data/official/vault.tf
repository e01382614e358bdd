variable "stages" {
  default = ["staging", "production"]
}

resource "ngrok_vault" "stage" {
  for_each    = toset(var.stages)
  name        = each.value
  description = "Secrets of ${each.value}"
}

resource "ngrok_vault" "plain" {
  name     = "plain"
  metadata = jsonencode({})
}
