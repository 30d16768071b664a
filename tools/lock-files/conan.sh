#!/bin/sh
# Makes the conan.lock files in the testdata of lang/conan-lock with Conan 1 and 2, out of recipes that it writes, and beside each
# `expected.txt`: every reference of the dependency graph as Conan's own `graph info` and `info` tell it, `dev` behind tools of the build.
#
#   sh tools/lock-files/conan.sh        needs Python 3 with venv, and PyPI
set -eu
testdata=$(cd "$(dirname "$0")/../.." && pwd)/src/extract/lang/conan-lock/testdata
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
export CONAN_HOME="$work/home2" CONAN_USER_HOME="$work/home1"
# C and C++ compilers are not needed: the recipes build nothing.
recipe() {
  mkdir -p "$work/$1" && cat > "$work/$1/conanfile.py" <<PY
from conan import ConanFile
class Recipe(ConanFile):
    name = "$1"
    version = "$2"
    $3
PY
}
recipe zlib 1.2.11 'pass'
recipe cmake 3.22.0 'pass'
recipe libpng 1.6.37 'requires = "zlib/1.2.11"'
recipe own 0.1.0 'user, channel = "acme", "stable"'
recipe shop 1.0.0 'requires = "libpng/1.6.37", "own/0.1.0@acme/stable"
    tool_requires = "cmake/3.22.0"'

for major in 1 2; do
  python3 -m venv "$work/venv$major" && "$work/venv$major/bin/pip" install --quiet "conan==$major.*"
  conan=$work/venv$major/bin/conan
  mkdir -p "$testdata/conan$major" && cd "$work"
  if [ $major = 1 ]; then
    "$conan" profile new default >/dev/null && "$conan" profile update settings.os=Linux default && "$conan" config set general.revisions_enabled=1
    for name in zlib cmake libpng; do "$conan" create $name >/dev/null; done
    "$conan" create own acme/stable >/dev/null
    "$conan" lock create shop/conanfile.py --profile:build default --profile:host default --lockfile-out conan.lock >/dev/null
    "$conan" info shop/conanfile.py --profile:build default --profile:host default --json info.json >/dev/null
    python3 - <<'PY' > expected
import json
for one in json.load(open("info.json")):
    if one["reference"].startswith("conanfile.py"): continue
    print(one["reference"].split("@")[0].replace("/", " "), *(["dev"] if one["context"] == "build" else []))
PY
  else
    "$conan" profile detect >/dev/null 2>&1 || printf '[settings]\nos=Linux\n' > "$CONAN_HOME/profiles/default"
    for name in zlib cmake libpng own; do "$conan" create $name >/dev/null 2>&1; done
    "$conan" lock create shop/conanfile.py --lockfile-out conan.lock >/dev/null 2>&1
    "$conan" graph info shop/conanfile.py --format json 2>/dev/null > info.json
    python3 - <<'PY' > expected
import json
for one in json.load(open("info.json"))["graph"]["nodes"].values():
    if one["name"] != "shop": print(one["name"], one["version"], *(["dev"] if one["context"] == "build" else []))
PY
  fi
  LC_ALL=C sort -u expected > "$testdata/conan$major/expected.txt"
  cp conan.lock "$testdata/conan$major/conan.lock"
done
