#!/bin/sh
# Builds an image and saves it as an archive: what is scanned and what is pushed are then the same bytes.
#
#   build.sh IMAGE [CONTEXT]
#
# DOCKERFILE names another Dockerfile than the context's own, BUILD_OPTIONS more options of `docker build`, one a line, ENGINE another program than
# docker (podman knows the same options), IMAGE_ARCHIVE another file than image.tar.
set -eu

image=${1:?which image?}
context=${2:-.}
engine=${ENGINE:-docker}
archive=${IMAGE_ARCHIVE:-image.tar}

# A line is an argument, whatever blanks and stars it has.
set -f
IFS='
'
# shellcheck disable=SC2086
set -- ${BUILD_OPTIONS:-}
unset IFS
set +f
if [ -n "${DOCKERFILE:-}" ]; then set -- "$@" --file "$DOCKERFILE"; fi

"$engine" build --tag "$image" "$@" "$context"
# Podman does not write over a file.
rm -f "$archive"
exec "$engine" save --output "$archive" "$image"
