# shellcheck shell=bash
# Makes packages for Linux. Sourced by scripts/package.sh.
#
# Everything lies in /opt/gongbao, where the program finds its faces beside itself.

# installed_tree FOLDER ROOT: lays the contents of an archive out as it is installed below ROOT.
installed_tree() {
  local folder=$1 root=$2
  mkdir -p "$root/opt" "$root/usr/bin" "$root/usr/share/applications" "$root/usr/share/icons/hicolor/"{256x256,scalable}/apps
  cp -R "$folder" "$root/opt/gongbao"
  rm "$root/opt/gongbao/公报.desktop"
  ln -s /opt/gongbao/gongbao "$root/usr/bin/gongbao"
  sed 's|^Exec=.*|Exec=/opt/gongbao/启动.sh|; s|^Icon=.*|Icon=gongbao|' scripts/package/公报.desktop \
    >"$root/usr/share/applications/gongbao.desktop"
  cp scripts/package/icon/gongbao.png "$root/usr/share/icons/hicolor/256x256/apps/"
  cp scripts/package/icon/gongbao.svg "$root/usr/share/icons/hicolor/scalable/apps/"
  find "$root" -type d -exec chmod 755 {} +
  find "$root/usr" -type f -exec chmod 644 {} +
  find "$root" -exec touch -h -d "@$SOURCE_DATE_EPOCH" {} +
}

readonly SUMMARY='政府信息公开工作年度报告：填报、检查、生成'

# make_deb TARGET FOLDER: makes a package for systems with dpkg and appends its name to `made`.
make_deb() {
  local root=$staging/deb-$1 architecture=amd64
  [[ $1 != aarch64* ]] || architecture=arm64
  rm -rf "$root"
  installed_tree "$2" "$root"
  mkdir "$root/DEBIAN"
  cat >"$root/DEBIAN/control" <<END
Package: gongbao
Version: $version
Architecture: $architecture
Maintainer: gongbao <gongbao@localhost>
Depends: libc6 (>= $GLIBC)
Recommends: xdg-utils
Installed-Size: $(du -sk --apparent-size "$root/opt" | cut -f1)
Section: text
Priority: optional
Description: $SUMMARY
 由一份数据文件生成网站用PDF、网页、Word文件、纸质件，先检查后生成；不联网。
END
  find "$root/DEBIAN" -exec touch -d "@$SOURCE_DATE_EPOCH" {} +
  chmod 755 "$root/DEBIAN"
  chmod 644 "$root/DEBIAN/control"
  local file=gongbao_${version}_$architecture.deb
  # gzip: systems of 2020 cannot unpack zstd, and xz takes minutes for a few megabytes less.
  dpkg-deb --root-owner-group -Zgzip --build "$root" "$out/$file" >&2
  made+=("$file")
}

# make_rpm TARGET FOLDER: makes a package for systems with rpm and appends its name to `made`.
make_rpm() {
  local root=$staging/rpm-$1 build=$staging/rpmbuild architecture=${1%%-*}
  rm -rf "$root" "$build"
  installed_tree "$2" "$root"
  mkdir -p "$build"
  cat >"$build/gongbao.spec" <<END
Name: gongbao
Version: $version
Release: 1
Summary: $SUMMARY
License: MIT OR Apache-2.0
Requires: glibc >= $GLIBC
AutoReqProv: no
%description
由一份数据文件生成网站用PDF、网页、Word文件、纸质件，先检查后生成；不联网。
%files
/opt/gongbao
/usr/bin/gongbao
/usr/share/applications/gongbao.desktop
/usr/share/icons/hicolor/256x256/apps/gongbao.png
/usr/share/icons/hicolor/scalable/apps/gongbao.svg
END
  # Nothing is compiled or stripped; no name of this machine and no time enters the package. gzip: as above.
  rpmbuild -bb --quiet --target "$architecture-unknown-linux" --buildroot "$root" \
    --define "_topdir $build" --define "_rpmdir $build/rpms" \
    --define '__os_install_post %{nil}' --define '_build_id_links none' \
    --define '_buildhost localhost' --define 'use_source_date_epoch_as_buildtime 1' \
    --define 'clamp_mtime_to_source_date_epoch 1' --define '_binary_payload w6.gzdio' \
    --define '_unpackaged_files_terminate_build 0' --define 'source_date_epoch_from_changelog 0' \
    "$build/gongbao.spec" >&2
  local file=gongbao-$version-1.$architecture.rpm
  find "$build/rpms" -name '*.rpm' -exec mv {} "$out/$file" \;
  made+=("$file")
}
