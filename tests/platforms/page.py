"""Starts the local page from an unpacked archive, as its start file does, and asks for it.

Usage: page.py PROGRAM FOLDER

PROGRAM is a command, as JSON; FOLDER is where the archive was unpacked.
"""

import http.cookiejar
import json
import subprocess
import sys
import time
import urllib.request
from pathlib import Path


def main(program, folder):
    program, folder = json.loads(program), Path(folder)
    (folder / "报告").mkdir(exist_ok=True)
    started = time.monotonic()
    server = subprocess.Popen([*program, "serve", "报告", "--no-open"], cwd=folder, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
    try:
        address = server.stdout.readline().decode().strip()
        opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(http.cookiejar.CookieJar()))
        with opener.open(address, timeout=60) as reply:
            page = reply.read().decode()
            good = reply.status == 200 and "<html" in page
        print(f"{'ok' if good else 'FAILED'}      the page answers after {time.monotonic() - started:.1f} s")
    finally:
        server.kill()
        server.wait()
    sys.exit(not good)


main(*sys.argv[1:])
