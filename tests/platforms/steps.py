"""What a user does on every platform: commands that are run in one folder, one after the other.

Each step is (name, arguments). Before a step whose name is in PREPARE the function there is called with the folder.
"""

import re
import shutil
from pathlib import Path

REPOSITORY = Path(__file__).resolve().parents[2]
SAMPLES = REPOSITORY / "data/reports"
MADE = REPOSITORY / "tests/support/made"
KINDS = "web,print,html,docx,data"


def lay_out(folder):
    """Lays the inputs into an empty folder."""
    (folder / "报告 一").mkdir(parents=True)
    shutil.copy(SAMPLES / "pengyang-jgsw-2020.toml", folder / "pengyang.toml")
    shutil.copy(SAMPLES / "pengyang-jgsw-2020.toml", folder / "报告 一/彭阳县（机关）.toml")
    shutil.copy(SAMPLES / "shanghai-gov-office-2025.toml", folder / "报告 一/上海市政府办公厅-2025.toml")
    text = (SAMPLES / "pengyang-jgsw-2020.toml").read_text("utf-8")
    (folder / "国标.toml").write_bytes(text.replace("彭阳县机关", "彭阳县后勤").encode("gb18030"))
    (folder / "错的.toml").write_text(re.sub(r"(?m)^(new = \[.*, )\d+\]", r"\g<1>77]", text, count=1), "utf-8")
    (folder / "坏的.toml").write_text("year = 2020\n[agency\n", "utf-8")
    (folder / "格式").mkdir()
    shutil.copy(MADE / "own-form.toml", folder / "格式/自备.toml")
    (folder / "名册.txt").write_text("彭阳县机关事务服务中心\n某某县财政局\n", "utf-8")


def change(folder):
    path = folder / "pengyang.toml"
    path.write_text(path.read_text("utf-8").replace("主动公开", "积极公开", 1), "utf-8")


def bring(folder):
    """Outputs come back as reports of another office."""
    (folder / "往年").mkdir(exist_ok=True)
    for ending in ("html", "docx"):
        shutil.copy(folder / f"out/pengyang/public/pengyang.{ending}", folder / f"往年/彭阳县2020年报告（{ending}）.{ending}")


def change_published(folder):
    shutil.copy(folder / "pengyang.toml", folder / "公布的.toml")
    change(folder)


PREPARE = {"build changed": change, "import page": bring, "correct": change_published}

STEPS = [
    ("version", ["--version"]),
    ("help", ["--help"]),
    ("help of a command", ["build", "--help"]),
    ("build", ["build", "pengyang.toml", "--only", KINDS]),
    ("build again", ["build", "pengyang.toml", "--only", KINDS]),
    ("build with force", ["build", "--force", "pengyang.toml", "--only", KINDS]),
    ("build changed", ["build", "pengyang.toml", "--only", KINDS, "--json"]),
    ("draft", ["build", "pengyang.toml", "--draft"]),
    ("batch", ["build", "报告 一", "-o", "成品", "--only", KINDS, "--csv", "结果.csv", "--jobs", "1"]),
    ("batch again", ["build", "报告 一", "-o", "成品", "--only", KINDS, "--jobs", "1"]),
    ("part of a batch", ["build", "报告 一", "-o", "成品二", "--shard", "0/2", "--json"]),
    ("GB 18030", ["build", "国标.toml"]),
    ("wrong sum", ["build", "错的.toml"]),
    ("syntax error", ["check", "坏的.toml"]),
    ("check as JSON", ["check", "--json", "报告 一", "错的.toml"]),
    ("check as Markdown", ["check", "报告 一", "--format", "markdown"]),
    ("explain", ["check", "--explain", "S1"]),
    ("import page", ["import", "往年/彭阳县2020年报告（html）.html", "-o", "数据/网页.toml"]),
    ("import Word file", ["import", "往年/彭阳县2020年报告（docx）.docx", "-o", "数据/文档.toml"]),
    ("import folder", ["import", "--all", "往年", "-o", "数据/全部", "--force"]),
    ("new workbook", ["new", "--agency", "某某县民政局", "--year", "2025", "-o", "数据/民政局-2025.xlsx"]),
    ("new from last year", ["new", "--from", "pengyang.toml", "-o", "数据/彭阳-2021.xlsx"]),
    ("own form", ["new", "--agency", "甲局", "--year", "2025", "--form", "格式/自备.toml", "-o", "甲局.toml"]),
    ("own form, moved", ["import", "甲局.toml", "-o", "数据/甲局.json"]),
    ("check workbook", ["check", "数据/民政局-2025.xlsx"]),
    ("extract", ["extract", "out/pengyang/public/pengyang.pdf"]),
    ("status", ["status", "数据", "--roster", "名册.txt", "-o", "报送情况.xlsx"]),
    ("status as JSON", ["status", "报告 一", "--json"]),
    ("differences", ["diff", "报告 一/彭阳县（机关）.toml", "pengyang.toml", "--marked", "花脸稿.pdf"]),
    ("roll-up", ["rollup", "报告 一/彭阳县（机关）.toml", "国标.toml", "--agency", "彭阳县人民政府", "-o", "汇总/彭阳.toml"]),
    ("publish", ["publish", "pengyang.toml", "--date", "2021-01-20"]),
    ("build published", ["build", "pengyang.toml", "--only", KINDS]),
    ("correct", ["correct", "公布的.toml", "pengyang.toml", "--reason", "写错", "--date", "2021-03-01"]),
    ("build corrected", ["build", "pengyang.toml", "--only", KINDS]),
    ("site", ["site", "成品", "-o", "网站"]),
    ("characters", ["fonts", "--probe", "李玥𠮷"]),
    ("schema", ["schema"]),
    ("completions", ["completions", "bash"]),
    ("manual", ["man"]),
    ("missing file", ["build", "没有这个文件.toml"]),
    ("unknown option", ["build", "--no-such-option"]),
    ("site into a strange folder", ["site", "成品", "-o", "往年"]),
]
