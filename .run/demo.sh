#!/usr/bin/env bash
# Serves the demo site from one server process. What visitors write stays in build/demo/ between runs.
set -euo pipefail
source "$(dirname -- "${BASH_SOURCE[0]}")/lib.sh"

port=0
while [ $# -gt 0 ]; do
  case $1 in
    --port)
      port=${2:-}
      shift
      ;;
    --port=*) port=${1#--port=} ;;
    *) die "demo: no such option: $1" "usage: ./run demo [--port N]" ;;
  esac
  shift
done
[[ $port =~ ^[0-9]+$ ]] || die "demo: --port needs a number"

bash "$STEPS/build.sh"
source "$STEPS/env.sh"
mkdir -p "$ROOT/build/demo"
database=$ROOT/build/demo/parlance.sqlite
logged "seeding the demo site" demo-seed \
  "$PARLANCE_SERVER" seed --database "$database" --file "$ROOT/web/demo/seed.json"
# Whoever starts the demo can moderate it, each time with another password.
password=$(head -c 12 /dev/urandom | base64 | tr '+/' '-_')
moderate() { "$PARLANCE_SERVER" moderator "$1" "$site" Demo --role owner --database "$database" <<<"$password" >/dev/null; }
site=$(node -p 'require(process.argv[1]).site.id' "$ROOT/web/demo/seed.json")
moderate password 2>/dev/null || moderate add
say "- to moderate: /console/?site=$site on the server below, name Demo, password $password"
say "- mail goes nowhere; /mailbox/ on the server below shows it"
say "- starting the server; Ctrl-C stops it, and what was written is kept in build/demo/"
# The server takes this process's place, so that every signal reaches it.
exec "$PARLANCE_SERVER" --port "$port" --database "$database" --static "$PARLANCE_DIST" \
  --mail-url capture --mail-from comments@demo.example --mail-collect-seconds 5
