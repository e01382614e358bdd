#!/bin/sh
# Prints the URLs of all cloud endpoints, sorted.
set -eu
ngrok api endpoints list | jq -r '.endpoints[] | select(.type == "cloud") | .url' | sort
