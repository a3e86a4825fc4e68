@echo off
rem Opens the page; the reports lie in the folder beside this file.
chcp 65001 >nul
cd /d "%~dp0"
if not exist gongbao.exe goto missing
if not exist fonts\index.json goto missing
gongbao.exe --version >nul 2>&1
if errorlevel 1 goto broken
if not exist "报告" mkdir "报告"
if not exist "报告" goto readonly
gongbao.exe serve "报告" %*
if errorlevel 1 goto failed
exit /b 0

:missing
echo 程序文件不全。请先把压缩包“全部解压缩”到一个文件夹，再打开那个文件夹里的“启动.bat”，不要在压缩包里直接打开。
goto wait
:broken
echo 程序不能运行。需要 64 位的 Windows 10 或更新的版本；也可能是安全软件拦住了 gongbao.exe，请找管理员放行。
goto wait
:readonly
echo 这个文件夹里建不了“报告”。请把整个文件夹放到可以写的地方，如“文档”。
goto wait
:failed
echo 填报页面没有启动，原因见上面。
:wait
pause
exit /b 1
