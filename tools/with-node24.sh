#!/bin/sh
# Runs a command with Node 24 and the development tools of the checkout first on the path: `sh tools/with-node24.sh vitest run`.
set -eu
root=$(CDPATH='' cd "$(dirname "$0")/.." && pwd -P)
. "$root/tools/lib.sh"

find_node
[ -d "$root/node_modules/typescript" ] && installed "$root" && installed "$root/tools/build" || with_lock install_all
PATH=$(dirname "$node"):$root/node_modules/.bin:$PATH
export PATH
exec "$@"
