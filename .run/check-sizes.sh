#!/usr/bin/env bash
# What a reader's browser fetches before the first comment stays within its budget, as brotli sends it.
set -euo pipefail
source "$(dirname -- "${BASH_SOURCE[0]}")/lib.sh"
loader_budget=3072
total_budget=153600

packed() { brotli -q 11 -c -- "$1" | wc -c; }

dist=$ROOT/build/dist
[ -s "$dist/embed.js" ] || die "build/dist/embed.js is missing"
total=0
bad=0
for kind in embed.js 'parlance.*.js' 'parlance.*.wasm'; do
  mapfile -t files < <(compgen -G "$dist/$kind" | grep -v '\.br$' || true)
  [ ${#files[@]} -eq 1 ] || die "build/dist should hold one $kind and holds ${#files[@]}"
  size=$(packed "${files[0]}")
  say "$(basename -- "${files[0]}"): $size bytes"
  total=$((total + size))
  if [ "$kind" = embed.js ] && [ "$size" -gt "$loader_budget" ]; then
    say "the loader is over its budget of $loader_budget bytes"
    bad=1
  fi
done
if [ "$total" -gt "$total_budget" ]; then
  say "together $total bytes, over the budget of $total_budget"
  bad=1
fi
say "$total of $total_budget bytes before the first comment"
exit "$bad"
