#!/usr/bin/env python3
"""Our program beside the stock `typst` command line: the same template, data, faces and standards, in turn within one run.

usage: benches/compare.py [--quick]

Prints the table of docs/performance.md and writes the plot beside it. Needs the program (`cargo build --release`), the bench
(`cargo bench --no-run`) and the stock command: `typst` on the PATH or in TYPST. --quick takes a tenth of the reports.
"""

import json
import os
import pathlib
import platform
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import time

ROOT = pathlib.Path(__file__).resolve().parent.parent
TARGET = pathlib.Path(os.environ.get("CARGO_TARGET_DIR", ROOT / "target"))
OURS = TARGET / "release/gongbao"
FONTS = ROOT / "fonts"
JOBS = os.cpu_count()
SAMPLE = ROOT / "data/reports/pengyang-jgsw-2020.toml"

sys.path.insert(0, str(ROOT / "benches"))
import reports  # noqa: E402


def run(command, cwd=None):
    """Wall time in seconds, CPU time in seconds and peak memory in MB of a whole process and its children."""
    start = time.perf_counter()
    with open(os.devnull, "w") as null:
        child = subprocess.Popen(command, cwd=cwd, stdout=null, stderr=null, env={**os.environ, "GONGBAO_FONTS": str(FONTS)})
        _, status, usage = os.wait4(child.pid, 0)
    child.returncode = os.waitstatus_to_exitcode(status)
    if child.returncode != 0:
        sys.exit(f"{command} ended with {child.returncode}")
    return time.perf_counter() - start, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024


def stock(typst, folder, data, pdf):
    """The stock command for the report whose data lie at `data` below `folder`."""
    return [
        typst, "compile", "--root", str(folder), "--font-path", str(FONTS), "--ignore-system-fonts",
        "--features", "a11y-extras", "--pdf-standard", "a-3a,ua-1", "--input", f"data=/{data}",
        str(folder / "typst/report.typ"), str(pdf),
    ]


def ours(source, out, only):
    return [str(OURS), "build", str(source), "-o", str(out), "--only", only]


def spread(ratios):
    ordered = sorted(ratios)
    return f"{statistics.median(ordered):.2f} ({ordered[0]:.2f} to {ordered[-1]:.2f})"


def cold(typst, folder, times=15):
    """(a): ratios of wall time, one report, whole process."""
    ratios, walls = [], ([], [])
    for _ in range(times):
        a, *_ = run([*ours(SAMPLE, folder / "a", "web"), "--force"])
        b, *_ = run(stock(typst, folder, "out/data.json", folder / "b.pdf"))
        ratios.append(a / b)
        walls[0].append(a)
        walls[1].append(b)
    return ratios, [statistics.median(wall) for wall in walls]


def instructions(command, folder):
    """Instructions of a whole process, by callgrind; None where valgrind is missing."""
    if not shutil.which("valgrind"):
        return None
    counted = ["valgrind", "--tool=callgrind", f"--callgrind-out-file={folder / 'callgrind.out'}", *command]
    said = subprocess.run(counted, check=True, capture_output=True, text=True, env={**os.environ, "GONGBAO_FONTS": str(FONTS)}).stderr
    return int(re.search(r"refs:\s+([\d,]+)", said)[1].replace(",", ""))


def again(folder, count):
    """(f): seconds for a folder that was built before: untouched, and with one file touched."""
    subprocess.run([sys.executable, str(ROOT / "benches/reports.py"), str(count), str(folder / "kept")], check=True)
    command = ours(folder / "kept", folder / "keptmade", "web,print,html")
    run(command)
    untouched, *_ = run(command)
    with open(folder / "kept/r00001.toml", "a", encoding="utf-8") as file:
        file.write("# touched\n")
    touched, *_ = run(command)
    return untouched, touched


def batch(typst, folder, count, rounds=5):
    """(b): how many times the throughput, web and print made by us, the web copy alone by the stock command; and the floor,
    bare Typst calls for the web copy alone on as many threads."""
    ratios, floors, seconds = [], [], [0.0, 0.0]
    share = count // rounds
    sources = sorted((folder / "in").iterdir())
    for number in range(rounds):
        some = folder / f"in{number}"
        some.mkdir()
        for source in sources[number * share:(number + 1) * share]:
            shutil.copy(source, some)
        run(ours(some, folder / "data", "data"))
        a, *_ = run(ours(some, folder / f"made{number}", "web,print"))
        names = [source.stem for source in sorted(some.iterdir())]
        for name in names:
            shutil.copy(folder / f"data/{name}/{name}.json", folder / "out")
        line = " ".join(stock(typst, folder, "out/@.json", folder / "out/@.pdf"))
        script = f"printf '%s\\n' {' '.join(names)} | xargs -P{JOBS} -I@ {line}"
        b, *_ = run(["sh", "-c", script])
        floor = bare(some)
        ratios.append(b / a)
        floors.append(a / (share / floor["reports a second"]))
        seconds[0] += a
        seconds[1] += b
    return ratios, floors, [share * rounds / s for s in seconds], floor


def bare(folder):
    """What Typst's own calls cost for the reports of a folder, everything of ours done before: see benches/floor.rs."""
    command = ["cargo", "bench", "--bench", "floor", "--", str(folder)]
    return json.loads(subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True).stdout)


def memory(folder, counts):
    """(c): peak memory in MB by number of reports, and reports a second."""
    found = []
    for count in counts:
        with tempfile.TemporaryDirectory(dir=folder) as place:
            place = pathlib.Path(place)
            subprocess.run([sys.executable, str(ROOT / "benches/reports.py"), str(count), str(place / "in")], check=True)
            wall, cpu, peak = run(ours(place / "in", place / "made", "web,print"))
            found.append((count, peak, wall, cpu))
    return found


def rebuild():
    """(d): milliseconds for a rebuild in a warm process, by criterion."""
    subprocess.run(["cargo", "bench", "--bench", "steps", "--", "--noplot"], cwd=ROOT, check=True, stdout=sys.stderr)
    found = {}
    for place in (TARGET / "criterion").glob("*/new/estimates.json"):
        estimates = json.loads(place.read_text())
        found[place.parent.parent.name] = estimates["median"]["point_estimate"] / 1e6
    return found


def plot(points, stock_each, path):
    """Cost against number of reports, both axes by powers of ten."""
    import math

    width, height, left, top = 640, 400, 70, 20
    xs = [math.log10(n) for n, *_ in points]
    ys = [math.log10(s) for _, _, s, _ in points] + [math.log10(n * stock_each) for n, *_ in points]
    x0, x1, y0, y1 = min(xs), max(xs), math.floor(min(ys)), math.ceil(max(ys))
    place = lambda n, s: (
        left + (math.log10(n) - x0) / (x1 - x0) * (width - left - 130),
        top + (y1 - math.log10(s)) / (y1 - y0) * (height - top - 50),
    )
    lines = [f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" font-family="sans-serif" font-size="13">',
             f'<rect width="{width}" height="{height}" fill="#fff"/>']
    for power in range(y0, y1 + 1):
        _, y = place(points[0][0], 10 ** power)
        lines.append(f'<path d="M{left} {y:.1f}H{width - 130}" stroke="#ddd"/><text x="{left - 8}" y="{y + 4:.1f}" text-anchor="end">{10 ** power:g} s</text>')
    for n, *_ in points:
        x, _ = place(n, 1)
        lines.append(f'<text x="{x:.1f}" y="{height - 28}" text-anchor="middle">{n:,}</text>')
    lines.append(f'<text x="{(width - 60) / 2}" y="{height - 8}" text-anchor="middle">reports</text>')
    for name, colour, costs in (
        ("gongbao, web and print", "#0B57D0", [(n, s) for n, _, s, _ in points]),
        ("typst compile, web", "#B3261E", [(n, n * stock_each) for n, *_ in points]),
    ):
        places = [place(n, s) for n, s in costs]
        lines.append(f'<polyline fill="none" stroke="{colour}" stroke-width="2" points="{" ".join(f"{x:.1f},{y:.1f}" for x, y in places)}"/>')
        lines += [f'<circle cx="{x:.1f}" cy="{y:.1f}" r="3" fill="{colour}"/>' for x, y in places]
        x, y = places[-1]
        lines.append(f'<text x="{x + 8:.1f}" y="{y + 4:.1f}" fill="{colour}">{name}</text>')
    path.write_text("\n".join([*lines, "</svg>"]) + "\n", encoding="utf-8")


def main():
    quick = "--quick" in sys.argv[1:]
    typst = os.environ.get("TYPST") or shutil.which("typst") or sys.exit("no typst: set TYPST to the stock command")
    count = 100 if quick else 1000
    with tempfile.TemporaryDirectory() as place:
        folder = pathlib.Path(place)
        shutil.copytree(ROOT / "typst", folder / "typst")
        (folder / "out").mkdir()
        run(ours(SAMPLE, folder / "a", "data,web"))
        shutil.copy(folder / f"a/{SAMPLE.stem}/{SAMPLE.stem}.json", folder / "out/data.json")
        size = (folder / f"a/{SAMPLE.stem}/public/{SAMPLE.stem}.pdf").stat().st_size
        subprocess.run([sys.executable, str(ROOT / "benches/reports.py"), str(count), str(folder / "in")], check=True)
        one, walls = cold(typst, folder)
        stock_size = (folder / "b.pdf").stat().st_size
        counts = [
            instructions([*ours(SAMPLE, folder / "a", "web"), "--force"], folder),
            instructions(stock(typst, folder, "out/data.json", folder / "b.pdf"), folder),
        ]
        many, floors, rates, floor = batch(typst, folder, count)
        grown = memory(folder, [1, 10, 100, 1000] if quick else [1, 10, 100, 1000, 10000])
        steps = rebuild()
        kept = 200 if quick else 2000
        untouched, touched = again(folder, kept)
    cpu = next((l.split(":")[1].strip() for l in open("/proc/cpuinfo") if l.startswith("model name")), platform.machine())
    version = subprocess.run([typst, "--version"], capture_output=True, text=True).stdout.strip()
    print(f"{cpu}, {JOBS} processors; {version}; {count} reports in (b)\n")
    print("| | what | goal | measured |\n|---|---|---|---|")
    if None not in counts:
        print(f"| (a) | one cold report, whole process: instructions, ours / `typst compile` | ≤ 0.66 | {counts[0] / counts[1]:.3f}; {counts[0] / 1e6:.0f} and {counts[1] / 1e6:.0f} million |")
    print(f"| | the same in wall time | ≤ 0.55 | {spread(one)}; {walls[0] * 1000:.0f} ms and {walls[1] * 1000:.0f} ms |")
    print(f"| (b) | batch: throughput, ours (web and print) / `xargs -P{JOBS} typst compile` (web) | ≥ 6 | {spread(many)}; {rates[0]:.1f} and {rates[1]:.1f} reports a second |")
    print(f"| | the same by bare Typst calls with whole faces (web): time, ours / theirs | | {spread(floors)}; theirs a report and thread: {floor['compile, ms']:.1f} ms compile, {floor['export, ms']:.1f} ms export |")
    print("| (c) | peak memory at " + ", ".join(f"{n:,}" for n, *_ in grown) + " reports | < 180 MB, flat | " + ", ".join(f"{peak:.0f}" for _, peak, *_ in grown) + " MB |")
    print(f"| (d) | rebuild after one figure changed, warm process | ≤ 15 ms | {steps.get('rebuild after one figure', 0):.1f} ms |")
    print(f"| (e) | the PDF with everything attached / that of `typst compile` without the attachment | ≤ 0.82 | {size / stock_size:.3f}; {size / 1000:.0f} and {stock_size / 1000:.0f} kB |")
    print(f"| (f) | a folder of {kept:,} reports built before: untouched; one touched | ≤ 1 s; ≤ 1.5 s | {untouched:.1f} s; {touched:.1f} s |")
    print("\n| step | ms |\n|---|---|")
    for name, ms in sorted(steps.items(), key=lambda step: step[1]):
        print(f"| {name} | {ms:.2f} |")
    plot(grown, 1 / rates[1], ROOT / "docs/performance.svg")


if __name__ == "__main__":
    main()
