#!/bin/sh
# Deletes the IP policies that test runs left behind, and prints their number.
set -eu
count=0
for id in $(ngrok api ip-policies list --limit 100 | jq -r '.ip_policies[] | select(.description | startswith("ci-")) | .id'); do
  ngrok api ip-policies delete "$id"
  count=$((count + 1))
done
echo "deleted $count"
