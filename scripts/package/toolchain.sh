# shellcheck shell=bash
# Lays the compilers and linkers for all targets into one folder. Sourced by scripts/package.sh.
#
# Debian's `rustc-web` builds Rust's standard library for targets that have none in the toolchain of rustup, which is
# left alone. Its packages are unpacked, not installed. `zig` brings the C library of a given age for Linux.
#
# The folder is part of what programs are built from: the standard library is compiled from sources in it, and its path
# is part of the names inside the program. Byte for byte the same programs come of the same folder name.

toolchain=${GONGBAO_TOOLCHAIN:-${XDG_CACHE_HOME:-$HOME/.cache}/gongbao/toolchain}

as_root() {
  if [[ $(id -u) == 0 ]]; then
    env DEBIAN_FRONTEND=noninteractive "$@"
  else
    sudo -n env DEBIAN_FRONTEND=noninteractive "$@"
  fi
}

# install_packages PACKAGE…: installs those that are missing.
install_packages() {
  local package missing=()
  for package in "$@"; do
    dpkg-query -W -f '${Status}' "$package" 2>/dev/null | grep -q 'ok installed' || missing+=("$package")
  done
  ((${#missing[@]})) || return 0
  if ! command -v apt-get >/dev/null; then
    echo "no apt-get here: install ${missing[*]} by hand" >&2
    return 1
  fi
  echo "installing ${missing[*]}" >&2
  as_root apt-get update -qq -o DPkg::Lock::Timeout=300 >&2
  as_root apt-get install -y -qq --no-install-recommends -o DPkg::Lock::Timeout=300 "${missing[@]}" >&2
}

# Prints one field of the candidate version of a package.
package_field() { apt-cache show "$1=$2" | sed -n "s/^$3: *//p" | head -n 1; }

# Unpacks the compiler, the sources of its library, and cargo where there is none.
unpack_rust() {
  local debs version std llvm packages deb
  debs=$(mktemp -d)
  as_root apt-get update -qq -o DPkg::Lock::Timeout=300 >&2
  version=$(apt-cache policy rustc-web | awk '/Candidate:/ { print $2 }')
  if [[ -z $version || $version == '(none)' ]]; then
    echo "this distribution has no rustc-web; Debian 12 has one" >&2
    return 1
  fi
  std=$(package_field libstd-rust-web-dev "$version" Depends | sed -E 's/.*(libstd-rust-web-[0-9.]+).*/\1/')
  llvm=$(package_field "$std" "$version" Depends | sed -nE 's/.*(libllvm[0-9]+).*/\1/p')
  packages=("rustc-web=$version" "rust-web-src=$version" "libstd-rust-web-dev=$version" "$std=$version" "$llvm")
  command -v cargo >/dev/null || packages+=("cargo-web=$version")
  (cd "$debs" && apt-get download -qq "${packages[@]}" 2>/dev/null)
  rm -rf "$toolchain/rust"
  mkdir -p "$toolchain/rust"
  for deb in "$debs"/*.deb; do dpkg -x "$deb" "$toolchain/rust"; done
  rm -rf "$debs"
  write_wrapper rustc
  if [[ -x $toolchain/rust/usr/bin/cargo ]]; then write_wrapper cargo; else rm -f "$toolchain/cargo"; fi
  "$toolchain/rustc" --version >"$toolchain/rust.version"
}

# write_wrapper PROGRAM: a program of the folder finds its libraries.
write_wrapper() {
  local libraries
  libraries=$(printf '%s:' "$toolchain"/rust/usr/lib/*-linux-gnu*)
  printf '#!/bin/sh\nexport LD_LIBRARY_PATH=%q\nexec %q "$@"\n' "${libraries%:}" "$toolchain/rust/usr/bin/$1" \
    >"$toolchain/$1"
  chmod +x "$toolchain/$1"
}

# prepare_toolchain TARGET…: installs and unpacks what these targets need; nothing if it is there.
prepare_toolchain() {
  local target
  mkdir -p "$toolchain"
  install_packages gcc libc6-dev binutils python3 python3-venv ca-certificates
  for target in "$@"; do
    case $target in
      *-windows-gnu) install_packages gcc-mingw-w64-x86-64-posix ;;
      *-linux-gnu) install_packages dpkg rpm ;;
    esac
  done
  [[ -s $toolchain/rust.version ]] || unpack_rust
  if ! cmp -s scripts/package/requirements.txt "$toolchain/venv/requirements.txt"; then
    python3 -m venv --clear "$toolchain/venv"
    "$toolchain/venv/bin/python" -m pip install --quiet --disable-pip-version-check -r scripts/package/requirements.txt >&2
    cp scripts/package/requirements.txt "$toolchain/venv/requirements.txt"
  fi
}
