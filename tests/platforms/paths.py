"""Tries the Windows program with the paths of Windows, and with outputs that cannot be replaced.

Usage: paths.py PROGRAM HOLD FOLDER [UNC]

PROGRAM and HOLD are commands, as JSON, that start the program and tests/platforms/hold.c; FOLDER is empty. UNC is a
folder below FOLDER by its name of the form \\\\SERVER\\SHARE. Prints a line per case; the exit code is 1 if one fails.
"""

import json
import shutil
import stat
import subprocess
import sys
from pathlib import Path

from compare import tree
from steps import SAMPLES

failed = []


def case(name, problem):
    print(f"{'FAILED' if problem else 'ok':7} {name}" + (f": {problem}" if problem else ""), flush=True)
    if problem:
        failed.append(name)


def run(program, *arguments, cwd):
    done = subprocess.run([*program, *arguments], cwd=cwd, capture_output=True, timeout=900)
    return done.returncode, done.stdout.decode("utf-8", "replace") + done.stderr.decode("utf-8", "replace")


def windows(path):
    """A path of this machine as the program sees it."""
    return str(path) if sys.platform == "win32" else "Z:" + str(path).replace("/", "\\")


def spelling(said, place):
    """What is wrong with the paths in a message: `place` must occur with one separator and without a prefix."""
    if "\\\\?\\" in said or "//?/" in said:
        return f"a verbatim prefix: {said}"
    if place.replace("/", "\\") not in said:
        return f"not {place} with one separator: {said}"
    return None


def report(folder, name="报告.toml"):
    folder.mkdir(parents=True, exist_ok=True)
    shutil.copy(SAMPLES / "pengyang-jgsw-2020.toml", folder / name)
    return folder / name


def built(program, cwd, file, out, stem, place):
    code, said = run(program, "build", file, "-o", out, cwd=cwd)
    if code != 0:
        return f"exit code {code}: {said}"
    if not place.joinpath(stem, "public", f"{stem}.pdf").is_file():
        return f"no PDF: {said}"
    return spelling(said, f"public/{stem}.pdf")


def places(program, folder):
    mixed = report(folder / "公文 二〇二五/报告").parent
    case("Chinese names and spaces, both separators", built(program, folder, "公文 二〇二五/报告\\报告.toml", "成 品", "报告", folder / "成 品"))
    case("a drive letter", built(program, folder, windows(mixed / "报告.toml"), windows(folder / "盘/out"), "报告", folder / "盘/out"))
    code, said = run(program, "check", "公文 二〇二五\\报告", "--json", cwd=folder)
    case("paths in JSON", spelling(said.replace("\\\\", "\\"), "公文 二〇二五/报告/报告.toml"))
    deep = folder / "/".join(f"第{number}层{'很长的名字' * 4}" for number in range(12))
    long = report(deep)
    case(f"an absolute path of {len(windows(long))} characters", built(program, folder, windows(long), windows(deep / "out"), "报告", deep / "out"))
    case(f"a relative path of {len(str(long.relative_to(folder)))} characters", built(program, folder, str(long.relative_to(folder)), "o", "报告", folder / "o"))
    code, said = run(program, "check", "没有.toml", cwd=folder)
    case("a missing file", None if code == 2 and "没有.toml" in said else f"exit code {code}: {said}")
    code, said = run(program, "fonts", cwd=folder)
    case("paths of faces", "a verbatim prefix" if "\\\\?\\" in said or code else None)


def data_files(program, folder):
    """Paths in data files have `/` and no prefix, and are found again."""
    where = folder / "数据"
    report(where)
    shutil.copy(Path(__file__).parents[1] / "support/made/own-form.toml", where / "自备.toml")
    run(program, "new", "--agency", "甲局", "--year", "2025", "--form", windows(where / "自备.toml"), "-o", "甲局.toml", cwd=where)
    run(program, "import", "甲局.toml", "-o", "下面\\甲局.toml", cwd=where)
    for name in ("甲局.toml", "下面/甲局.toml"):
        text = where.joinpath(name).read_text("utf-8")
        line = next((line for line in text.splitlines() if line.startswith("form")), "no form")
        code, said = run(program, "check", name, cwd=where)
        found = "格式" not in said or code != 2
        case(f"the path of a form in {name}", None if "\\" not in line and "//?" not in line and found else f"{line}; {said}")
    run(program, "rollup", "报告.toml", "--agency", "彭阳县人民政府", "-o", "汇总\\全县.toml", cwd=where)
    line = next((line for line in where.joinpath("汇总/全县.toml").read_text("utf-8").splitlines() if "报告.toml" in line), "")
    case("the path of a member in a roll-up", None if "../报告.toml" in line else line)


def held(program, hold, folder):
    """Whatever output is held open, in whatever way: all outputs are replaced, or none."""
    where = folder / "占用"
    path = report(where)
    build = ("build", "报告.toml", "--only", "web,print,html,docx,data")
    run(program, *build, cwd=where)
    outputs = sorted(path for path in where.joinpath("out").rglob("*") if path.is_file() and not path.name.startswith("."))
    text = path.read_text("utf-8")
    for share in ("none", "read", "all"):
        for number, output in enumerate(outputs):
            path.write_text(text.replace("主动公开", f"积极公开{share}{number}", 1), "utf-8")
            before = tree(where / "out")
            holder = subprocess.Popen([*hold, windows(output), share], stdin=subprocess.PIPE, stdout=subprocess.PIPE)
            holder.stdout.readline()
            code, said = run(program, *build, cwd=where)
            holder.communicate(b"\n")
            after = {name: digest for name, digest in tree(where / "out").items() if name != ".gongbao.lock"}
            before.pop(".gongbao.lock", None)
            changed = {name for name in before if after.get(name) != before[name] and not name.startswith(".")}
            if code == 0:
                problem = None if len(changed) == len(outputs) else f"replaced only {sorted(changed)}"
            else:
                said_so = "原有文件没有改动" in said and output.name in said
                problem = None if before.keys() == after.keys() and not changed and said_so else f"changed {sorted(changed)}, {sorted(before.keys() ^ after.keys())}: {said}"
            case(f"{output.name} held open, sharing {share}: exit code {code}, {'all' if code == 0 else 'none'} replaced", problem)
    code, said = run(program, *build, cwd=where)
    case("nothing is held any more", None if code == 0 else said)


def read_only(program, folder):
    where = folder / "只读"
    path = report(where)
    run(program, "build", "报告.toml", cwd=where)
    output = where / "out/报告/public/报告.pdf"
    output.chmod(stat.S_IREAD)
    path.write_text(path.read_text("utf-8").replace("主动公开", "积极公开", 1), "utf-8")
    before = tree(where / "out")
    code, said = run(program, "build", "报告.toml", cwd=where)
    changed = [name for name, digest in tree(where / "out").items() if before.get(name) != digest and ".gongbao" not in name]
    whole = len(changed) == len([name for name in before if ".gongbao" not in name]) if code == 0 else not changed
    case(f"a read-only output: exit code {code}, {'all' if code == 0 else 'none'} replaced", None if whole else f"{changed}: {said}")


def main(program, hold, folder, unc=None):
    program, hold, folder = json.loads(program), json.loads(hold), Path(folder).resolve()
    places(program, folder)
    if unc:
        report(folder / "共享")
        case("a name of the network", built(program, folder, f"{unc}\\共享\\报告.toml", f"{unc}\\共享\\out", "报告", folder / "共享/out"))
    data_files(program, folder)
    held(program, hold, folder)
    read_only(program, folder)
    sys.exit(bool(failed))


if __name__ == "__main__":
    main(*sys.argv[1:])
