#!/bin/sh
# Makes the go.mod in the testdata of lang/go-mod, and beside it `expected.txt`: every module that is built into the project or its
# tests, as the go command resolves it (a module in a folder has no version).
#
#   sh tools/lock-files/go.sh        needs Go 1.21 or newer, and the module proxy
set -eu
testdata=$(cd "$(dirname "$0")/../.." && pwd)/src/extract/lang/go-mod/testdata/tidy
work=$(mktemp -d)
trap 'chmod -R u+w "$work"; rm -rf "$work"' EXIT
mkdir -p "$testdata" "$work/shop/local" && cd "$work/shop"
export GOFLAGS=-mod=mod GOWORK=off GOTOOLCHAIN=local
printf 'module example.com/local\n\ngo 1.17\n' > local/go.mod
printf 'package local\n' > local/local.go
cat > go.mod <<'MOD'
module example.com/shop

go 1.20

toolchain go1.21.5

require (
	example.com/local v1.5.0
	github.com/pkg/errors v0.8.0
	golang.org/x/text v0.3.7
	gopkg.in/yaml.v2 v2.4.0
	github.com/russross/blackfriday v2.0.0+incompatible
)

replace example.com/local => ./local

replace github.com/pkg/errors v0.8.0 => github.com/pkg/errors v0.9.1

exclude gopkg.in/yaml.v2 v2.3.0
MOD
cat > shop.go <<'GO'
package shop

import (
	_ "example.com/local"
	_ "github.com/pkg/errors"
	_ "github.com/russross/blackfriday"
	_ "golang.org/x/text/language"
	_ "gopkg.in/yaml.v2"
)
GO
go mod tidy
go list -deps -test -f '{{with .Module}}{{if not .Main}}{{with .Replace}}{{if .Version}}{{.Path}} {{.Version}}{{else}}{{$.Module.Path}}{{end}}{{else}}{{.Path}} {{.Version}}{{end}}{{end}}{{end}}' ./... |
  sed '/^$/d' | LC_ALL=C sort -u > "$testdata/expected.txt"
cp go.mod "$testdata/go.mod"
