#!/bin/sh
# Builds dist/ whatever its age: `npm run build`.
set -eu
root=$(CDPATH='' cd "$(dirname "$0")/../.." && pwd -P)
. "$root/tools/lib.sh"

rebuild() {
  install_dependencies
  "$node" "$root/tools/build/bundle.mjs" >&2
}

find_node
with_lock rebuild
