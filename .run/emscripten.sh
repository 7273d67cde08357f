#!/usr/bin/env bash
# Emscripten from Debian's testing suite, in a folder of its own: the programs are told to load
# their own loader and libraries, so they run on an older system.
set -euo pipefail
source "$(dirname -- "${BASH_SOURCE[0]}")/lib.sh"
source "$STEPS/env.sh"
[ -z "${PARLANCE_EMSCRIPTEN_TOOLCHAIN:-}" ] || exit 0

# What apt's answer holds but compiling to WebAssembly never runs: the host's own python and node
# serve, and the native C library's headers must not be found at all.
needless='^(python3|libpython|nodejs|libnode|node-corepack|node-undici|binutils|libbinutils|libgprofng'
needless+='|tzdata|debconf|ccache|linux-libc|libc6-dev|libc-dev|libc-gconv|openssl-|libstdc\+\+-.*-dev'
needless+='|libgcc-.*-dev|libobjc|lib[a-z]*san[0-9]|media-types|netbase)'

fetch() {
  source "$STEPS/archive.sh"
  archive_open
  local names debs=$ARCHIVE/cache/archives
  names=$(archive_apt -s install emscripten patchelf | sed -n 's/^Inst \([^ ]*\).*/\1/p' | grep -Ev "$needless")
  # One folder keeps what an interrupted run had already fetched.
  # shellcheck disable=SC2086
  (cd "$debs" && archive_apt download $names)

  local version partial=$PARLANCE_CACHE/partial/emscripten name
  version=$(APT_CONFIG=$ARCHIVE/apt.conf apt-cache show emscripten | sed -n 's/^Version: \([0-9.]*\).*/\1/p' | head -n 1)
  rm -rf "$partial"
  mkdir -p "$partial"
  for name in $names; do
    dpkg-deb -x "$(compgen -G "$debs/${name}_*.deb" | sort -V | tail -n 1)" "$partial"
  done
  rm -rf "$partial"/usr/share/{doc,man,locale,lintian} "$partial"/usr/include
  adopt "$partial" "$PARLANCE_CACHE/emscripten-$version"
  rm -rf "${PARLANCE_CACHE:?}/emscripten-$version"
  mv "$partial" "$PARLANCE_CACHE/emscripten-$version"
  rm -f "$debs"/*.deb
}

# adopt <folder> <where it will be>: points the programs in it at their own libraries.
adopt() {
  local from=$1 to=$2 loader libraries file llvm
  llvm=$(newest "$from/usr/lib/llvm-*/bin/clang")
  llvm=${llvm%/bin/clang}
  # The loader's name depends on the processor, as ld-linux-x86-64.so.2.
  libraries=$(dirname -- "$(newest "$from/usr/lib/*/libc.so.6")")
  loader=$(basename -- "$(compgen -G "$libraries/ld-*.so.*" | head -n 1)")
  patch() { "$libraries/$loader" --library-path "$libraries" "$from/usr/bin/patchelf" "$@"; }
  local home=$to/${libraries#"$from/"}

  for file in "$llvm"/bin/* "$from"/usr/bin/wasm-*; do
    [ ! -L "$file" ] || continue
    patch --print-interpreter "$file" >/dev/null 2>&1 || continue
    patch --set-interpreter "$home/$loader" --force-rpath --set-rpath "$home" "$file"
  done
  # Libraries with a search path of their own would not look where their program says.
  for file in "$libraries"/*.so*; do
    [ ! -L "$file" ] || continue
    [ -z "$(patch --print-rpath "$file" 2>/dev/null)" ] || patch --force-rpath --set-rpath "$home" "$file"
  done

  # emcc's own scripts look for acorn in the folders above them.
  ln -sfn nodejs "$from/usr/share/node_modules"
  cat >"$from/emscripten.config" <<TEXT
LLVM_ROOT = '$to/${llvm#"$from/"}/bin'
BINARYEN_ROOT = '$to/usr'
NODE_JS = 'node'
CACHE = '$to/em-cache'
TEXT
}

# Links one small program with what the widget uses, so that the system libraries are built now.
prebuild() {
  local root=$1 scratch
  # A library cut short by an interrupt would be taken for whole.
  rm -rf "$root/em-cache"
  scratch=$(mktemp -d)
  cat >"$scratch/probe.cpp" <<'TEXT'
#include <GLES3/gl3.h>
#include <emscripten.h>
#include <emscripten/html5.h>
#include <algorithm>
#include <string>
#include <vector>
EM_JS(void, tell, (const char* text), { console.log(UTF8ToString(text)); });
extern "C" EMSCRIPTEN_KEEPALIVE int probe(int count) {
  std::vector<std::string> names;
  for (int i = 0; i < count; i++) names.push_back(std::to_string(i));
  std::sort(names.begin(), names.end());
  glClear(GL_COLOR_BUFFER_BIT);
  tell(names.front().c_str());
  return static_cast<int>(names.size());
}
TEXT
  EM_CONFIG=$root/emscripten.config EM_CACHE=$root/em-cache \
    EM_CLOSURE_COMPILER=$ROOT/node_modules/.bin/google-closure-compiler \
    "$root/usr/share/emscripten/em++" -std=c++20 -Oz -fno-exceptions -fno-rtti --no-entry \
    -sMODULARIZE -sEXPORT_ES6 -sENVIRONMENT=web -sFILESYSTEM=0 -sMALLOC=emmalloc \
    -sMIN_WEBGL_VERSION=2 -sMAX_WEBGL_VERSION=2 -sALLOW_MEMORY_GROWTH -sSUPPORT_LONGJMP=0 \
    -sDYNAMIC_EXECUTION=0 -sGL_SUPPORT_AUTOMATIC_ENABLE_EXTENSIONS=0 -sGL_TRACK_ERRORS=0 \
    -sEXPORTED_RUNTIME_METHODS=GL,UTF8ToString --closure 1 \
    "$scratch/probe.cpp" -o "$scratch/probe.mjs"
  rm -rf "$scratch"
  touch "$root/.ready"
}

if [ -z "$(newest "$PARLANCE_CACHE/emscripten-*/emscripten.config")" ]; then
  logged "fetching Emscripten and LLVM from Debian's testing suite (about 110 MB)" emscripten fetch
fi
root=$(newest "$PARLANCE_CACHE/emscripten-*/emscripten.config")
logged "building Emscripten's system libraries (about a minute, once)" emscripten-libraries \
  prebuild "${root%/emscripten.config}"
