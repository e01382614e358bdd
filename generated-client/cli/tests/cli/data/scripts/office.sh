#!/bin/sh
# Makes an IP policy with a rule for each network, unless it exists, and prints the networks of all its rules.
set -eu
id=$(ngrok api ip-policies list | jq -r '.ip_policies[] | select(.description == "office").id')
if [ -z "$id" ]; then
  id=$(ngrok api ip-policies create --description office --metadata '{"owner": "ops"}' | jq -r .id)
  for cidr in 10.0.0.0/8 nonsense 192.168.0.0/16; do
    if ! failed=$(ngrok api ip-policy-rules create --action allow --cidr "$cidr" --ip-policy-id "$id" 2>&1 >/dev/null); then
      echo "$failed" | grep -q "$cidr\|--cidr" || exit 1
    fi
  done
fi
ngrok api ip-policy-rules list | jq -r --arg id "$id" '[.ip_policy_rules[] | select(.ip_policy.id == $id) | .cidr] | sort[]'
