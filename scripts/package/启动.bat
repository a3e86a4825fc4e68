@echo off
rem Opens the page; the reports lie in the folder beside this file.
chcp 65001 >nul
cd /d "%~dp0"
if not exist gongbao.exe (
  echo 找不到程序 gongbao.exe。请把压缩包整个解压到自己的电脑上，再双击“启动.bat”。
  pause
  exit /b 1
)
if not exist "报告" mkdir "报告"
if not exist "报告" (
  echo 这个文件夹不能写。请把整个文件夹移到自己的文档里，再双击“启动.bat”。
  pause
  exit /b 1
)
gongbao.exe serve "报告" %*
if errorlevel 1 (
  echo.
  echo 没有打开，原因写在上面。改好以后再双击“启动.bat”。
  pause
)
