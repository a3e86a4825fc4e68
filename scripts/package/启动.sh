#!/bin/sh
# 打开填报页面：报告放在旁边的“报告”文件夹里；装在系统里的，放在“文档”的“公报”文件夹里。关掉这个窗口就结束。
cd "$(dirname "$0")" || exit 1

# 说明哪里不对；从桌面双击打开的，窗口要等人看完。
fail() {
  printf '%s\n' "$*" >&2
  if [ -t 0 ]; then
    printf '按回车键关闭窗口' >&2
    read -r _
  elif [ -n "$DISPLAY$WAYLAND_DISPLAY" ]; then
    for show in 'zenity --error --text' 'kdialog --error' 'xmessage'; do
      command -v "${show%% *}" >/dev/null && $show "$*" && break
    done
  fi
  exit 1
}

# 先试一试程序能不能运行，不能的说清楚原因。
said=$(./gongbao --version 2>&1)
case $? in
  0) ;;
  126) fail "程序没有运行的权限。请把文件夹解压到自己的电脑上（不要放在U盘或共享盘里），再执行：chmod +x gongbao 启动.sh。仍然不行的，可能是系统的安全控制不许运行，请找管理员放行。$said" ;;
  127) fail "程序文件不全，或者下载的不是这台电脑的版本（这台是 $(uname -m)）。请重新下载、完整解压。$said" ;;
  *) fail "程序不能在这台电脑上运行（这台是 $(uname -m)）。x86_64 的电脑用名字里有 x86_64 的压缩包，aarch64 的用 aarch64 的。$said" ;;
esac

reports=报告
if [ ! -w . ]; then
  documents=$(xdg-user-dir DOCUMENTS 2>/dev/null)
  reports=${documents:-$HOME}/公报
fi
mkdir -p "$reports" || fail "“$reports”文件夹建不了。请检查磁盘和权限"
./gongbao serve "$reports" "$@"
status=$?
# 130、143：用户关掉的。
case $status in
  0 | 130 | 143) exit 0 ;;
  *) fail "填报页面没有启动，原因见上面（退出码 $status）" ;;
esac
