#!/bin/sh
# Builds dist/ whatever its age: `npm run build`. With --fresh nothing of earlier builds stays, as a package needs it: they keep their
# chunks for an hour, for programs that run.
set -eu
root=$(CDPATH='' cd "$(dirname "$0")/../.." && pwd -P)
. "$root/tools/lib.sh"

rebuild() {
  install_dependencies
  if [ "$fresh" = --fresh ]; then rm -rf "$root/dist"; fi
  "$node" "$root/tools/build/bundle.mjs" >&2
}

fresh=${1:-}
find_node
with_lock rebuild
