#!/usr/bin/env bash
# Drogon, the HTTP server library: the system's where it is new enough, else built once from the
# sources in Debian's testing suite, as static libraries and without its database layer.
set -euo pipefail
source "$(dirname -- "${BASH_SOURCE[0]}")/lib.sh"
source "$STEPS/env.sh"
[ -z "$PARLANCE_DROGON_PREFIX" ] || exit 0

# One of the reader's own, on CMake's search path.
while read -r prefix; do
  [ -z "$prefix" ] || [ -z "$(compgen -G "$prefix/lib*/cmake/Drogon/DrogonConfig.cmake")" ] || exit 0
done < <(tr ':;' '\n' <<<"${CMAKE_PREFIX_PATH:-}")

if have dpkg-query; then
  version=$(dpkg-query -W -f '${Version}' libdrogon-dev 2>/dev/null || true)
  if [ -n "$version" ] && version_at_least "$version" 1.9; then exit 0; fi
elif [ -n "$(compgen -G '/usr/lib*/cmake/Drogon/DrogonConfig.cmake')" ]; then
  exit 0
fi

# compile <name> <prefix> <options…>
compile() {
  local name=$1 prefix=$2 work=$PARLANCE_CACHE/partial
  shift 2
  nice cmake -S "$work/$name" -B "$work/$name-build" -G Ninja -DCMAKE_BUILD_TYPE=Release \
    -DBUILD_SHARED_LIBS=OFF -DBUILD_DOC=OFF -DBUILD_TESTING=OFF \
    -DCMAKE_PREFIX_PATH="$prefix" -DCMAKE_INSTALL_PREFIX="$prefix" "$@"
  nice cmake --build "$work/$name-build"
  cmake --install "$work/$name-build"
  rm -rf "${work:?}/$name" "${work:?}/$name-build"
}

build() {
  source "$STEPS/archive.sh"
  local work=$PARLANCE_CACHE/partial prefix version
  archive_open
  rm -rf "$work"/{trantor,drogon}{,-build} "$work/prefix"
  archive_source trantor "$work/trantor"
  archive_source drogon "$work/drogon"
  version=$SOURCE_VERSION
  prefix=$work/prefix
  compile trantor "$prefix"
  compile drogon "$prefix" -DUSE_SUBMODULE=OFF -DBUILD_ORM=OFF -DBUILD_MYSQL=OFF -DBUILD_REDIS=OFF \
    -DBUILD_POSTGRESQL=OFF -DBUILD_SQLITE=OFF -DBUILD_YAML_CONFIG=OFF -DBUILD_CTL=OFF -DBUILD_EXAMPLES=OFF
  rm -rf "${PARLANCE_CACHE:?}/drogon-$version"
  mv "$prefix" "$PARLANCE_CACHE/drogon-$version"
}

logged "building Drogon from its sources (a few minutes, once)" drogon build
