#!/usr/bin/env bash
# The repository holds sources only: nothing built, nothing of a dependency, nothing of one machine.
set -euo pipefail
source "$(dirname -- "${BASH_SOURCE[0]}")/lib.sh"
source "$STEPS/files.sh"
cd "$ROOT"
bad=0
complain() {
  [ -z "$2" ] || {
    printf '%s:\n%s\n' "$1" "$2"
    bad=1
  }
}

names=$(own_files | tr '\0' '\n')
complain "built or private files" "$(grep -E '\.(wasm|o|a|so|br|sqlite|sqlite3|db|log|orig|rej|pem|key)$|(^|/)(\.env|\.DS_Store|node_modules|build)(/|$)' <<<"$names" || true)"
complain "a dependency's own code" "$(grep -E '(^|/)(imgui(_[a-z]+)?\.(cpp|h)|imstb_.*\.h|json\.hpp|doctest\.h|sqlite3\.[ch])$' <<<"$names" || true)"
complain "files over 1 MB" "$(own_files | xargs -0 --no-run-if-empty -I{} find {} -maxdepth 0 -size +1024k)"
complain "download addresses in the lock file" "$(grep -n '"resolved"' package-lock.json || true)"
complain "unfinished work" "$(own_files ':!package-lock.json' | xargs -0 grep -nIE '\b(TO[D]O|FIX[M]E|XX[X])\b' || true)"
complain "paths of one machine" "$(own_files ':!package-lock.json' | xargs -0 grep -nIE '(^|[^[:alnum:]_.])/(roo[t]|wor[k]|home/[a-z])/' || true)"
[ "$bad" -eq 0 ] || exit 1
say "$(wc -l <<<"$names") files"
