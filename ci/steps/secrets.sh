#!/bin/sh
# Looks for passwords, keys and tokens in a folder, or in whatever else `plimsoll secrets` takes.
#
#   secrets.sh [TARGET] [OPTION ...]
#
# Any secret fails the gate; SECRETS_FAIL_ON names another severity.
set -eu
. "$(dirname "$0")/common.sh"

target=${1:-.}
[ "$#" -eq 0 ] || shift
look secrets secrets --fail-on "${SECRETS_FAIL_ON:-low}" \
  --format table \
  --format "json=$reports/secrets.json" \
  --format "sarif=$reports/secrets.sarif" \
  --format "junit=$reports/secrets.junit.xml" \
  --format "gitlab-secret-detection=$reports/gl-secret-detection-report.json" \
  --format "gitlab-codequality=$reports/secrets.codequality.json" \
  "$@" -- "$target"
