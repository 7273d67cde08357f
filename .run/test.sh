#!/usr/bin/env bash
# Runs every check and test and adds them up. A step that should have run tests and ran none has
# failed. The last line is: N passed, N failed.
set -euo pipefail
source "$(dirname -- "${BASH_SOURCE[0]}")/lib.sh"

passed=0
failed=0
count() {
  passed=$((passed + $1))
  failed=$((failed + $2))
}
finish() {
  printf '\n%s passed, %s failed\n' "$passed" "$failed"
  [ "$failed" -eq 0 ] || exit 1
  exit 0
}

if ! bash "$STEPS/build.sh"; then
  count 0 1
  finish
fi
# Each browser that cannot be had fails its own tests, besides.
bash "$STEPS/packages.sh" tests || count 0 1
source "$STEPS/env.sh"
cd "$ROOT"
export LOG_TAIL=150
export ASAN_OPTIONS=${ASAN_OPTIONS:-strict_string_checks=1:detect_stack_use_after_return=1}
export UBSAN_OPTIONS=${UBSAN_OPTIONS:-print_stacktrace=1:halt_on_error=1}

# run_tests <what> <log name> <counter> <command…>: the counter reads the log and prints "passed failed".
run_tests() {
  local what=$1 log=$2 counter=$3 ok=yes good=0 bad=0
  shift 3
  # The commands are programs, so nothing in them depends on errexit, which the `if` turns off.
  (logged "$what" "$log" timeout --kill-after=30 2400 "$@") || ok=no
  read -r good bad < <("$counter" "$LOGS/$log.log") || true
  if [ $((good + bad)) -eq 0 ]; then
    say "    no test ran: that is a failure"
    bad=1
  elif [ $ok = no ] && [ "$bad" -eq 0 ]; then
    bad=1
  fi
  say "    $good passed, $bad failed"
  count "$good" "$bad"
}

# ctest's verbose log: doctest's own counts where a test prints them; a test that ends badly
# without a failed case (a crash, a sanitizer's report, a time-out) is one failure.
count_ctest() {
  awk '
    match($0, /^ *[0-9]+: \[doctest\] test cases:/) {
      split($0, part, ":"); id = part[1] + 0
      split($0, field, "|"); split(field[2], p, " "); split(field[3], f, " ")
      seen[id] = 1; good[id] += p[1]; bad[id] += f[1]
    }
    match($0, /^ *[0-9]+\/[0-9]+ Test +#[0-9]+:/) {
      id = $0; sub(/^[^#]*#/, "", id); id += 0
      ok = $0 ~ / Passed +[0-9.]+ sec/
      if (!seen[id]) { if (ok) good[id] = 1 }
      if (!ok && !bad[id]) bad[id] = 1
      ids[id] = 1
    }
    END { for (id in ids) { g += good[id]; b += bad[id] } print g + 0, b + 0 }' "$1"
}

# The summary that closes the report of node's test runner.
count_node() {
  awk '$2 == "pass" && NF == 3 { g = $3 } ($2 == "fail" || $2 == "cancelled") && NF == 3 { b[$2] = $3 }
    END { print g + 0, b["fail"] + b["cancelled"] + 0 }' "$1"
}

say "- checks"
for check in "$STEPS"/check-*.sh; do
  name=$(basename -- "$check" .sh)
  if bash "$check" >"$LOGS/$name.log" 2>&1; then
    say "    ok      ${name#check-}: $(tail -n 1 "$LOGS/$name.log")"
    count 1 0
  else
    say "    FAILED  ${name#check-}:"
    head -n 60 "$LOGS/$name.log" | sed 's/^/            /'
    count 0 1
  fi
done

if (logged "building the native tests with sanitizers" build-asan bash "$STEPS/compile.sh" asan); then
  run_tests "running the native tests under ASan and UBSan" test-native count_ctest \
    ctest --test-dir build/asan --parallel 2 --timeout 300 --verbose
else
  count 0 1
fi

# run_files <what> <log name> <folder> <file name to leave out> [command before node…]
# A folder's files run one after another: browsers on two cores disturb each other's timing.
run_files() {
  local what=$1 log=$2 folder=$3 without=$4 files
  shift 4
  mapfile -t files < <(find "$folder" -name '*.test.mjs' ! -name "$without" 2>/dev/null | sort)
  if [ ${#files[@]} -eq 0 ]; then
    say "- $folder: no test file, which is a failure"
    count 0 1
    return 0
  fi
  run_tests "$what" "$log" count_node \
    "$@" node --test --test-concurrency=1 --test-reporter=spec "${files[@]}"
}
run_files "running the conformance tests on SQLite" test-conformance-sqlite \
  tests/conformance postgresql.test.mjs
run_files "running the conformance tests on PostgreSQL" test-conformance-postgresql \
  tests/conformance sqlite.test.mjs bash "$STEPS/postgresql.sh" with
run_files "running the browser tests" test-browser tests/browser ''
finish
