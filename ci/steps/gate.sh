#!/bin/sh
# Decides over the steps that ran before: says how each ended, and ends with the worst exit code. No step at all is no pass.
#
#   gate.sh [STEP ...]
#
# A step that is named must have run.
set -eu
. "$(dirname "$0")/common.sh"

# Errors first (2, 3), then a gate that failed (1), refused data (4), unknown (5).
worse() {
  case $1 in 3) rank=5 ;; 2) rank=4 ;; 1) rank=3 ;; 4) rank=2 ;; 5) rank=1 ;; 0) rank=0 ;; *) rank=6 ;; esac
}
meaning() {
  case $1 in
    0) echo passed ;;
    1) echo 'the gate failed' ;;
    2) echo 'the command line or a setting is wrong' ;;
    3) echo 'it could not be done' ;;
    4) echo 'refused: the advisory data is too old' ;;
    5) echo 'unknown: the gate could not be judged' ;;
    *) echo 'it was stopped' ;;
  esac
}

if [ "$#" -eq 0 ]; then
  for file in "$reports"/*.exit; do
    [ -f "$file" ] || continue
    step=${file##*/}
    set -- "$@" "${step%.exit}"
  done
fi
if [ "$#" -eq 0 ]; then
  echo "plimsoll: no step has left an exit code in $reports; the gate cannot pass" >&2
  exit 3
fi

worst=0
highest=0
for step in "$@"; do
  code=3
  if [ -f "$reports/$step.exit" ]; then
    code=$(cat "$reports/$step.exit")
    echo "$step: $(meaning "$code") ($code)"
  else
    echo "$step: has not run"
  fi
  worse "$code"
  if [ "$rank" -gt "$highest" ]; then
    highest=$rank
    worst=$code
  fi
done
exit "$worst"
