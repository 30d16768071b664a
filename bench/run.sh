#!/bin/sh
# Prints what indexing the benchmark images costs, beside `gzip -dc` of the same layers.
#   BENCH_IMAGES=folder  images made earlier (OCI layouts in folder/oci); else bench/images, built where absent
#   BENCH_RUNS=5         runs of each command, alternating
#   BENCH_DB=folder      the database that scans use; else the one of the cache folder, or the starter
#   BENCH_TRIVY=binary   measures that Trivy too, with the database in BENCH_PEERS (../shared/data/peers), and prints ratios
#   --db [FOLDER]        measures the advisory database instead: built from FOLDER, or from ../shared/data/advisories
#   --bundle             measures `dist/plimsoll.js scan` instead of the index on the sources: every layer read, and none
#   --warm               the second of these alone
#   --scanners secret    the same with secrets and configuration: Trivy's scope, the default one, all text and every byte, beside Trivy with its own
#   --stages             what each stage of a scan costs
set -eu
here=$(cd "$(dirname "$0")" && pwd)
root=$(dirname "$here")

if [ "${1:-}" = --db ]; then
  exec sh "$root/tools/with-node24.sh" node "$here/db.ts" "${2:-$root/../shared/data/advisories}"
fi
images=${BENCH_IMAGES:-$here/images}

if [ ! -d "$images/oci" ]; then
  make=$root/../shared/tools/make-images.sh
  if [ ! -f "$make" ]; then
    echo "bench: no images in $images, and $make, which builds them, is not there. Set BENCH_IMAGES." >&2
    exit 2
  fi
  for tool in mmdebstrap umoci npm python3 mvn; do
    command -v "$tool" >/dev/null || { echo "bench: building the images needs $tool." >&2; exit 2; }
  done
  bash "$make" "$images"
fi
exec sh "$root/tools/with-node24.sh" node "$here/main.ts" "$images/oci" "$@"
