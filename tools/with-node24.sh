#!/bin/sh
# Runs a command with Node 24 and the development tools of the checkout first on the path: `sh tools/with-node24.sh vitest run`.
set -eu
root=$(CDPATH='' cd "$(dirname "$0")/.." && pwd -P)
. "$root/tools/lib.sh"

use_development_tools
exec "$@"
