#!/bin/sh
# Looks for flaws in what a project is made of, by its lock files and manifests.
#
#   dependencies.sh [FOLDER] [OPTION ...]
#
# Options are those of `plimsoll scan`.
set -eu
. "$(dirname "$0")/common.sh"

folder=${1:-.}
[ "$#" -eq 0 ] || shift
look dependencies scan --scanners vuln \
  --format table \
  --format "json=$reports/dependencies.json" \
  --format "sarif=$reports/dependencies.sarif" \
  --format "junit=$reports/dependencies.junit.xml" \
  --format "gitlab-dependency-scanning=$reports/gl-dependency-scanning-report.json" \
  --format "gitlab-codequality=$reports/dependencies.codequality.json" \
  --format "cyclonedx=$reports/dependencies.cdx.json" \
  "$@" -- "dir:$folder"
