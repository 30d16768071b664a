# Sourced by the steps of this folder, which every pipeline calls. POSIX sh. What they share:
#
#   PLIMSOLL  the program; the checkout's own where it is not given
#   REPORTS   folder of the reports (plimsoll-reports); a step keeps its exit code there as STEP.exit, for gate.sh
#   GATE      `later`: a step ends with 0 whatever it found, so that reports are published before gate.sh decides
#
# All settings of plimsoll hold as well: its variables (PLIMSOLL_FAIL_ON) and plimsoll.yaml.
root=$(CDPATH='' cd "$(dirname "$0")/../.." && pwd -P)
plimsoll=${PLIMSOLL:-$root/plimsoll}
reports=${REPORTS:-plimsoll-reports}
mkdir -p "$reports"

# conclude STEP CODE: keeps how a step ended, and ends with it unless the gate comes later.
conclude() {
  printf '%s\n' "$2" >"$reports/$1.exit"
  if [ "${GATE:-now}" = later ]; then exit 0; fi
  exit "$2"
}
