#!/bin/sh
# Sets up and runs what has to pass: build, lint, types, tests. All of them run even where one fails; the last line is that of the
# tests. A skipped test is listed with its reason; with PLIMSOLL_STRICT_SKIPS=1 one that test/house/allowed-skips.txt does not allow
# fails.
set -eu
root=$(CDPATH='' cd "$(dirname "$0")/.." && pwd -P)
. "$root/tools/lib.sh"

use_development_tools
cd "$root"

failed=
step() {
  name=$1
  shift
  printf '== %s\n' "$name"
  "$@" || failed="$failed $name"
}

step build sh tools/setup.sh
step lint biome check --error-on-warnings .
step types tsc --noEmit -p .
if [ -n "$failed" ]; then printf 'plimsoll: failed before the tests:%s\n' "$failed" >&2; fi
step tests vitest run "$@"
[ -z "$failed" ]
