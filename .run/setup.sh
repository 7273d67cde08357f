#!/usr/bin/env bash
# Puts in place what is missing, each part by a step of its own. A step that finds its part there
# does nothing; a part appears under its name only when it is whole, so an interrupted set-up is
# simply started again.
set -euo pipefail
source "$(dirname -- "${BASH_SOURCE[0]}")/lib.sh"

bash "$STEPS/packages.sh"
mkdir -p "$PARLANCE_CACHE"

# One set-up at a time: others wait and then find the work done.
if have flock; then
  exec 9>"$PARLANCE_CACHE/lock"
  if ! flock -n 9; then
    say "- waiting for another ./run that is setting up"
    flock 9
  fi
fi

for step in npm emscripten libraries drogon; do bash "$STEPS/$step.sh"; done
[ ! -d "$PARLANCE_CACHE/archive" ] || rm -rf "$PARLANCE_CACHE/archive" "$PARLANCE_CACHE/partial"
