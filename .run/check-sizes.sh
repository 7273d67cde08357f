#!/usr/bin/env bash
# What a reader's browser fetches before the first comment stays within its budget, as brotli sends
# it. The build's manifest says which files those are; their sizes are measured here.
set -euo pipefail
source "$(dirname -- "${BASH_SOURCE[0]}")/lib.sh"
loader_budget=3072
total_budget=153600

dist=$ROOT/build/dist
[ -s "$dist/manifest.json" ] || die "build/dist/manifest.json is missing"
mapfile -t files < <(node -e '
  const { files } = JSON.parse(require("fs").readFileSync(process.argv[1], "utf8"));
  for (const file of files) if (file.beforeFirstComment) console.log(file.name);
' "$dist/manifest.json")
for kind in embed.js 'parlance\..*\.js' 'parlance\..*\.wasm'; do
  printf '%s\n' "${files[@]}" | grep -qxE "(assets/)?$kind" || die "the manifest names no $kind"
done

total=0
bad=0
for file in "${files[@]}"; do
  size=$(brotli -q 11 -c -- "$dist/$file" | wc -c)
  say "$file: $size bytes"
  total=$((total + size))
  if [ "$file" = embed.js ] && [ "$size" -gt "$loader_budget" ]; then
    say "the loader is over its budget of $loader_budget bytes"
    bad=1
  fi
done
if [ "$total" -gt "$total_budget" ]; then
  say "together over the budget of $total_budget bytes"
  bad=1
fi
say "$total of $total_budget bytes before the first comment"
exit "$bad"
