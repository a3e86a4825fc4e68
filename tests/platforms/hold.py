"""Holds a file open until standard input ends, on Windows itself, where hold.c need not be compiled.

Usage: hold.py FILE none|read|all. Python opens files so that others may read and write but not replace them; the second
argument makes no difference.
"""

import sys

with open(sys.argv[1], "rb"):
    print("held", flush=True)
    sys.stdin.readline()
