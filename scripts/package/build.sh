# shellcheck shell=bash
# Builds the program for one target. Sourced by scripts/package.sh, which has prepared the toolchain
# (scripts/package/toolchain.sh).

# The oldest glibc that the Linux programs need.
readonly GLIBC=2.28

# Prints the flags that keep the paths of this machine out of the program, so that every machine builds the same bytes.
# Cargo names the repository's own files relative to the repository: were its path among the flags, another clone would
# compile all dependencies anew.
remapped_paths() {
  local separator=$1 flag=$2 cargo=${CARGO_HOME:-$HOME/.cargo}
  printf "%s$separator" \
    "$flag=$(realpath "$cargo")/registry/src=registry" \
    "$flag=$(realpath "$toolchain/rust/usr/lib/rustlib/src/rust")=rust" \
    "$flag=$toolchain/rust/usr/lib/rustlib/src/rust=rust" \
    "$flag=$target_folder=target"
}

# Compiles icon, version and manifest for Windows; build.rs links what $GONGBAO_RESOURCE names.
windows_resource() {
  local parts
  IFS=. read -ra parts <<<"$version"
  export GONGBAO_RESOURCE=$toolchain/gongbao.res.o
  (cd scripts/package && x86_64-w64-mingw32-windres -c 65001 -O coff -i gongbao.rc -o "$GONGBAO_RESOURCE" \
    -DMAJOR="${parts[0]}" -DMINOR="${parts[1]}" -DPATCH="${parts[2]}")
}

# build_program TARGET: builds the program and sets `program` to its path.
build_program() {
  local target=$1 upper=${1^^} flags
  upper=${upper//-/_}
  # Programs for the machine that builds link their build scripts with another linker than the other targets do; a
  # folder of their own keeps cargo from compiling everything anew at each change of target.
  local target_folder=$toolchain/target
  [[ $target != "$("$toolchain/rustc" -vV | sed -n 's/^host: //p')" ]] || target_folder=$toolchain/target-host
  flags="$(remapped_paths ' ' --remap-path-prefix)"
  local command=(cargo build) triple=$target
  case $target in
    *-windows-gnu)
      flags+=' -Clink-arg=-Wl,--no-insert-timestamp'
      windows_resource
      ;;
    *-linux-gnu)
      command=("$toolchain/venv/bin/cargo-zigbuild" zigbuild)
      triple=$target.$GLIBC
      ;;
  esac
  # RUSTC_BOOTSTRAP: building the standard library is an option of nightly compilers.
  env RUSTC_BOOTSTRAP=1 RUSTC="$toolchain/rustc" PATH="$toolchain/venv/bin:$PATH:$toolchain" \
    CARGO_TARGET_DIR="$target_folder" CARGO_PROFILE_RELEASE_STRIP=symbols GONGBAO_PACKAGED=1 \
    CARGO_TARGET_X86_64_PC_WINDOWS_GNU_LINKER=x86_64-w64-mingw32-gcc \
    "CARGO_TARGET_${upper}_RUSTFLAGS=$flags" "CFLAGS_${target//-/_}=$(remapped_paths ' ' -ffile-prefix-map)" \
    ${jobs:+CARGO_BUILD_JOBS=$jobs} \
    "${command[@]}" --release --locked --bin gongbao -Zbuild-std=std,panic_unwind --target "$triple" >&2
  program=$target_folder/$target/release/gongbao
  [[ $target != *windows* ]] || program+=.exe
}

# newest_glibc PROGRAM: prints the newest version of glibc whose symbols a program needs.
newest_glibc() { readelf --dyn-syms -W "$1" | grep -o 'GLIBC_[0-9.]*' | sed 's/GLIBC_//' | sort -uV | tail -n 1; }

# check_glibc PROGRAM: fails if a program needs a newer glibc than $GLIBC.
check_glibc() {
  local newest
  newest=$(newest_glibc "$1")
  echo "$1 needs glibc $newest" >&2
  [[ $(printf '%s\n' "$newest" "$GLIBC" | sort -V | tail -n 1) == "$GLIBC" ]]
}
