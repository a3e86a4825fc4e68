#!/usr/bin/env bash
# Makes the archive for offices that have no compiler: program, faces, template, forms, a start file, a page of instructions.
# Unpacked anywhere it runs, without a network.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

usage() {
  cat <<'END'
usage: scripts/package.sh [--program FILE] [--target TRIPLE] [--out DIR]

  --program FILE    a program that is built already; otherwise it is built
  --target TRIPLE   for another machine, as cargo names it (default: this one)
  --out DIR         where the archive goes (default: out/package)
END
}

program=
target=$(rustc -vV 2>/dev/null | sed -n 's/^host: //p' || true)
target=${target:-$(uname -m)-unknown-linux-gnu}
out=out/package
while (($#)); do
  case $1 in
    --program) program=$2; shift 2 ;;
    --target) target=$2; shift 2 ;;
    --out) out=$2; shift 2 ;;
    -h | --help) usage; exit 0 ;;
    *) usage >&2; exit 2 ;;
  esac
done

ending=
[[ $target == *windows* ]] && ending=.exe
if [[ -z $program ]]; then
  cargo build --release --locked --bin gongbao --target "$target"
  program=${CARGO_TARGET_DIR:-target}/$target/release/gongbao$ending
fi

version=$(sed -n '/^\[package\]/,/^\[/s/^version = "\(.*\)"/\1/p' Cargo.toml)
name=gongbao-$version-$target
staging=$(mktemp -d)
trap 'rm -rf "$staging"' EXIT
folder=$staging/$name
mkdir -p "$folder/模板" "$folder/格式" "$out"

install -m 755 "$program" "$folder/gongbao$ending"
cp -R fonts "$folder/fonts"
cp typst/*.typ "$folder/模板/"
cp data/forms/*.toml "$folder/格式/"
cp LICENSE-APACHE LICENSE-MIT "$folder/"
if [[ -n $ending ]]; then
  cp scripts/package/启动.bat "$folder/"
  # Old versions of Notepad want a byte order mark and their own line ends.
  { printf '\xEF\xBB\xBF'; sed 's/$/\r/' scripts/package/使用说明.txt; } >"$folder/使用说明.txt"
else
  install -m 755 scripts/package/启动.sh "$folder/启动.sh"
  cp scripts/package/使用说明.txt "$folder/"
fi

# The same files give the same archive.
find "$folder" -exec touch -h -d '2000-01-01 00:00:00 UTC' {} +
chmod -R u=rwX,go=rX "$folder"
if [[ -n $ending ]]; then
  archive=$out/$name.zip
  rm -f "$archive"
  archive=$(realpath "$out")/$name.zip
  (cd "$staging" && find "$name" -type f | LC_ALL=C sort | zip -q -X -@ "$archive")
else
  archive=$out/$name.tar.gz
  tar -C "$staging" --sort=name --owner=0 --group=0 --numeric-owner -cf - "$name" | gzip -9n >"$archive"
fi
printf '%s\n' "$archive"
