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

# look STEP COMMAND [ARGUMENT ...]: runs plimsoll, shows what it says, keeps how it ended, and ends with that unless the gate comes later.
look() {
  step=$1
  shift
  rm -f "$reports/$step.exit"
  code=0
  "$plimsoll" "$@" >"$reports/$step.txt" 2>"$reports/$step.err" || code=$?
  harmless <"$reports/$step.txt"
  harmless <"$reports/$step.err" >&2
  rm -f "$reports/$step.err"
  printf '%s\n' "$code" >"$reports/$step.exit"
  if [ "${GATE:-now}" = later ]; then exit 0; fi
  exit "$code"
}

# A package's name may be `##vso[task.setvariable ...]` or `::set-output ...`: Azure, GitHub and TeamCity take such lines of a log as commands.
# Source: actions/runner, ActionCommand; microsoft/azure-pipelines-agent, Command; TeamCity, "Service Messages".
harmless() {
  LC_ALL=C sed -e 's/#\([A-Za-z]*\)\[/# \1[/g' -e 's/^[^[:alnum:]]*::/| &/'
}
