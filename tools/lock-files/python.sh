#!/bin/sh
# Makes the lock files in the testdata of the Python extractors with the tools themselves, and beside each `expected.txt`: name and
# version of every package as the tool exports it, `dev` behind those that are left out of the export without development groups.
#
#   sh tools/lock-files/python.sh        needs Python 3.9 or newer and the package index
set -eu
root=$(cd "$(dirname "$0")/../.." && pwd)
lang=$root/src/extract/lang
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"

tool() {
  name=$1
  shift
  python3 -m venv "$work/$name"
  "$work/$name/bin/pip" install --quiet "$@"
}
tool uv uv
tool poetry poetry poetry-plugin-export
tool poetry1 'poetry==1.4.2' 'poetry-plugin-export<1.7'
tool pipenv pipenv
tool piptools pip-tools
python3 -m venv pdm && uv/bin/uv pip install --quiet --python pdm/bin/python --exclude-newer 2025-06-01 pdm

# A project in a new folder: an extra, a package of another platform, and one needed for development only.
project() {
  mkdir "$work/$1" && cd "$work/$1"
  cat > pyproject.toml <<'TOML'
[project]
name = "shop"
version = "1.0.0"
requires-python = ">=3.9"
dependencies = ["click==8.0.0", "requests[socks]==2.25.0", "colorama==0.4.4; sys_platform == 'win32'"]

[dependency-groups]
dev = ["pytest==7.1.0"]

[tool.poetry]
package-mode = false

[tool.pdm]
distribution = false

[tool.uv]
package = false

[[tool.poetry.source]]
name = "index"
url = "https://pypi.org/simple/"
TOML
}

# Names and versions of requirements, names as the index compares them.
pins() {
  sed -n 's/^\([A-Za-z0-9._-]*\)\(\[[^]]*\]\)\{0,1\}==\([^ ;\\]*\).*/\1 \3/p' "$1" | awk '{ gsub(/[-_.]+/, "-", $1); print tolower($1), $2 }' | LC_ALL=C sort -u
}

# Lock file, testdata folder, export of all, export without development groups.
keep() {
  mkdir -p "$lang/$2"
  cp "$1" "$lang/$2/"
  pins "$3" > all
  pins "$4" > production
  { cat production; LC_ALL=C comm -23 all production | sed 's/$/ dev/'; } | LC_ALL=C sort > "$lang/$2/expected.txt"
}

project uv-project
../uv/bin/uv lock --quiet
../uv/bin/uv export --quiet --no-hashes > all.txt
../uv/bin/uv export --quiet --no-hashes --no-dev > prod.txt
keep uv.lock python-lock/testdata/uv all.txt prod.txt
../uv/bin/uv export --quiet --no-dev --format pylock.toml > pylock.toml
keep pylock.toml python-lock/testdata/pylock prod.txt prod.txt

project pdm-project
../pdm/bin/pdm lock --quiet
../pdm/bin/pdm export --without-hashes > all.txt
../pdm/bin/pdm export --without-hashes --prod > prod.txt
keep pdm.lock python-lock/testdata/pdm all.txt prod.txt

project poetry-project
../poetry/bin/poetry lock --quiet
../poetry/bin/poetry export --without-hashes --with dev > all.txt
../poetry/bin/poetry export --without-hashes > prod.txt
keep poetry.lock python-lock/testdata/poetry2 all.txt prod.txt

mkdir "$work/poetry1-project" && cd "$work/poetry1-project"
cat > pyproject.toml <<'TOML'
[tool.poetry]
name = "shop"
version = "1.0.0"
description = ""
authors = []

[tool.poetry.dependencies]
python = ">=3.9,<3.12"
click = "8.0.0"
requests = {version = "2.25.0", extras = ["socks"]}
colorama = {version = "0.4.4", markers = "sys_platform == 'win32'"}

[tool.poetry.group.dev.dependencies]
pytest = "7.1.0"

[[tool.poetry.source]]
name = "index"
url = "https://pypi.org/simple/"
TOML
../poetry1/bin/poetry lock --quiet
../poetry1/bin/poetry export --without-hashes --with dev > all.txt
../poetry1/bin/poetry export --without-hashes > prod.txt
keep poetry.lock python-lock/testdata/poetry1 all.txt prod.txt

mkdir "$work/pipenv-project" && cd "$work/pipenv-project"
cat > Pipfile <<'TOML'
[packages]
click = "==8.0.0"
requests = {version = "==2.25.0", extras = ["socks"]}

[dev-packages]
pytest = "==7.1.0"
TOML
../pipenv/bin/pipenv lock --quiet
../pipenv/bin/pipenv requirements --dev > all.txt
../pipenv/bin/pipenv requirements > prod.txt
keep Pipfile.lock python-lock/testdata/pipenv all.txt prod.txt

# Requirements that pip-compile pinned, hashes and all; the list is that of what pip would install for them.
mkdir "$work/compiled" && cd "$work/compiled"
printf 'click==8.0.0\nrequests[socks]==2.25.0\n' > requirements.in
../piptools/bin/pip-compile --quiet --generate-hashes --no-emit-index-url --no-emit-trusted-host --no-emit-options requirements.in > log 2>&1 || { cat log; exit 1; }
../piptools/bin/pip install --quiet --dry-run --ignore-installed --report report.json -r requirements.txt
python3 - > list.txt <<'PY'
import json
for one in json.load(open('report.json'))['install']:
    print(f"{one['metadata']['name']}=={one['metadata']['version']}")
PY
keep requirements.txt requirements/testdata/compiled list.txt list.txt
