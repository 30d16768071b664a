#!/bin/sh
# Makes the Cargo.lock files in the testdata of lang/cargo-lock, one a version of the format, and beside each `expected.txt`: name and
# version of every crate that is not the workspace's own, as `cargo metadata` gives them. The version of the format follows from
# the oldest Rust that the project supports.
#
#   sh tools/lock-files/rust.sh        needs Rust 1.85 or newer with git, and crates.io
set -eu
testdata=$(cd "$(dirname "$0")/../.." && pwd)/src/extract/lang/cargo-lock/testdata
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

# A crate in a repository of its own, to be locked to a commit.
mkdir -p "$work/from-git/src" && cd "$work/from-git"
printf '[package]\nname = "from-git"\nversion = "0.3.0"\n' > Cargo.toml
touch src/lib.rs
git init -q && git add . && git -c user.name=x -c user.email=x@example.com commit -qm x

for rust in v1:1.40 v2:1.50 v3:1.60 v4:1.85; do
  mkdir -p "$work/$rust/src" "$work/$rust/tool/src" "$testdata/${rust%:*}" && cd "$work/$rust"
  cat > Cargo.toml <<TOML
[package]
name = "shop"
version = "1.0.0"
rust-version = "${rust#*:}"
[workspace]
members = ["tool"]
resolver = "1"
[dependencies]
smallvec = "=1.6.0"
time = "=0.1.43"
tool = { path = "tool" }
from-git = { git = "file://$work/from-git" }
[dev-dependencies]
semver = "=0.9.0"
TOML
  printf '[package]\nname = "tool"\nversion = "2.0.0"\n[dependencies]\nsmallvec = "=0.6.13"\n' > tool/Cargo.toml
  touch src/lib.rs tool/src/lib.rs
  cargo generate-lockfile --quiet
  cargo metadata --format-version 1 --quiet | python3 -c '
import json, sys
for crate in json.load(sys.stdin)["packages"]:
    if crate["source"]: print(crate["name"], crate["version"])' | LC_ALL=C sort -u > "$testdata/${rust%:*}/expected.txt"
  sed "s#file://$work#https://example.com#" Cargo.lock > "$testdata/${rust%:*}/Cargo.lock"
done
