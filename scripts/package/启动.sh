#!/bin/sh
# 打开填报页面：报告放在旁边的“报告”文件夹里。关掉这个窗口就结束。
cd "$(dirname "$0")" || exit 1
# 出错时留住窗口，好看清楚是哪里不对。
fail() {
  printf '\n%s\n' "$1" >&2
  if [ -t 0 ]; then
    printf '按回车键关闭这个窗口。' >&2
    read -r _
  fi
  exit 1
}
[ -x ./gongbao ] || fail "找不到程序 gongbao，或者它不能运行。请把压缩包整个解压到自己的电脑上，再双击“启动.sh”。"
mkdir -p 报告 2>/dev/null || fail "这个文件夹不能写。请把整个文件夹移到自己的文档里，再双击“启动.sh”。"
./gongbao serve 报告 "$@" || fail "没有打开，原因写在上面。改好以后再双击“启动.sh”。"
