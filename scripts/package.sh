#!/usr/bin/env bash
# Makes the files for offices that have no compiler: program, faces, template, forms, start file, instructions. Unpacked
# or installed anywhere they run, without a network.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
# shellcheck source=scripts/package/toolchain.sh
source scripts/package/toolchain.sh
# shellcheck source=scripts/package/build.sh
source scripts/package/build.sh
# shellcheck source=scripts/package/linux.sh
source scripts/package/linux.sh

readonly TARGETS=(x86_64-unknown-linux-gnu aarch64-unknown-linux-gnu x86_64-pc-windows-gnu)

usage() {
  cat <<END
usage: scripts/package.sh [--jobs N] [--out DIR] [TARGET…]
       scripts/package.sh --program FILE [--out DIR] [TARGET]

Without a TARGET all are built: ${TARGETS[*]}

  --program FILE    packs a program that is built already (for this machine unless TARGET says otherwise); installs nothing
  --target TARGET   the same as TARGET
  --jobs N          how many compilers run at once
  --out DIR         where the files go (default: dist)

Tools and compiled crates stay in \$GONGBAO_TOOLCHAIN ($toolchain).
END
}

program=
jobs=
out=dist
targets=()
while (($#)); do
  case $1 in
    --program | --target | --out | --jobs)
      if (($# < 2)); then usage >&2; exit 2; fi
      case $1 in
        --program) program=$2 ;;
        --target) targets+=("$2") ;;
        --out) out=$2 ;;
        --jobs) jobs=$2 ;;
      esac
      shift 2
      ;;
    -h | --help) usage; exit 0 ;;
    -*) usage >&2; exit 2 ;;
    *) targets+=("$1"); shift ;;
  esac
done
if [[ -n $program ]]; then
  ((${#targets[@]})) || targets=("$(uname -m)-unknown-linux-gnu")
  if ((${#targets[@]} > 1)); then
    echo "--program packs one program for one target" >&2
    exit 2
  fi
else
  ((${#targets[@]})) || targets=("${TARGETS[@]}")
  for target in "${targets[@]}"; do
    if [[ " ${TARGETS[*]} " != *" $target "* ]]; then
      echo "unknown target $target; known are ${TARGETS[*]}" >&2
      exit 2
    fi
  done
fi

version=$(sed -n '/^\[workspace.package\]/,/^$/s/^version = "\(.*\)"/\1/p' Cargo.toml)
staging=$(mktemp -d)
trap 'rm -rf "$staging"' EXIT
# Archives, and tools that read this variable, bear this date: 2000-01-01.
export SOURCE_DATE_EPOCH=946684800

# assemble TARGET PROGRAM FOLDER: lays the contents of an archive into a folder.
assemble() {
  local target=$1 program=$2 folder=$3
  mkdir -p "$folder/模板" "$folder/格式" "$folder/图片"
  cp -R fonts "$folder/fonts"
  cp typst/*.typ "$folder/模板/"
  cp data/forms/*.toml "$folder/格式/"
  cp scripts/package/图片/*.png "$folder/图片/"
  cp LICENSE-APACHE LICENSE-MIT scripts/package/使用说明.html "$folder/"
  if [[ $target == *windows* ]]; then
    install -m 755 "$program" "$folder/gongbao.exe"
    # The command interpreter finds its labels in files with its own line ends only.
    sed 's/$/\r/' scripts/package/启动.bat >"$folder/启动.bat"
  else
    install -m 755 "$program" "$folder/gongbao"
    install -m 755 scripts/package/启动.sh "$folder/启动.sh"
    cp scripts/package/icon/gongbao.png "$folder/图片/"
    install -m 755 scripts/package/公报.desktop "$folder/公报.desktop"
  fi
  find "$folder" -type d -exec chmod 755 {} +
  find "$folder" -type f ! -perm -100 -exec chmod 644 {} +
  find "$folder" -exec touch -h -d "@$SOURCE_DATE_EPOCH" {} +
}

[[ -n $program ]] || prepare_toolchain "${targets[@]}"
mkdir -p "$out"
out=$(realpath "$out")
given=$program
for target in "${targets[@]}"; do
  program=$given
  if [[ -z $program ]]; then
    build_program "$target"
    [[ $target != *linux* ]] || check_glibc "$program"
  fi
  name=gongbao-$version-$target
  assemble "$target" "$program" "$staging/$name"
  ending=tar.gz
  [[ $target != *windows* ]] || ending=zip
  python3 scripts/package/archive.py "$staging/$name" "$out/$name.$ending" "$out/$name.contents.txt"
  made=("$name.$ending")
  if [[ $target == *linux* && -z $given ]]; then
    make_deb "$target" "$staging/$name"
    make_rpm "$target" "$staging/$name"
  fi
  (cd "$out" && sha256sum "${made[@]}" >"$name.sha256")
  printf '%s\n' "${made[@]/#/$out/}"
done
