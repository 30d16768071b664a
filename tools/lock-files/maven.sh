#!/bin/sh
# Lists the dependencies of the Maven project in the testdata of lang/maven-pom with Maven itself, as `expected.txt` beside it: path of the
# pom.xml, group:artifact and version, `dev` behind those of scope test. The project's own modules are left out.
#
#   sh tools/lock-files/maven.sh        needs Maven 3 or newer, a JDK, and Maven Central
set -eu
root=$(cd "$(dirname "$0")/../.." && pwd)
data=$root/src/extract/lang/maven-pom/testdata/shop
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cp -r "$data/." "$work" && cd "$work"
mvn --quiet --batch-mode compile dependency:list -DoutputFile=dependencies.txt -DexcludeTransitive=true -DincludeScope= > log 2>&1 || { cat log; exit 1; }
find . -name dependencies.txt | while read -r list; do
  pom=$(dirname "${list#./}")/pom.xml
  sed -n 's/^   \([^: ]*:[^: ]*\):[^: ]*:\([^: ]*\):test.*/\1 \2 dev/p; t
    s/^   \([^: ]*:[^: ]*\):[^: ]*:\([^: ]*\):[a-z]*.*/\1 \2/p' "$list" | sed "s#^#${pom#./} #"
done | grep -v ' org.example.shop:' | LC_ALL=C sort -u > "$data/expected.txt"
