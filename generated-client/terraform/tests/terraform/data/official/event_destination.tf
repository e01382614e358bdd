variable "datadog_key" {
  type      = string
  sensitive = true
  default   = "made-up-key"
}

resource "ngrok_event_destination" "datadog" {
  description = "Datadog"
  format      = "json"
  target = {
    datadog = {
      api_key = var.datadog_key
      ddtags  = "env:prod,team:edge"
      service = "ngrok"
      ddsite  = "datadoghq.eu"
    }
  }
}

resource "ngrok_event_destination" "firehose" {
  metadata = jsonencode({ purpose = "archive" })
  format   = "json"
  target = {
    firehose = {
      delivery_stream_arn = "arn:aws:firehose:eu-west-1:123456789012:deliverystream/ngrok"
      auth = {
        role = { role_arn = "arn:aws:iam::123456789012:role/ngrok-firehose" }
      }
    }
  }
}

resource "ngrok_event_destination" "kinesis" {
  format = "json"
  target = {
    kinesis = {
      stream_arn = "arn:aws:kinesis:eu-west-1:123456789012:stream/ngrok"
      auth = {
        creds = {
          aws_access_key_id     = "AKIAMADEUP"
          aws_secret_access_key = "made-up"
        }
      }
    }
  }
}

resource "ngrok_event_destination" "cloudwatch" {
  format = "json"
  target = {
    cloudwatch_logs = {
      log_group_arn = "arn:aws:logs:eu-west-1:123456789012:log-group:ngrok"
      auth          = { role = { role_arn = "arn:aws:iam::123456789012:role/ngrok-logs" } }
    }
  }
}

resource "ngrok_event_destination" "azure" {
  format = "json"
  target = {
    azure_logs_ingestion = {
      tenant_id                   = "7c1f6f4e-0000-4000-8000-000000000001"
      client_id                   = "7c1f6f4e-0000-4000-8000-000000000002"
      client_secret               = "made-up"
      logs_ingestion_uri          = "https://ngrok-logs.westeurope-1.ingest.monitor.azure.com"
      data_collection_rule_id     = "dcr-0123456789abcdef"
      data_collection_stream_name = "Custom-ngrok"
    }
  }
}
