#!/usr/bin/env bash
# The system packages: asks once what is missing, and installs just that where it may.
# usage: packages.sh [tests|load]; with "tests" also the browsers that only tests visit, with "load"
# what puts load on the server.
set -euo pipefail
source "$(dirname -- "${BASH_SOURCE[0]}")/lib.sh"
source "$STEPS/env.sh"

leave_out=${PARLANCE_LEAVE_OUT:-}
is_left_out() { [[ " ${leave_out//,/ } " == *" $1 "* ]]; }
wants_firefox=no
wants_webkit=no
if [ "${1:-}" = tests ]; then
  is_left_out firefox || wants_firefox=yes
  is_left_out webkit || wants_webkit=yes
fi

# Elsewhere than on Debian and its kin nothing is installed; the tools only have to be there.
if ! have dpkg-query || ! have apt-get; then
  missing=()
  for tool in cmake ninja c++ python3 node npm brotli clang-format pg_config initdb; do
    have "$tool" || missing+=("$tool")
  done
  if [ "${1:-}" = load ]; then have wrk || missing+=(wrk); fi
  [ -n "$CHROMIUM" ] || missing+=("chromium (or its path in CHROMIUM)")
  if [ $wants_firefox = yes ]; then
    have "$FIREFOX" || missing+=("firefox (or its path in FIREFOX)")
  fi
  if [ $wants_webkit = yes ]; then
    have "$WEBKIT_DRIVER" || missing+=("WebKitWebDriver (or its path in WEBKIT_DRIVER)")
    have "$WEBKIT_BROWSER" || missing+=("WebKitGTK's MiniBrowser (its path in WEBKIT_BROWSER)")
  fi
  if [ $wants_firefox = yes ] || [ $wants_webkit = yes ]; then
    have Xvfb || missing+=(Xvfb)
  fi
  [ ${#missing[@]} -eq 0 ] || die "these programs are missing: ${missing[*]}" \
    "install them with your system's package manager; README.md says what each is for"
  exit 0
fi

wanted=(
  ca-certificates git cmake ninja-build g++ python3 ccache brotli clang-format xz-utils
  nlohmann-json3-dev doctest-dev
  libjsoncpp-dev uuid-dev libssl-dev zlib1g-dev libbrotli-dev libc-ares-dev libsqlite3-dev libpq-dev postgresql
  libargon2-dev libutf8proc-dev libxml2-dev libcurl4-openssl-dev openssl
  fonts-noto-core fonts-noto-cjk fonts-noto-color-emoji fonts-liberation2
)
[ -n "$CHROMIUM" ] || wanted+=(chromium)
if [ "${1:-}" = load ]; then wanted+=(wrk util-linux); fi
if [ $wants_firefox = yes ] && ! have "$FIREFOX"; then wanted+=(firefox-esr); fi
# The driver's package brings the library that MiniBrowser comes with.
if [ $wants_webkit = yes ] && ! { have "$WEBKIT_DRIVER" && have "$WEBKIT_BROWSER"; }; then
  wanted+=(webkit2gtk-driver)
fi
if [ $wants_firefox = yes ] || [ $wants_webkit = yes ]; then
  wanted+=(xvfb libgl1-mesa-dri libegl1)
fi
# Node may come from elsewhere than the distribution, so its program is asked, not its package.
node_major=$(node --version 2>/dev/null | sed 's/^v\([0-9]*\).*/\1/' || true)
if [ "${node_major:-0}" -lt 18 ] || ! have npm; then wanted+=(nodejs npm); fi

installed=$(dpkg-query -W -f '${db:Status-Status} ${Package}\n' "${wanted[@]}" 2>/dev/null || true)
missing=()
for name in "${wanted[@]}"; do
  grep -qxF "installed $name" <<<"$installed" || missing+=("$name")
done
[ ${#missing[@]} -gt 0 ] || exit 0

install=(env DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends "${missing[@]}")
if [ "$(id -u)" -eq 0 ]; then
  as_root=()
elif have sudo && sudo -n true 2>/dev/null; then
  as_root=(sudo -n)
else
  die "these system packages are missing, and installing them needs root: ${missing[*]}" \
    "run this once, then ./run again:" \
    "  sudo apt-get update && sudo apt-get install -y --no-install-recommends ${missing[*]}"
fi
logged "reading the package lists" apt-update "${as_root[@]}" apt-get update
logged "installing ${#missing[@]} system packages: ${missing[*]}" apt-install "${as_root[@]}" "${install[@]}"

node_major=$(node --version | sed 's/^v\([0-9]*\).*/\1/')
[ "$node_major" -ge 18 ] || die "node $(node --version) is too old: 18 or newer is needed on PATH"
