#!/bin/sh
# The action's scan: what its inputs say, as the options of a step, and what it came to as outputs and a summary of the job.
# INPUT_IMAGE (with INPUT_ARCHIVE where it was built) and INPUT_ARGS (one option a line) are inputs; all others arrive as settings
# (PLIMSOLL_*) and variables of the steps. REPORTS is a folder of this use of the action alone.
set -eu

steps=$(CDPATH='' cd "$(dirname "$0")/../steps" && pwd -P)
image=${INPUT_IMAGE:?the input image is needed}
reports=${REPORTS:?}

# A line is an argument, whatever blanks and stars it has.
set -f
IFS='
'
# shellcheck disable=SC2086
set -- ${INPUT_ARGS:-}
unset IFS
set +f

GATE=later sh "$steps/scan.sh" "${INPUT_ARCHIVE:+docker-archive:}${INPUT_ARCHIVE:-$image}" "$@"

code=$(cat "$reports/scan.exit")
case $code in
  0) outcome=pass ;;
  1) outcome=fail ;;
  5) outcome=unknown ;;
  *) outcome=error ;;
esac
{
  echo "outcome=$outcome"
  echo "exit-code=$code"
  echo "reports=$reports"
  # For the artifact, whose name is another for each image.
  echo "name=plimsoll-$(printf '%s' "$image" | LC_ALL=C tr -c 'A-Za-z0-9._-' - | cut -c 1-100)"
  # Only what is there: a scan that could not be made has no reports, and what would upload them is left out.
  for output in json=report.json html=report.html sarif=report.sarif markdown=comment.md junit=scan.junit.xml sbom=sbom.cdx.json; do
    [ ! -f "$reports/${output#*=}" ] || echo "${output%%=*}=$reports/${output#*=}"
  done
} >>"$GITHUB_OUTPUT"

if [ "$outcome" = error ]; then
  # Not the gate: nothing is known of the image.
  echo "::error title=Plimsoll::The image could not be scanned (exit code $code); the log says why."
  echo "**Plimsoll could not scan this image** (exit code $code); the log says why." >>"$GITHUB_STEP_SUMMARY"
else
  cat "$reports/comment.md" >>"$GITHUB_STEP_SUMMARY"
fi
