#!/bin/sh
# Looks at an image from every side and stops the pipeline where it should not sail.
#
#   security-scan.sh IMAGE [DOCKERFILE]
#
# The report is in security-reports/latest: report.html for people, report.sarif for code scanning, sbom.cdx.json for the records.
# Ends with 1 where the gate fails: anything critical, or a score under 70. PLIMSOLL names the program where it is not on the path.
set -eu

image=${1:?which image?}
dockerfile=${2:-Dockerfile}

set -- "$image" --output "${REPORTS:-security-reports}"
if [ -f "$dockerfile" ]; then set -- "$@" --dockerfile "$dockerfile"; fi
exec "${PLIMSOLL:-plimsoll}" assess "$@"
