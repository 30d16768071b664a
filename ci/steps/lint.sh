#!/bin/sh
# Looks at Dockerfiles, manifests and Compose files: those that are named, else all below this folder.
#
#   lint.sh [PATH ...]
set -eu
. "$(dirname "$0")/common.sh"

[ "$#" -gt 0 ] || set -- .
look lint lint "$@" \
  --format table \
  --format "json=$reports/lint.json" \
  --format "sarif=$reports/lint.sarif" \
  --format "junit=$reports/lint.junit.xml" \
  --format "gitlab-sast=$reports/gl-sast-report.json" \
  --format "gitlab-codequality=$reports/lint.codequality.json"
