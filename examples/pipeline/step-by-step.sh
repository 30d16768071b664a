#!/bin/sh
# The same in single steps, for those who have a script of several scanners and change one command at a time. Needs jq.
#
#   step-by-step.sh IMAGE [DOCKERFILE]
#
# Every step leaves a file; a score of 100 - 20 x critical - 10 x high - 5 x medium decides, and so does anything critical.
set -eu

image=${1:?which image?}
dockerfile=${2:-Dockerfile}
plimsoll=${PLIMSOLL:-plimsoll}
reports=${REPORTS:-security-reports}
mkdir -p "$reports"

# Vulnerabilities, in the fields that Trivy's users select, and as a table; the second scan reads no layer again.
"$plimsoll" scan "$image" -f "trivy=$reports/vulnerabilities.json" -f "table=$reports/vulnerabilities.txt"
count() {
  jq "[.Results[].Vulnerabilities[] | select(.Severity == \"$1\")] | length" "$reports/vulnerabilities.json"
}
critical=$(count CRITICAL)
high=$(count HIGH)
medium=$(count MEDIUM)

# For code scanning.
"$plimsoll" scan "$image" -f "sarif=$reports/vulnerabilities.sarif"

# The Dockerfile, as a linter reads it from standard input. What it finds does not stop this script.
if [ -f "$dockerfile" ]; then
  "$plimsoll" lint - --kind dockerfile <"$dockerfile" >"$reports/dockerfile.txt" || true
fi

# Secrets: in the image, layers below included.
"$plimsoll" secrets "$image" >"$reports/secrets.txt"

score=$((100 - critical * 20 - high * 10 - medium * 5))
if [ "$score" -lt 0 ]; then score=0; fi

cat >"$reports/summary.md" <<EOF
# $image

- Score: $score of 100
- Critical: $critical
- High: $high
- Medium: $medium
EOF

echo "score $score of 100: $critical critical, $high high, $medium medium; see $reports"
if [ "$critical" -gt 0 ] || [ "$score" -lt 70 ]; then exit 1; fi
