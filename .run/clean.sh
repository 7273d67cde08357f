#!/usr/bin/env bash
# Removes what was built here. What setup fetched is shared by every checkout and stays.
set -euo pipefail
source "$(dirname -- "${BASH_SOURCE[0]}")/lib.sh"
rm -rf "${ROOT:?}/build"
say "removed build/; what setup fetched is in $PARLANCE_CACHE"
