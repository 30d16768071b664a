#!/bin/sh
# Scans an image once and writes every report that pipelines show.
#
#   scan.sh TARGET [OPTION ...]
#
# Options are those of `plimsoll scan`. DOCKERFILE names the Dockerfile that the image was built from.
set -eu
. "$(dirname "$0")/common.sh"

target=${1:?which image?}
shift
if [ -n "${DOCKERFILE:-}" ]; then set -- --dockerfile "$DOCKERFILE" "$@"; fi

look scan scan \
  --format table \
  --format "json=$reports/report.json" \
  --format "html=$reports/report.html" \
  --format "sarif=$reports/report.sarif" \
  --format "markdown-pr=$reports/comment.md" \
  --format "junit=$reports/scan.junit.xml" \
  --format "gitlab=$reports/gl-container-scanning-report.json" \
  --format "gitlab-codequality=$reports/scan.codequality.json" \
  --format "cyclonedx=$reports/sbom.cdx.json" \
  "$@" -- "$target"
