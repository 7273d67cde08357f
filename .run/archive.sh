# An apt of our own: reads Debian's testing suite from the archive the system already uses, with the
# system's own keys, into a private folder. Nothing of the system is changed and no root is needed.
# Sourced after lib.sh.
# shellcheck shell=bash

ARCHIVE=$PARLANCE_CACHE/archive
SUITE=${PARLANCE_DEBIAN_SUITE:-forky}

# The address of the main archive: that of the system's own release, or of the first one listed.
archive_address() {
  local codename
  codename=$(sed -n 's/^VERSION_CODENAME=//p' /etc/os-release)
  apt-get indextargets --format '$(RELEASE) $(COMPONENT) $(REPO_URI)' 'Created-By: Packages' |
    awk -v own="$codename" '$2 == "main" && $1 == own { print $3; found = 1; exit }
      $2 == "main" && !first { first = $3 } END { if (!found && first) print first }'
}

archive_open() {
  [ -z "${ARCHIVE_OPEN:-}" ] || return 0
  local address key options=
  if ! have apt-get || ! have dpkg-deb; then
    die "apt is missing, so this part cannot be fetched here" \
      "README.md says how to bring your own"
  fi
  address=$(archive_address)
  [ -n "$address" ] || die "no Debian archive is listed in apt's sources"
  for key in /usr/share/keyrings/debian-archive-keyring.{pgp,gpg}; do
    [ ! -e "$key" ] || options="[signed-by=$key]"
  done

  mkdir -p "$ARCHIVE"/state/lists/partial "$ARCHIVE"/cache/archives/partial "$ARCHIVE"/etc/{apt.conf.d,preferences.d}
  : >"$ARCHIVE/status"
  printf '%s\n' "deb $options $address $SUITE main" "deb-src $options $address $SUITE main" \
    >"$ARCHIVE/etc/sources.list"
  {
    # Proxies, certificates and time-outs are the system's.
    apt-config dump | grep -E '^Acquire::(http|https|ftp|Check|ForceIPv|Retries|Proxy)' || true
    cat <<TEXT
Dir::State "$ARCHIVE/state";
Dir::State::status "$ARCHIVE/status";
Dir::Cache "$ARCHIVE/cache";
Dir::Etc "$ARCHIVE/etc";
Dir::Etc::trusted "/etc/apt/trusted.gpg";
Dir::Etc::trustedparts "/etc/apt/trusted.gpg.d/";
Dir::Etc::netrc "/etc/apt/auth.conf";
Dir::Etc::netrcparts "/etc/apt/auth.conf.d/";
APT::Install-Recommends "false";
APT::Sandbox::User "root";
Acquire::Languages "none";
Acquire::Retries "3";
TEXT
  } >"$ARCHIVE/apt.conf"
  APT_CONFIG=$ARCHIVE/apt.conf apt-get update -o APT::Update::Error-Mode=any ||
    die "Debian's suite '$SUITE' could not be read from this system's archive" \
      "bring your own parts instead: ./run help names them"
  ARCHIVE_OPEN=yes
}

archive_apt() { APT_CONFIG=$ARCHIVE/apt.conf apt-get "$@"; }

# archive_source <package> <folder>: the upstream sources, unpacked into <folder>; sets
# SOURCE_VERSION to upstream's version.
archive_source() {
  local tarball
  rm -rf "$ARCHIVE/source" "$2"
  mkdir -p "$ARCHIVE/source" "$2"
  (cd "$ARCHIVE/source" && archive_apt source --download-only "$1")
  tarball=$(compgen -G "$ARCHIVE/source/$1_*.orig.tar.*" | grep -v '\.asc$')
  tar -xf "$tarball" -C "$2" --strip-components=1
  # imgui_1.92.2b+ds.orig.tar.xz -> 1.92.2b
  SOURCE_VERSION=$(basename -- "$tarball" | sed -E 's/^[^_]*_([^+_]*)(\+.*)?\.orig\.tar\..*$/\1/')
}
