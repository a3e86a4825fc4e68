#!/usr/bin/env python3
"""Makes PDFs of reports with programs that are not ours, and counts how an import reads them.

    foreign_pdfs.py make GONGBAO FOLDER [COUNT]    reports, and their PDFs by other programs
    foreign_pdfs.py damage GONGBAO FOLDER [COUNT]  damaged and ambiguous variants of these PDFs
    foreign_pdfs.py judge GONGBAO FOLDER           imports every PDF and compares it with the report it was made from

`make` writes reports with random figures (the same ones every time), all different from one another as far as the sums
allow, and adds both samples of data/reports. It needs LibreOffice, Chromium, and from PyPI pikepdf and weasyprint; what is
missing is left out and named. `judge` prints one line for each kind of PDF: files, figures right, missing, wrong.
"""

from __future__ import annotations

import json
import os
import pathlib
import random
import re
import shutil
import subprocess
import sys
import tempfile
import zipfile

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
TIMEOUT = 600

ITEMS_2021 = {
    "granted": None,
    "partly_granted": None,
    "refused": ["state_secret", "law_forbids", "public_safety", "third_party", "internal_affairs", "process_information",
                "enforcement_files", "enquiries"],
    "unavailable": ["not_held", "to_be_created", "still_unclear"],
    "not_processed": ["complaints", "repeated", "publications", "excessive", "confirmations"],
    "other": ["not_corrected", "fee_unpaid", "other"],
}


def with_sum(values):
    return [*values, sum(values)]


def made(number: int) -> dict:
    """A report whose sums hold."""
    dice = random.Random(number)
    form = "2021" if number % 2 else "2019"
    most = dice.choice([3, 30, 400, 5000])
    handled, total = {}, [0] * 6
    for key, rows in ITEMS_2021.items():
        if key == "other" and form == "2019":
            rows = None
        values = {row: [dice.randrange(most) if dice.random() < 0.6 else 0 for _ in range(6)] for row in rows or [key]}
        for row in values.values():
            total = [a + b for a, b in zip(total, row)]
        summed = {row: with_sum(value) for row, value in values.items()}
        handled[key] = summed if rows else summed[key]
    handled["total"] = with_sum(total)
    left = [dice.randrange(1 + min(most, t)) for t in total]
    carried = [dice.randrange(1 + min(most, t)) for t in total]
    came = [t + f - c for t, f, c in zip(total, left, carried)]
    block = lambda: with_sum([dice.randrange(most) for _ in range(4)])
    if form == "2021":
        year = 2021 + number % 4
        disclosure = {
            "rules": [dice.randrange(9), dice.randrange(9), dice.randrange(300)],
            "normative_documents": [dice.randrange(99), dice.randrange(99), dice.randrange(300)],
            "licences": dice.randrange(900000), "penalties": dice.randrange(9000000),
            "compulsory_measures": dice.randrange(90000), "fees": dice.randrange(10**8) / 10000,
        }
    else:
        year = 2020
        disclosure = {
            "rules": [1, 2, dice.randrange(3, 300)], "normative_documents": [3, 4, dice.randrange(5, 300)],
            "licences": [dice.randrange(99), dice.randrange(-9, 99), dice.randrange(90000)],
            "other_services": [dice.randrange(99), dice.randrange(-9, 99), dice.randrange(90000)],
            "penalties": [dice.randrange(99), dice.randrange(-9, 99), dice.randrange(90000)],
            "compulsory_measures": [dice.randrange(99), dice.randrange(-9, 99), dice.randrange(90000)],
            "fees": [dice.randrange(9), dice.randrange(-9, 9)],
            "procurement": [dice.randrange(99), dice.randrange(9000000)],
        }
    words = (ROOT / "data/reports/shanghai-gov-office-2025.toml").read_text(encoding="utf-8").split('"""')
    paragraphs = [line.replace("上海市人民政府办公厅", "某某市某某局") for line in words[3].strip().split("\n") if line.strip()]
    dice.shuffle(paragraphs)
    report = {
        "form": form, "year": year,
        "preface": ["本报告根据《中华人民共和国政府信息公开条例》规定编制。" + "统计期限为%d年1月1日至%d年12月31日。" % (year, year)],
        "overview": ["（一）主动公开、依申请公开、政府信息管理、平台建设、监督保障各项工作有序推进。"] + paragraphs[: 2 + number % 9],
        "problems": ["存在的主要问题：政策解读形式还不够丰富，公开的及时性有待提高。", "改进情况：加强培训，完善制度，压实责任。"],
        "other": ["本年度没有收取信息处理费。没有其他需要报告的事项。"],
        "agency": {"name": "某某市第%d局" % number},
        "disclosure": disclosure,
        "applications": {"new": with_sum(came), "carried_in": with_sum(carried), "handled": handled,
                         "carried_out": with_sum(left)},
        "appeals": {"review": block(), "litigation": {"direct": block(), "after_review": block()}},
    }
    # A text is one string with an empty line between paragraphs.
    return {key: "\n\n".join(value) if isinstance(value, list) else value for key, value in report.items()}


def run(*command, timeout=TIMEOUT, **more):
    return subprocess.run([str(part) for part in command], check=True, timeout=timeout, stdout=subprocess.DEVNULL,
                          stderr=subprocess.DEVNULL, **more)


def show_fonts(folder: pathlib.Path):
    """Lets all programs use the fonts of this repository."""
    config = folder / "fonts.conf"
    config.write_text(f"""<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd"><fontconfig>
<dir>{ROOT / "fonts"}</dir><dir>/usr/share/fonts</dir><cachedir>{folder / "fontcache"}</cachedir>
<alias><family>serif</family><prefer><family>FandolSong</family></prefer></alias>
<alias><family>sans-serif</family><prefer><family>Noto Sans SC</family></prefer></alias></fontconfig>""", encoding="utf-8")
    os.environ["FONTCONFIG_FILE"] = str(config)


def office(files, out, tagged: bool):
    """PDFs of Word files by LibreOffice."""
    options = json.dumps({"UseTaggedPDF": {"type": "boolean", "value": str(tagged).lower()}})
    with tempfile.TemporaryDirectory() as profile:
        run("soffice", "--headless", f"-env:UserInstallation=file://{profile}", "--convert-to",
            f"pdf:writer_pdf_Export:{options}", "--outdir", out, *files)


def breakable(source, target, lines: int):
    """A copy of a Word file whose tables break anywhere: no rows kept together, some lines more before the tables."""
    with zipfile.ZipFile(source) as old, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as new:
        for item in old.infolist():
            data = old.read(item)
            if item.filename == "word/document.xml":
                text = data.decode()
                text = re.sub(r"<w:(cantSplit|keepNext|keepLines|pageBreakBefore|tblHeader)\b[^>]*/>", "", text)
                text = re.sub(r'<w:br w:type="page"/>', "", text)
                body = text.index("<w:body>") + len("<w:body>")
                text = text[:body] + "<w:p/>" * lines + text[body:]
                data = text.encode()
            elif item.filename == "word/styles.xml":
                data = re.sub(rb"<w:(cantSplit|keepNext|keepLines|pageBreakBefore)\b[^>]*/>", b"", data)
            new.writestr(item, data)


def variants(source: pathlib.Path, out: pathlib.Path, name: str):
    """Our PDF and others, stripped, turned, cropped and two pages on a sheet."""
    import pikepdf

    def stripped(pdf):
        for key in ("/StructTreeRoot", "/MarkInfo", "/Names", "/AF", "/Metadata"):
            if key in pdf.Root:
                del pdf.Root[key]
        for page in pdf.pages:
            for key in ("/StructParents", "/AF"):
                if key in page.obj:
                    del page.obj[key]

    with pikepdf.open(source) as pdf:
        stripped(pdf)
        pdf.save(out / f"{name}.own.pdf")
        for page in pdf.pages:
            page.rotate(90, relative=True)
        pdf.save(out / f"{name}.rotated.pdf")
    with pikepdf.open(source) as pdf:
        stripped(pdf)
        for page in pdf.pages:
            box = [float(value) for value in page.mediabox]
            # The content is turned on an unturned page.
            page.contents_add(f"q 0 1 -1 0 {box[3]} 0 cm".encode(), prepend=True)
            page.contents_add(b"Q")
            page.mediabox = [0, 0, box[3], box[2]]
        pdf.save(out / f"{name}.turned.pdf")
    with pikepdf.open(source) as pdf:
        stripped(pdf)
        for page in pdf.pages:
            page.cropbox = [60, 70, 560, 800]
        pdf.save(out / f"{name}.cropped.pdf")
    with pikepdf.open(source) as pdf, pikepdf.new() as sheets:
        stripped(pdf)
        pages = list(pdf.pages)
        for index in range(0, len(pages), 2):
            sheets.add_blank_page(page_size=(842, 595))
            sheet = sheets.pages[-1]
            sheet.add_overlay(pages[index], pikepdf.Rectangle(0, 0, 421, 595))
            if index + 1 < len(pages):
                sheet.add_overlay(pages[index + 1], pikepdf.Rectangle(421, 0, 842, 595))
        sheets.save(out / f"{name}.2up.pdf")


def make(gongbao: str, folder: pathlib.Path, count: int):
    folder = folder.resolve()
    folder.mkdir(parents=True, exist_ok=True)
    show_fonts(folder)
    truth, out, pdfs = folder / "truth", folder / "out", folder / "pdf"
    for place in (truth, pdfs):
        place.mkdir(parents=True, exist_ok=True)
    for number in range(1, count + 1):
        (truth / f"m{number:02}.json").write_text(json.dumps(made(number), ensure_ascii=False), encoding="utf-8")
    for sample in (ROOT / "data/reports").glob("*.toml"):
        run(gongbao, "import", sample, "-o", truth / f"{sample.stem}.json", "--force")
    subprocess.run([gongbao, "build", truth, "-o", out, "--only", "web,html,docx"], timeout=TIMEOUT,
                   stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    names = sorted(path.stem for path in truth.glob("*.json"))
    with tempfile.TemporaryDirectory() as place:
        place = pathlib.Path(place)
        for kind, tagged in (("office", False), ("office-tagged", True), ("broken", False), ("broken-tagged", True)):
            words = []
            for index, name in enumerate(names):
                source = out / name / "public" / f"{name}.docx"
                if not source.exists():
                    print(f"no outputs of {name}", file=sys.stderr)
                    continue
                target = place / f"{name}.{kind}.docx"
                if kind.startswith("broken"):
                    breakable(source, target, index * 3 % 40)
                else:
                    shutil.copy(source, target)
                words.append(target)
            office(words, pdfs, tagged)
    for name in names:
        public = out / name / "public"
        if not public.exists():
            continue
        run("chromium", "--headless", "--no-sandbox", "--disable-gpu", f"--print-to-pdf={pdfs / (name + '.chromium.pdf')}",
            (public / f"{name}.html").as_uri())
        try:
            import weasyprint

            weasyprint.HTML(str(public / f"{name}.html")).write_pdf(str(pdfs / f"{name}.weasyprint.pdf"))
        except ImportError:
            print("weasyprint is missing", file=sys.stderr)
        variants(public / f"{name}.pdf", pdfs, name)


KINDS = ["rule", "column-rule", "figure-shifted", "column-shifted", "two-figures", "overprinted", "no-unicode"]


def to_unicode(font) -> dict:
    """Texts of a font's codes."""
    codes = {}
    if "/ToUnicode" not in font:
        return codes
    text = font.ToUnicode.read_bytes().decode("latin-1")
    word = lambda hexed: bytes.fromhex(hexed).decode("utf-16-be", "replace")
    for block in re.findall(r"beginbfchar(.*?)endbfchar", text, re.S):
        codes.update({int(code, 16): word(to) for code, to in re.findall(r"<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f]+)>", block)})
    for block in re.findall(r"beginbfrange(.*?)endbfrange", text, re.S):
        for low, high, to in re.findall(r"<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f]+)>", block):
            for offset in range(int(high, 16) - int(low, 16) + 1):
                codes[int(low, 16) + offset] = word(to[:-4] + "%04x" % (int(to[-4:], 16) + offset))
    return codes


def blocks(page):
    """Instructions of a page, and its text blocks as (first, end, text, place, font size)."""
    import pikepdf

    operations = list(pikepdf.parse_content_stream(page))
    fonts = page.get("/Resources", {}).get("/Font", {})
    maps = {str(name): (to_unicode(font), 2 if font.Subtype == "/Type0" else 1) for name, font in fonts.items()}
    found, start, words, at, font, size = [], None, "", None, ({}, 1), 1
    matrix, stack = pikepdf.Matrix(), []
    for index, (operands, operator) in enumerate(operations):
        operator = str(operator)
        if operator == "q":
            stack.append(matrix)
        elif operator == "Q" and stack:
            matrix = stack.pop()
        elif operator == "cm":
            matrix = pikepdf.Matrix(*[float(value) for value in operands]) @ matrix
        elif operator == "BT":
            start, words, at = index, "", None
        elif operator == "Tf":
            font, size = maps.get(str(operands[0]), ({}, 1)), abs(float(operands[1]))
        elif operator in ("Tm", "Td") and at is None:
            at = matrix.transform((float(operands[-2]), float(operands[-1])))
        elif operator in ("Tj", "TJ"):
            parts = operands[0] if operator == "TJ" else [operands[0]]
            for part in parts:
                if isinstance(part, pikepdf.String):
                    data, width = bytes(part), font[1]
                    codes = [int.from_bytes(data[i : i + width], "big") for i in range(0, len(data), width)]
                    words += "".join(font[0].get(code, "?") for code in codes)
        elif operator == "ET" and start is not None:
            found.append((start, index + 1, words.strip(), at or (0, 0), size))
            start = None
    return operations, found


def damaged(kind: str, source: pathlib.Path, target: pathlib.Path, dice: random.Random) -> bool:
    """Writes a damaged variant; false where the file has nothing to damage in this way."""
    import pikepdf

    operator = pikepdf.Operator
    with pikepdf.open(source) as pdf:
        pages = []
        for page in pdf.pages:
            operations, found = blocks(page)
            digits = [block for block in found if re.fullmatch(r"[0-9.]+", block[2])]
            if len(digits) >= 12:
                pages.append((page, operations, digits))
        if not pages:
            return False
        page, operations, digits = dice.choice(pages)
        moved = lambda block, x, y=0: [
            ([], operator("q")), ([1, 0, 0, 1, x, y], operator("cm")), *operations[block[0] : block[1]], ([], operator("Q")),
        ]
        if kind == "no-unicode":
            fonts = page.Resources.Font
            name = dice.choice(sorted(str(name) for name in fonts.keys()))
            if "/ToUnicode" in fonts[name]:
                del fonts[name]["/ToUnicode"]
            pdf.save(target)
            return True
        if kind in ("rule", "column-rule"):
            paths, start = [], None
            for index, (operands, op) in enumerate(operations):
                op = str(op)
                if op in ("m", "re"):
                    start = index if start is None else start
                elif op in ("S", "s", "f", "f*", "B", "b") and start is not None:
                    paths.append((start, index + 1))
                    start = None
                elif op in ("n", "W", "W*"):
                    start = None
            if len(paths) < 8:
                return False
            if kind == "rule":
                gone = dice.sample(paths, min(len(paths), dice.choice([1, 1, 2, 4, 8])))
            else:
                # All pieces that begin at the same x, which is a rule between columns.
                first = lambda path: round(float(operations[path[0]][0][0]), 1)
                x = first(dice.choice(paths))
                gone = [path for path in paths if first(path) == x]
            gone = sorted(gone, reverse=True)
            for begin, end in gone:
                del operations[begin:end]
        elif kind == "figure-shifted":
            for block in sorted(dice.sample(digits, dice.choice([1, 2, 4])), reverse=True):
                operations[block[0] : block[1]] = moved(block, dice.choice([-1, 1]) * dice.uniform(4, 45))
        elif kind == "column-shifted":
            # Figures one above the other, by their distance from one of them; all move by the same distance.
            x = dice.choice(digits)[3][0]
            distance = dice.choice([-1, 1]) * dice.uniform(8, 40)
            column = [block for block in digits if abs(block[3][0] - x) < 6]
            for block in sorted(column or digits[:1], reverse=True):
                operations[block[0] : block[1]] = moved(block, distance)
        else:
            block = dice.choice(digits)
            # A digit is about half as wide as high.
            beside = block[4] * (0.5 * len(block[2].replace(".", "")) + 0.25 * block[2].count(".") + dice.uniform(0.25, 1.5))
            shift = (beside, 0) if kind == "two-figures" else (dice.uniform(-0.3, 0.3) * block[4], 0)
            other = dice.choice(digits)
            if kind == "overprinted" and other[2] == block[2]:
                return False
            copy = [([], operator("q")), ([1, 0, 0, 1, shift[0], shift[1]], operator("cm"))]
            for operands, op in operations[block[0] : block[1]]:
                if str(op) in ("Tj", "TJ"):
                    other_shows = [o for o in operations[other[0] : other[1]] if str(o[1]) in ("Tj", "TJ")]
                    copy.extend(other_shows[:1])
                else:
                    copy.append((operands, op))
            copy.append(([], operator("Q")))
            operations[block[1] : block[1]] = copy
        page.Contents = pdf.make_stream(pikepdf.unparse_content_stream(operations))
        pdf.save(target)
        return True


def damage(folder: pathlib.Path, count: int):
    folder = folder.resolve()
    sources = sorted((folder / "pdf").glob("m*.own.pdf")) + sorted((folder / "pdf").glob("m*.broken.pdf"))
    out = folder / "damaged" / "pdf"
    out.mkdir(parents=True, exist_ok=True)
    truth = folder / "damaged" / "truth"
    shutil.copytree(folder / "truth", truth, dirs_exist_ok=True)
    dice = random.Random(1)
    made_count, tries = 0, 0
    while made_count < count and tries < 10 * count:
        kind, source = KINDS[tries % len(KINDS)], dice.choice(sources)
        name = source.name.split(".", 1)[0]
        tries += 1
        if damaged(kind, source, out / f"{name}.{kind}-{made_count:03}.pdf", dice):
            made_count += 1
    print(f"{made_count} variants")


def flat(value, path=""):
    """Figures of a report by path, as texts."""
    if isinstance(value, dict):
        if "value" in value and not path.endswith("extra"):
            return {path: str(value["value"])}
        found = {}
        for key, inner in value.items():
            if key not in ("note", "extra", "before", "between", "after"):
                found.update(flat(inner, f"{path}.{key}"))
        return found
    if isinstance(value, list):
        found = {}
        for index, inner in enumerate(value):
            found.update(flat(inner, f"{path}[{index}]"))
        return found
    return {path: str(value)}


def figures(report: dict) -> dict:
    tables = {key: report.get(key, {}) for key in ("disclosure", "applications", "appeals")}
    found = flat(tables)
    # A single figure may stand alone or in a list.
    single = ("licences", "penalties", "compulsory_measures", "fees")
    return {re.sub(r"^(\.disclosure\.(%s))$" % "|".join(single), r"\1[0]", path): value for path, value in found.items()}


def texts(report: dict) -> dict:
    squeeze = lambda text: re.sub(r"\s", "", text)
    return {key: squeeze("".join(report.get(key) or [])) for key in ("preface", "overview", "problems", "other")}


def judge(gongbao: str, folder: pathlib.Path):
    folder = folder.resolve()
    results, kinds = folder / "read", {}
    shutil.rmtree(results, ignore_errors=True)
    results.mkdir()
    complete = {}
    for path in sorted((folder / "truth").glob("*.json")):
        # The truth as the program writes it, with computed totals.
        run(gongbao, "import", path, "-o", results / f"{path.stem}.truth.json")
        complete[path.stem] = json.loads((results / f"{path.stem}.truth.json").read_text(encoding="utf-8"))
    for pdf in sorted((folder / "pdf").glob("*.pdf")):
        name, kind = pdf.stem.split(".", 1)
        kind = re.sub(r"-\d+$", "", kind)
        target = results / f"{pdf.stem}.json"
        done = subprocess.run([gongbao, "import", pdf, "-o", target, "--json"], capture_output=True, text=True, timeout=TIMEOUT)
        tally = kinds.setdefault(kind, {"files": 0, "right": 0, "missing": 0, "wrong": 0, "texts": 0, "unread": 0, "unplaced": 0})
        tally["files"] += 1
        if not target.exists():
            tally["unread"] += 1
            print(f"{pdf.name}: not read: {(done.stdout + done.stderr).strip()[:300]}")
            continue
        read = json.loads(target.read_text(encoding="utf-8"))
        told = json.loads(done.stdout)[0]
        tally["unplaced"] += len(told.get("unplaced", []))
        want, got = figures(complete[name]), figures(read)
        for path, value in want.items():
            if path not in got or got[path] == "None":
                tally["missing"] += 1
            elif got[path] == value:
                tally["right"] += 1
            else:
                tally["wrong"] += 1
                print(f"{pdf.name}: {path}: {got[path]!r} instead of {value!r}")
        for path in got.keys() - want.keys():
            tally["wrong"] += 1
            print(f"{pdf.name}: {path}: {got[path]!r} from nowhere")
        for key, text in texts(complete[name]).items():
            if texts(read)[key] != text:
                tally["texts"] += 1
                a, b = texts(read)[key], text
                at = next((i for i, (x, y) in enumerate(zip(a, b)) if x != y), min(len(a), len(b)))
                print(f"{pdf.name}: {key} differs at {at}: {a[at - 10:at + 20]!r} instead of {b[at - 10:at + 20]!r}")
    for kind, tally in kinds.items():
        print(kind, " ".join(f"{key} {value}" for key, value in tally.items()))


def main(arguments):
    if len(arguments) < 3 or arguments[0] not in ("make", "damage", "judge"):
        print(__doc__, file=sys.stderr)
        return 2
    what, gongbao, folder, *rest = arguments
    gongbao = str(pathlib.Path(gongbao).resolve())
    if what == "make":
        make(gongbao, pathlib.Path(folder), int(rest[0]) if rest else 20)
    elif what == "damage":
        damage(pathlib.Path(folder), int(rest[0]) if rest else 210)
    elif what == "judge":
        judge(gongbao, pathlib.Path(folder))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
