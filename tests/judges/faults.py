"""Lets system calls of the program fail or kill it, one after another, and checks what it leaves behind.

usage: faults.py PROGRAM REPOSITORY [--seconds N] [--report FILE] [--seed N] [--plant]

For each command and each kind of system call, the first, second, third … call fails (disk full, read-only, broken,
not permitted, too many files), until the command makes no further such call. `strace` injects the faults, so nothing
of the program is changed. Between them each command is killed at a random moment. After each run:

- every file that stood there before is as it was, or as a run without faults leaves it: never torn, never gone;
- the outputs of a report belong together: all old or all new, as their manifest says;
- a command that says it succeeded has written what it says;
- a failed command ends with exit code 2 (or 1 for findings), with a message, without a panic, within its time;
- the next run without faults succeeds and removes what a killed one left.

`--plant` breaks one expectation, to prove that the checks find it. Prints a table; exit code 1 if anything was found.
"""

import argparse
import hashlib
import json
import os
import random
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ERRORS = {
    "write": ["ENOSPC", "EIO", "EDQUOT", "EFBIG", "EINTR"],
    "fsync": ["EIO", "ENOSPC", "EDQUOT"],
    "rename,renameat,renameat2": ["EACCES", "EIO", "EROFS", "ENOSPC"],
    "openat": ["EACCES", "EMFILE", "EROFS", "EIO", "ENOMEM", "ENOSPC"],
    "mkdir,mkdirat": ["ENOSPC", "EROFS", "EACCES"],
    "unlink,unlinkat": ["EACCES", "EIO", "EROFS"],
    "fchmod,fchmodat": ["EPERM", "EROFS"],
    "fchown,fchownat": ["EPERM"],
    "flock": ["ENOLCK", "EINTR"],
    "read,pread64": ["EIO", "EINTR", "ESTALE"],
    "lseek": ["EIO"],
    "statx,fstat,newfstatat": ["EACCES", "EIO", "ENOMEM", "ESTALE"],
    "getdents64": ["EIO", "EACCES"],
    "readlink,readlinkat": ["EACCES"],
    "mmap": ["ENOMEM"],
}
# A fault of these may be one in reading an input, which the written file then says.
READING = {"openat", "read,pread64", "statx,fstat,newfstatat", "getdents64", "mmap"}
KILL = "kill"
# A run takes less than a second; a busy machine makes it wait.
TIMEOUT = 120


class Command:
    """A command, the folder that it starts in, and what a run without faults leaves."""

    def __init__(self, name, arguments, before, prepare=()):
        self.name, self.arguments, self.before, self.prepare = name, arguments, before, prepare
        self.after = None


def tree(folder):
    """The files below a folder, with their contents, without what the program keeps for itself."""
    files = {}
    for path in sorted(folder.rglob("*")):
        name = str(path.relative_to(folder))
        if path.is_file() and not name.endswith((".memory", ".lock")):
            files[name] = path.read_bytes()
    return files


def is_leftover(name):
    return any(part.startswith(".gongbao") and part.endswith(".tmp") for part in Path(name).parts)


def lay(folder, files):
    if folder.exists():
        shutil.rmtree(folder)
    folder.mkdir()
    for name, content in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)


class Faults:
    def __init__(self, program, repository, seed, plant):
        self.program, self.repository, self.plant = program, repository, plant
        self.random = random.Random(seed)
        self.work = Path(tempfile.mkdtemp(prefix="gongbao-faults-"))
        self.environment = {
            "PATH": os.environ["PATH"],
            "HOME": str(self.work),
            "GONGBAO_FONTS": str(repository / "fonts"),
        }
        self.found = []
        self.counts = {}

    def run(self, arguments, folder, inject=None):
        trace = self.work / "trace"
        command = [self.program, *arguments]
        if inject:
            calls, fault = inject
            trace.write_bytes(b"")
            command = ["strace", "-f", "-qq", "--seccomp-bpf", "-o", str(trace), "-e", f"trace={calls}",
                       "-e", f"inject={calls}:{fault}", *command]
        try:
            done = subprocess.run(command, cwd=folder, env=self.environment, stdin=subprocess.DEVNULL,
                                  capture_output=True, timeout=TIMEOUT, check=False)
        except subprocess.TimeoutExpired:
            return None, "", "", True
        # `strace` ends itself with the signal that ended the program.
        hit = bool(inject) and b"INJECTED" in trace.read_bytes()
        return done.returncode, done.stdout.decode("utf-8", "replace"), done.stderr.decode("utf-8", "replace"), hit

    def prepared(self, command):
        """Runs the command without faults; keeps what stood before and after."""
        folder = self.work / "sound"
        lay(folder, command.before)
        for arguments in command.prepare:
            code, out, err, _ = self.run(arguments, folder)
            if code:
                sys.exit(f"{command.name}: {arguments} failed: {out}{err}")
        command.before = {n: c for n, c in tree(folder).items() if not is_leftover(n)}
        if command.name == "build again":
            report = command.before["a.toml"].decode()
            command.before["a.toml"] = report.replace("14 条", "15 条").encode()
            lay(folder, command.before)
        start = time.monotonic()
        code, out, err, _ = self.run(command.arguments, folder)
        command.seconds = time.monotonic() - start
        if code:
            sys.exit(f"{command.name} failed without a fault: {code} {out}{err}")
        command.after = tree(folder)
        command.output = out

    def complain(self, command, calls, fault, what):
        self.found.append(f"{command.name}: {calls} {fault}: {what}")
        print(self.found[-1], file=sys.stderr, flush=True)

    def check(self, command, folder, calls, fault, result):
        code, out, err, _ = result
        killed = calls == KILL
        may_differ = command.name in ("status", "site") and code in (1, 2) and calls in READING
        # Without memory for a thread the standard library aborts the process; no file may suffer.
        may_abort = calls == "mmap" and code in (-6, -11, 134, 139)
        if code is None:
            return self.complain(command, calls, fault, "the program hangs")
        if ("panicked" in err or "RUST_BACKTRACE" in err) and not may_abort:
            self.complain(command, calls, fault, f"a panic: {err[-300:]}")
        if code not in ((0, 1, 2) if not killed else (0, 1, 2, -9)) and not may_abort:
            self.complain(command, calls, fault, f"exit code {code}: {err[-300:]}")
        now = tree(folder)
        if self.plant and self.random.random() < 0.05:
            name = self.random.choice(sorted(command.before))
            now[name] = now.get(name, b"")[:-1]
        for name, old in command.before.items():
            if name not in now:
                if name in command.after:
                    self.complain(command, calls, fault, f"{name} is gone")
            elif now[name] not in (old, command.after.get(name)) and not may_differ:
                self.complain(command, calls, fault, f"{name} is torn: {len(now[name])} bytes")
        for name, content in now.items():
            if name in command.before:
                continue
            if is_leftover(name):
                # A fault may keep the program from removing it; the next run does.
                self.left = True
            elif name not in command.after and "history" not in name:
                self.complain(command, calls, fault, f"{name} was not to be written")
            elif content != command.after.get(name) and not may_differ:
                self.complain(command, calls, fault, f"{name} is torn: {len(content)} bytes")
        # What a failed command wrote belongs together.
        for name in now:
            if name.endswith("manifest.json") and not is_leftover(name):
                self.belongs_together(command, calls, fault, name, now)
        if code == 0 and now != command.after and not self.plant:
            missing = [n for n in command.after if now.get(n) != command.after[n]]
            if missing:
                self.complain(command, calls, fault, f"said to have succeeded, but {missing} is not as it should be")
        # `strace` counts calls by thread: the first write of the main thread may be the message.
        if code == 2 and not err and not out and not killed and calls != "write":
            self.complain(command, calls, fault, "no message")

    def belongs_together(self, command, calls, fault, name, now):
        folder = name[: -len("manifest.json")]
        try:
            manifest = json.loads(now[name])
        except ValueError:
            return self.complain(command, calls, fault, f"{name} is torn")
        for output in manifest["outputs"]:
            content = now.get(folder + output["path"])
            if content is None or hashlib.sha256(content).hexdigest() not in output["sha256"]:
                self.complain(command, calls, fault, f"{folder}{output['path']} and its manifest do not belong together")

    def fault(self, command, calls, fault):
        folder = self.work / "faulty"
        lay(folder, command.before)
        result = self.run(command.arguments, folder, (calls, fault))
        if not result[3]:
            return False
        if result[0] == 127:
            # The loader failed, before the program began.
            return True
        self.left = False
        self.check(command, folder, calls, fault, result)
        self.count(command, "error")
        if self.left or self.random.random() < 0.1:
            self.recovers(command, folder, calls, fault)
        return True

    def count(self, command, kind):
        key = (command.name, kind)
        self.counts[key] = self.counts.get(key, 0) + 1

    def kill(self, command):
        """Kills the program at a random moment; False if it had ended before."""
        folder = self.work / "faulty"
        lay(folder, command.before)
        with subprocess.Popen([self.program, *command.arguments], cwd=folder, env=self.environment,
                              stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as running:
            moment = self.random.uniform(0, command.seconds)
            time.sleep(moment)
            if running.poll() is not None:
                return False
            running.kill()
            out, err = running.communicate()
        self.left = False
        fault = f"after {moment * 1000:.0f} ms"
        result = (running.returncode, out.decode("utf-8", "replace"), err.decode("utf-8", "replace"), True)
        self.check(command, folder, KILL, fault, result)
        self.count(command, "kill")
        self.recovers(command, folder, KILL, fault)
        return True

    def recovers(self, command, folder, calls, fault):
        arguments = command.arguments
        if any(now == command.after.get(name) and now != command.before.get(name) for name, now in tree(folder).items()):
            # The command has done its work; to do it again would be an error of its own.
            if not command.name.startswith(("build", "site", "status", "extract")):
                return
        code, out, err, _ = self.run(arguments, folder)
        if code:
            return self.complain(command, calls, fault, f"the next run fails: {code} {out[-200:]}{err[-300:]}")
        now = tree(folder)
        left = [name for name in now if is_leftover(name)]
        if left:
            self.complain(command, calls, fault, f"{left} is not removed by the next run")
        for name, content in command.after.items():
            if now.get(name) != content:
                self.complain(command, calls, fault, f"after the next run {name} is not as it should be")


def commands(repository):
    sample = (repository / "data/reports/pengyang-jgsw-2020.toml").read_bytes()
    other = sample.replace("彭阳县机关事务服务中心".encode(), "彭阳县财政局".encode())
    # Two paragraphs in common are 雷同, which is a warning.
    reports = {"in/a.toml": sample, "in/b.toml": other}
    publish = ["publish", "a.toml", "--date", "2021-01-26"]
    return [
        Command("publish", publish, {"a.toml": sample}),
        Command("correct", ["correct", "old.toml", "a.toml", "--reason", "笔误", "--date", "2021-02-01"],
                {"a.toml": sample}, [publish]),
        Command("new", ["new", "--agency", "某县民政局", "--year", "2025", "-o", "new/a.toml"], {"keep.txt": b"x"}),
        Command("import", ["import", "a.toml", "-o", "got/a.json"], {"a.toml": sample}),
        Command("import --all", ["import", "--all", "in", "-o", "got", "--to", "yaml"], reports),
        Command("rollup", ["rollup", "in", "--agency", "彭阳县人民政府", "-o", "all/sum.toml"], reports),
        Command("build", ["build", "in", "--only", "html", "--jobs", "1"], reports),
        Command("build again", ["build", "a.toml", "--only", "html,docx"], {"a.toml": sample},
                [["build", "a.toml", "--only", "html,docx"]]),
        Command("site", ["site", "out", "-o", "www/site"], {"a.toml": sample},
                [["build", "a.toml", "--only", "html"], ["site", "out", "-o", "www/site"]]),
        Command("new workbook", ["new", "--agency", "某县民政局", "--year", "2025", "-o", "a.xlsx"], {"keep.txt": b"x"}),
        Command("convert", ["import", "a.toml", "-o", "a.xlsx"], {"a.toml": sample}),
        Command("extract", ["extract", "out/a/public/a.pdf", "-o", "got.json"], {"a.toml": sample},
                [["build", "a.toml", "--only", "web"]]),
        Command("build all", ["build", "a.toml", "--only", "web,print,html,docx,data", "--jobs", "1"], {"a.toml": sample}),
        Command("status", ["status", "in", "-o", "board.xlsx"], reports),
    ]


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("program", type=Path)
    parser.add_argument("repository", type=Path)
    parser.add_argument("--seconds", type=float, default=60)
    parser.add_argument("--report", type=Path)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--plant", action="store_true")
    parser.add_argument("--only", help="one command, or kill for kills alone")
    options = parser.parse_args()
    faults = Faults(options.program.resolve(), options.repository.resolve(), options.seed, options.plant)
    until = time.monotonic() + options.seconds
    ready = []
    for command in commands(faults.repository):
        if command.name == "correct":
            folder = faults.work / "sound"
            lay(folder, command.before)
            faults.run(command.prepare[0], folder)
            files = tree(folder)
            changed = files["a.toml"].decode().replace("主动公开政府信息 14 条", "主动公开政府信息 15 条")
            command.before = {"old.toml": files["a.toml"], "a.toml": changed.encode()}
            command.prepare = ()
        faults.prepared(command)
        ready.append(command)
    # Each series goes on while its calls are hit; all series advance together, so that a short run has some of all.
    series = [[command, calls, f"error={error}"] for command in ready for calls, errors in ERRORS.items()
              for error in errors]
    if options.only:
        series = [one for one in series if one[0].name == options.only]
    faults.random.shuffle(series)
    number = 1
    while (series or options.only == "kill") and time.monotonic() < until:
        going = []
        for command in ready:
            if options.only in (None, "kill", command.name) and time.monotonic() < until:
                faults.kill(command)
        for one in series:
            if time.monotonic() >= until:
                going = series
                break
            command, calls, fault = one
            if faults.fault(command, calls, f"{fault}:when={number}"):
                going.append(one)
        series = going
        number += 1
    shutil.rmtree(faults.work)
    errors = sum(count for (_, kind), count in faults.counts.items() if kind == "error")
    kills = sum(count for (_, kind), count in faults.counts.items() if kind == "kill")
    print(f"{errors} fault points, {kills} kills, {len(faults.found)} found, all calls tried: {not series}")
    if options.report:
        rows = [{"command": name, "kind": kind, "tries": count} for (name, kind), count in sorted(faults.counts.items())]
        options.report.write_text(json.dumps({"rows": rows, "found": faults.found, "complete": not series}))
    sys.exit(1 if faults.found else 0)


main()
