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

# look STEP COMMAND [ARGUMENT ...]: runs plimsoll, shows what it says line by line, keeps that (STEP.txt, STEP.err) and how it ended, and ends
# with that unless the gate comes later. A signal is handed on; a step that was stopped leaves no exit code, which is no pass.
look() {
  step=$1
  shift
  rm -f "$reports/$step.exit"
  # Named pipes and not `|`, which hides how plimsoll ended; in the background, since a shell takes no signal while it waits for a program in front of it.
  pipes=$(mktemp -d)
  trap 'rm -rf "$pipes"' EXIT
  mkfifo "$pipes/out" "$pipes/err"
  tee "$reports/$step.txt" <"$pipes/out" | harmless &
  tee "$reports/$step.err" <"$pipes/err" | harmless >&2 &
  stopped=
  plimsoll_pid=
  trap 'stop 129' HUP
  trap 'stop 130' INT
  trap 'stop 143' TERM
  # What is in the background has no standard input of its own, and `scan -` reads it; a service may have closed it.
  if (exec 3<&0) 2>/dev/null; then exec 3<&0; else exec 3</dev/null; fi
  "$plimsoll" "$@" <&3 >"$pipes/out" 2>"$pipes/err" &
  plimsoll_pid=$!
  [ -z "$stopped" ] || stop "$stopped"
  code=0
  wait "$plimsoll_pid" || code=$?
  if [ -n "$stopped" ]; then
    # The signal has ended the first wait. The filters end by themselves; something that plimsoll has started may hold their pipes.
    wait "$plimsoll_pid" || true
    exit "$stopped"
  fi
  wait
  [ -s "$reports/$step.err" ] || rm -f "$reports/$step.err"
  printf '%s\n' "$code" >"$reports/$step.exit"
  if [ "${GATE:-now}" = later ]; then exit 0; fi
  exit "$code"
}

stop() {
  stopped=$1
  [ -z "$plimsoll_pid" ] || kill "$plimsoll_pid" 2>/dev/null || true
}

# A package's name may be `##vso[task.setvariable ...]` or `::set-output ...`: Azure, GitHub and TeamCity take such lines of a log as commands.
# Source: actions/runner, ActionCommand; microsoft/azure-pipelines-agent, Command; TeamCity, "Service Messages".
# Each line at once where sed knows how: GNU and newer BSD by -u, older BSD by -l.
harmless() {
  at_once=
  for option in -u -l; do
    if [ -z "$at_once" ] && sed "$option" -e p </dev/null >/dev/null 2>&1; then at_once=$option; fi
  done
  # shellcheck disable=SC2086
  LC_ALL=C sed $at_once -e 's/#\([A-Za-z]*\)\[/# \1[/g' -e 's/^[^[:alnum:]]*::/| &/'
}
