#!/bin/sh
# Pushes an image, only if the gate passes and only from the main branch; elsewhere it says so and ends with 0.
#
#   push.sh IMAGE [STEP ...]
#
# IMAGE_ARCHIVE (image.tar) is what build.sh saved and scan.sh read; its very bytes go to the registry, with skopeo. Where there is no
# such file, `docker push` (ENGINE) takes the daemon's. REGISTRY_USERNAME and REGISTRY_PASSWORD are for the image's registry; without them credentials are
# those of an earlier `docker login` or `skopeo login`.
# MAIN_BRANCH is `main` where it is not given; STEPs are those that gate.sh asks for.
set -eu

image=${1:?which image?}
shift
archive=${IMAGE_ARCHIVE:-image.tar}
main=${MAIN_BRANCH:-main}

sh "$(dirname "$0")/gate.sh" "$@"

# The branch whose push is built; nothing for pull and merge requests, tags and whatever is not known.
branch_of_this_run() {
  if [ -n "${GITHUB_REF:-}" ]; then
    # `pull_request_target` has the name of the main branch too.
    case ${GITHUB_EVENT_NAME:-} in push | workflow_dispatch) heads "$GITHUB_REF" ;; esac
  elif [ -n "${GITLAB_CI:-}" ]; then
    [ -n "${CI_MERGE_REQUEST_IID:-}" ] || echo "${CI_COMMIT_BRANCH:-}"
  elif [ -n "${BUILD_SOURCEBRANCH:-}" ]; then
    heads "$BUILD_SOURCEBRANCH"
  elif [ -n "${CIRCLECI:-}" ]; then
    [ -n "${CIRCLE_PR_NUMBER:-}" ] || echo "${CIRCLE_BRANCH:-}"
  elif [ -n "${BITBUCKET_BUILD_NUMBER:-}" ]; then
    [ -n "${BITBUCKET_PR_ID:-}" ] || echo "${BITBUCKET_BRANCH:-}"
  elif [ -n "${BUILDKITE:-}" ]; then
    [ "${BUILDKITE_PULL_REQUEST:-}" != false ] || echo "${BUILDKITE_BRANCH:-}"
  elif [ -n "${DRONE:-}" ]; then
    # A pull request has the name of the branch that it is for.
    [ "${DRONE_BUILD_EVENT:-}" != push ] || echo "${DRONE_BRANCH:-}"
  elif [ -z "${CHANGE_ID:-}" ]; then
    echo "${BRANCH_NAME:-}"
  fi
}
heads() {
  case $1 in refs/heads/*) echo "${1#refs/heads/}" ;; esac
}

branch=$(branch_of_this_run)
if [ "$branch" != "$main" ]; then
  echo "not pushed: only $main is, and this is ${branch:-no branch of its own}"
  exit 0
fi

# Docker Hub's images have no host in front.
registry_of() {
  case ${1%%/*} in
    "$1") echo docker.io ;;
    *.* | *:* | localhost) echo "${1%%/*}" ;;
    *) echo docker.io ;;
  esac
}

engine=${ENGINE:-docker}
[ ! -f "$archive" ] || engine=skopeo
if [ -n "${REGISTRY_PASSWORD:-}" ]; then
  printf '%s' "$REGISTRY_PASSWORD" |
    "$engine" login --username "${REGISTRY_USERNAME:?}" --password-stdin "$(registry_of "$image")"
fi
if [ -f "$archive" ]; then
  skopeo copy "docker-archive:$archive" "docker://$image"
else
  "$engine" push "$image"
fi
echo "pushed: $image"
