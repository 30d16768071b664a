#!/bin/sh
# Brings everything that a first scan needs: Node 24 where the host's is older, run-time dependencies, the built program, and the
# images of examples/. Quick where nothing changed.
set -eu
root=$(CDPATH='' cd "$(dirname "$0")/.." && pwd -P)
. "$root/tools/lib.sh"

find_node
built && installed "$root" || with_lock build

make_examples() { "$node" "$root/tools/examples/build.ts" >&2; }
with_lock make_examples
