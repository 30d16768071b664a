#!/bin/sh
# Makes composer.lock and installed.json in the testdata of lang/composer-lock and lang/composer, out of packages in folders, and
# beside each `expected.txt`: name and version of every package as Composer lists them, `dev` behind those for development.
#
#   sh tools/lock-files/php.sh        needs PHP and Composer 2
set -eu
lang=$(cd "$(dirname "$0")/../.." && pwd)/src/extract/lang
locks=$lang/composer-lock/testdata/composer
installed=$lang/composer/testdata/composer
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
mkdir -p "$locks" "$installed"
export COMPOSER_HOME="$work/home" COMPOSER_ALLOW_SUPERUSER=1 COMPOSER_DISABLE_NETWORK=1

package() {
  mkdir -p "$work/packages/$1" && echo "{\"name\":\"$1\",\"version\":\"$2\",\"license\":$3,\"require\":{$4}}" > "$work/packages/$1/composer.json"
}
package acme/http-kernel v5.4.1 '"MIT"' '"acme/log":"^1.1"'
package acme/log 1.1.4 '["LGPL-2.1-only","GPL-3.0-or-later"]' ''
package acme/branch dev-main '"proprietary"' ''
package acme/unit 9.5.10 '["BSD-3-Clause"]' '"acme/diff":"*"'
package acme/diff 4.0.4 '"BSD-3-Clause"' ''

mkdir "$work/shop" && cd "$work/shop"
cat > composer.json <<'JSON'
{
  "name": "acme/shop",
  "repositories": [{ "packagist.org": false }, { "type": "path", "url": "../packages/*/*", "options": { "symlink": false } }],
  "require": { "acme/http-kernel": "^5.4", "acme/branch": "dev-main", "php": ">=7.2" },
  "require-dev": { "acme/unit": "^9.5" }
}
JSON
composer update --quiet --no-interaction
list() {
  composer show --format=json "$@" | php -r '
    foreach (json_decode(stream_get_contents(STDIN), true)[$argv[1]] ?? [] as $p) echo $p["name"], " ", explode(" ", $p["version"])[0], "\n";' "$key" |
    LC_ALL=C sort -u
}
key=locked
list --locked > all
list --locked --no-dev > prod
{ cat prod; LC_ALL=C comm -13 prod all | sed 's/$/ dev/'; } | LC_ALL=C sort > "$locks/expected.txt"
key=installed
list > "$installed/expected.txt"
cp composer.lock "$locks/composer.lock"
cp vendor/composer/installed.json "$installed/installed.json"
