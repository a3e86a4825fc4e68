@echo off
rem Opens the page; the reports lie in the folder beside this file.
chcp 65001 >nul
cd /d "%~dp0"
if not exist "报告" mkdir "报告"
gongbao.exe serve "报告" %*
if errorlevel 1 pause
