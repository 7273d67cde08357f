#!/usr/bin/env bash
# A PostgreSQL of the tests' own, in a temporary folder, on a socket in it, with its usual durability.
#
#   postgresql.sh with <command…>      starts one, runs the command, and removes it again
#   postgresql.sh stop|start|restart   for the command: does that to the running one
#   postgresql.sh crash                for the command: ends it as a power cut would
#
# The command finds the server's address in PARLANCE_TEST_POSTGRESQL.
set -euo pipefail
source "$(dirname -- "${BASH_SOURCE[0]}")/lib.sh"

programs=$(pg_config --bindir 2>/dev/null || true)
if [ ! -x "$programs/initdb" ]; then programs=$(dirname -- "$(newest '/usr/lib/postgresql/*/bin/initdb')"); fi
[ -x "$programs/initdb" ] || die "PostgreSQL's initdb was not found" "install the package postgresql"

# PostgreSQL refuses to run as root.
as_owner() {
  if [ "$(id -u)" -ne 0 ]; then
    "$@"
    return
  fi
  local owner=nobody
  if id postgres >/dev/null 2>&1; then owner=postgres; fi
  setpriv --reuid "$owner" --regid "$(id -g "$owner")" --clear-groups env HOME=/ "$@"
}

control() { (cd / && as_owner "$programs/pg_ctl" --pgdata "$folder/data" --silent --wait "$@"); }

start() {
  control start --log "$folder/log" --options \
    "-c listen_addresses= -c unix_socket_directories=$folder -c max_connections=200" ||
    die "PostgreSQL did not start" "$(tail -n 5 "$folder/log" 2>/dev/null)"
}

# What is still connected is cut off, as a restart of a real one would.
stop() { control stop --mode fast; }

with_one() {
  folder=$(mktemp -d "${TMPDIR:-/tmp}/parlance-pg-XXXXXX")
  if [ "$(id -u)" -eq 0 ]; then chmod 755 "$folder"; fi
  mkdir "$folder/data"
  if [ "$(id -u)" -eq 0 ]; then
    chown "$(as_owner id -u):$(as_owner id -g)" "$folder" "$folder/data"
  fi
  trap 'control stop --mode immediate >/dev/null 2>&1 || true; rm -rf "$folder"' EXIT
  trap 'exit 130' INT TERM
  (cd / && as_owner "$programs/initdb" --pgdata "$folder/data" --username parlance --auth trust \
    --encoding UTF8 --locale C.UTF-8 --no-instructions >"$folder/initdb.log") ||
    die "initdb failed" "$(cat "$folder/initdb.log")"
  start
  local status=0
  PARLANCE_TEST_POSTGRESQL="postgresql:///postgres?host=$folder&user=parlance" \
    PARLANCE_TEST_POSTGRESQL_FOLDER=$folder "$@" || status=$?
  exit "$status"
}

command=${1:-}
[ $# -eq 0 ] || shift
case $command in
  with) with_one "$@" ;;
  start | stop | restart)
    folder=${PARLANCE_TEST_POSTGRESQL_FOLDER:?is set by postgresql.sh with}
    if [ "$command" != start ]; then stop; fi
    if [ "$command" != stop ]; then start; fi
    ;;
  crash)
    folder=${PARLANCE_TEST_POSTGRESQL_FOLDER:?is set by postgresql.sh with}
    control stop --mode immediate
    ;;
  *) die "usage: postgresql.sh with <command…>, or stop, start, restart, crash" ;;
esac
