# What every step shares: where things are, how a step speaks, how a long command is shown.
# Sourced, never run.
# shellcheck shell=bash

ROOT=$(cd -- "$(dirname -- "${BASH_SOURCE[0]}")/.." && pwd)
STEPS=$ROOT/.run
LOGS=$ROOT/build/logs
PARLANCE_CACHE=${PARLANCE_CACHE:-${XDG_CACHE_HOME:-$HOME/.cache}/parlance}
export PARLANCE_CACHE

say() { printf '%s\n' "$*"; }
die() {
  printf 'error: %s\n' "$1" >&2
  shift
  [ $# -eq 0 ] || printf '       %s\n' "$@" >&2
  exit 1
}
have() { command -v "$1" >/dev/null 2>&1; }

# version_at_least <version> <least>
version_at_least() {
  [ "$(printf '%s\n%s\n' "$2" "$1" | sort -V | head -n 1)" = "$2" ]
}

# newest <glob>: the highest version among the folders the glob names, or nothing.
newest() {
  compgen -G "$1" | sort -V | tail -n 1 || true
}

# logged <what it does> <log name> <command…>: says what it does, keeps the command's words in a
# log, shows its last word every 20 seconds, and prints the log's end if the command fails.
logged() {
  local what=$1 log=$LOGS/$2.log started=$SECONDS status=0 pid next
  shift 2
  mkdir -p "$LOGS"
  say "- $what"
  # A process group of its own, so that an interrupt ends the whole of it.
  set -m
  "$@" >"$log" 2>&1 </dev/null &
  pid=$!
  set +m
  # shellcheck disable=SC2064
  trap "kill -- -$pid 2>/dev/null; exit 130" INT TERM
  next=$((SECONDS + 20))
  while kill -0 "$pid" 2>/dev/null; do
    sleep 0.1
    if [ "$SECONDS" -ge "$next" ]; then
      next=$((SECONDS + 20))
      say "    $((SECONDS - started)) s: $(tail -n 1 "$log" | tr -d '\r' | cut -c 1-100)"
    fi
  done
  wait "$pid" || status=$?
  trap - INT TERM
  if [ "$status" -ne 0 ]; then
    tail -n "${LOG_TAIL:-40}" "$log" >&2
    die "$what: failed after $((SECONDS - started)) s" "the whole log: $log"
  fi
  say "    done in $((SECONDS - started)) s"
}
