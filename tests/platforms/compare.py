"""Runs the same commands with two programs and compares what they say and write, byte for byte.

Usage: compare.py REFERENCE OTHER FOLDER

REFERENCE and OTHER are commands that start the programs; FOLDER is empty and takes what they write. Prints a line per
step, then every difference with its explanation. The exit code is 1 if a difference has none.
"""

import hashlib
import json
import re
import subprocess
import sys
import time
from pathlib import Path

from steps import PREPARE, STEPS, lay_out

# Where the platforms must differ, and why. Each is a pair (what it changes, replacement) that makes both alike; the
# explanation is printed with the steps in which it was needed.
EXPLAINED = [
    ("the system's own words for an error", lambda text: re.sub(r"[^：（“”，\n]*\(os error \d+\)", "(os error)", text)),
    ("a time that was measured", lambda text: re.sub(r'"seconds": [0-9.]+', '"seconds": _', text)),
    ("the program has the ending .exe", lambda text: text.replace("gongbao.exe", "gongbao")),
    ("a path is shown with the separator of its system", lambda text: re.sub(r"\\+", "/", text)),
]
# Files that are private to a run, and why they may differ.
PRIVATE = {
    ".gongbao.lock": "Wine does not delete a file that is still locked; a lock that is left is taken over",
    ".gongbao.memory": "the build cache: names files as the system does",
}


def run(command, arguments, folder):
    started = time.monotonic()
    done = subprocess.run([*command, *arguments], cwd=folder, capture_output=True, timeout=900)
    return {
        "code": done.returncode,
        "stdout": done.stdout.decode("utf-8", "replace"),
        "stderr": done.stderr.decode("utf-8", "replace"),
        "seconds": time.monotonic() - started,
    }


def tree(folder):
    """Digest of every file below a folder."""
    files = (path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest() for path in files}


def absolute(text, folder):
    """A text with the folder of the run replaced, however it is written (JSON doubles backslashes)."""
    for spelling in (str(folder), "Z:" + str(folder).replace("/", "\\"), "Z:" + str(folder).replace("/", "\\\\"), "Z:" + str(folder)):
        text = text.replace(spelling, "FOLDER")
    return text


def compare_texts(mine, theirs):
    """The explanations that make two texts alike; `None` if they stay different."""
    if mine == theirs:
        return []
    used = []
    for reason, alike in EXPLAINED:
        before = mine, theirs
        mine, theirs = alike(mine), alike(theirs)
        if before != (mine, theirs):
            used.append(reason)
        if mine == theirs:
            return used
    return None


def compare_files(places, seen):
    """Differences between two folders that were not there before this step."""
    found = []
    mine, theirs = (tree(where) for where in places)
    for name in sorted(mine.keys() | theirs.keys()):
        if mine.get(name) == theirs.get(name) or name in seen:
            continue
        seen.add(name)
        reason = PRIVATE.get(re.sub(r"-\d+-\d+", "", name.rsplit("/", 1)[-1]))
        if name in mine and name in theirs and name.endswith((".toml", ".json")):
            texts = {absolute((where / name).read_text("utf-8"), where) for where in places}
            reason = "a data file names another folder by its absolute path" if len(texts) == 1 else reason
        what = "only here" if name not in theirs else "only there" if name not in mine else "other bytes"
        found.append((f"{name}: {what}", reason))
    return found


def main(reference, other, folder):
    folder = Path(folder).resolve()
    sides = {"reference": (json.loads(reference), folder / "a"), "other": (json.loads(other), folder / "b")}
    for _, where in sides.values():
        where.mkdir(parents=True)
        lay_out(where)
    seen, explained, unexplained, equal = set(), {}, [], 0
    for name, arguments in STEPS:
        results = {}
        for side, (command, where) in sides.items():
            if name in PREPARE:
                PREPARE[name](where)
            results[side] = run(command, arguments, where)
        mine, theirs = results["reference"], results["other"]
        differences = []
        if mine["code"] != theirs["code"]:
            differences.append((f"exit code {mine['code']} and {theirs['code']}", None))
        for stream in ("stdout", "stderr"):
            texts = [absolute(results[side][stream], sides[side][1]) for side in sides]
            reasons = compare_texts(*texts)
            if reasons is None:
                differences.append((f"{stream}:\n--- reference\n{texts[0]}\n--- other\n{texts[1]}", None))
            else:
                differences += [(stream, reason) for reason in reasons]
        places = [where for _, where in sides.values()]
        differences += compare_files(places, seen)
        common = len(tree(places[0]).keys() & tree(places[1]).keys())
        words = "the same" if not differences else "; ".join(sorted({reason or "DIFFERENT" for _, reason in differences}))
        print(f"{name:28} code {mine['code']}  {mine['seconds']:6.2f} s {theirs['seconds']:6.2f} s  {common:3} files  {words}", flush=True)
        equal += not differences
        for what, reason in differences:
            if reason:
                explained.setdefault(reason, []).append(f"{name} ({what})" if what not in ("stdout", "stderr") else name)
            else:
                unexplained.append(f"{name}: {what}")
    print(f"\n{len(STEPS)} steps: {equal} the same in every byte, {len(unexplained)} differences without an explanation")
    for reason, steps in explained.items():
        print(f"- {reason}: {', '.join(dict.fromkeys(steps))}")
    for what in unexplained:
        print(f"! {what}")
    sys.exit(bool(unexplained))


if __name__ == "__main__":
    main(*sys.argv[1:])
