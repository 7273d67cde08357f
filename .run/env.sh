# Finds the parts that setup put in place, or the reader's own, and names them to the build.
# Sourced after lib.sh; safe to source again once more of them exist.
# shellcheck shell=bash

# An em++ of the reader's own goes first. The private one carries its configuration beside it.
em_own() {
  local found
  found=$(command -v em++) || return 1
  version_at_least "$("$found" --version 2>/dev/null | grep -oE '[0-9]+\.[0-9]+\.[0-9]+' | head -n 1)" 4.0.0
}

PARLANCE_EMSCRIPTEN=$(newest "$PARLANCE_CACHE/emscripten-*/.ready")
PARLANCE_EMSCRIPTEN=${PARLANCE_EMSCRIPTEN%/.ready}
if [ -z "${PARLANCE_EMSCRIPTEN_TOOLCHAIN:-}" ] || [ ! -e "$PARLANCE_EMSCRIPTEN_TOOLCHAIN" ]; then
  em_root=
  if em_own; then
    em_root=$(dirname -- "$(readlink -f -- "$(command -v em++)")")
    PARLANCE_EMSCRIPTEN=
  elif [ -n "$PARLANCE_EMSCRIPTEN" ]; then
    em_root=$PARLANCE_EMSCRIPTEN/usr/share/emscripten
    export EM_CONFIG=$PARLANCE_EMSCRIPTEN/emscripten.config
    export EM_CACHE=$PARLANCE_EMSCRIPTEN/em-cache
    export EM_CLOSURE_COMPILER=$ROOT/node_modules/.bin/google-closure-compiler
    PATH=$em_root:$PATH
  fi
  if [ -n "$em_root" ]; then
    export PARLANCE_EMSCRIPTEN_TOOLCHAIN=$em_root/cmake/Modules/Platform/Emscripten.cmake
  fi
fi

if [ -z "${PARLANCE_IMGUI_DIR:-}" ]; then
  PARLANCE_IMGUI_DIR=$(newest "$PARLANCE_CACHE/imgui-*/imgui.h")
  export PARLANCE_IMGUI_DIR=${PARLANCE_IMGUI_DIR%/imgui.h}
fi

export PARLANCE_HEADERS_DIR=${PARLANCE_HEADERS_DIR:-$PARLANCE_CACHE/headers}

# Empty when the compiler finds Drogon without our help.
if [ -z "${PARLANCE_DROGON_PREFIX:-}" ]; then
  PARLANCE_DROGON_PREFIX=$(newest "$PARLANCE_CACHE/drogon-*/lib/cmake/Drogon/DrogonConfig.cmake")
  export PARLANCE_DROGON_PREFIX=${PARLANCE_DROGON_PREFIX%/lib/cmake/Drogon/DrogonConfig.cmake}
fi

if [ -z "${CHROMIUM:-}" ]; then
  CHROMIUM=$(command -v chromium || command -v chromium-browser || command -v google-chrome || true)
fi
export CHROMIUM

# Only tests visit these; MiniBrowser is in no folder of PATH.
if [ -z "${FIREFOX:-}" ]; then
  FIREFOX=$(command -v firefox-esr || command -v firefox || true)
fi
if [ -z "${WEBKIT_DRIVER:-}" ]; then WEBKIT_DRIVER=$(command -v WebKitWebDriver || true); fi
if [ -z "${WEBKIT_BROWSER:-}" ]; then
  WEBKIT_BROWSER=$(newest '/usr/lib/*/webkit*gtk-*/MiniBrowser')
  WEBKIT_BROWSER=${WEBKIT_BROWSER:-$(newest '/usr/lib*/webkit*gtk-*/MiniBrowser')}
fi
export FIREFOX WEBKIT_DRIVER WEBKIT_BROWSER

export PARLANCE_DIST=$ROOT/build/dist
export PARLANCE_SERVER=$ROOT/build/native/web/server/parlance-server

# A fresh clone in another folder finds the objects of the last one.
if have ccache; then
  export CMAKE_CXX_COMPILER_LAUNCHER=ccache CMAKE_C_COMPILER_LAUNCHER=ccache
  export CCACHE_DIR=$PARLANCE_CACHE/ccache CCACHE_MAXSIZE=2G CCACHE_BASEDIR=$ROOT CCACHE_NOHASHDIR=1
fi
