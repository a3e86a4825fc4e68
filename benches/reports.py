#!/usr/bin/env python3
"""Makes as many different reports as asked for out of the sample: other names, other figures whose sums hold, other words.

usage: benches/reports.py COUNT FOLDER

The same number always makes the same report. Words are the sample's hanzi in another order, so that no two reports are
near copies of each other, while lines are as long and need as many glyphs as before. The first words of each paragraph
stay: reviewers' rules look for them.
"""

import pathlib
import random
import re
import sys

SAMPLE = pathlib.Path(__file__).resolve().parent.parent / "data/reports/pengyang-jgsw-2020.toml"
NAME = "彭阳县机关事务服务中心"
NONE_CAME = "我中心未收到依申请公开政府信息"
KEPT = 30


def shuffled(paragraph, dice):
    """A paragraph whose later words are in another order; clauses with figures or quotes stay as they are."""
    head, tail = paragraph[:KEPT], paragraph[KEPT:]
    clauses = re.split("([，。、；：])", tail)
    free = [i for i, clause in enumerate(clauses) if re.fullmatch("[一-鿿]{4,}", clause) and "中心" not in clause]
    hanzi = [c for i in free for c in clauses[i]]
    dice.shuffle(hanzi)
    for i in free:
        clauses[i] = "".join(hanzi.pop() for _ in clauses[i])
    return head + "".join(clauses)


def figures(text, dice):
    """Some applications, all of them granted or left over, and normative documents."""
    people = dice.randrange(1, 400)
    firms = [dice.randrange(0, 40) for _ in range(5)]
    granted = [people - people // 3, *firms]
    came = [people, *firms]
    left = [people // 3, 0, 0, 0, 0, 0]
    row = lambda values: str([*values, sum(values)])
    nothing = '[0, "", "", "", "", "", 0]'
    text = text.replace("new = [0, 0, 0, 0, 0, 0, 0]", f"new = {row(came)}")
    text = text.replace(f"granted = {nothing}", f"granted = {row(granted)}", 1)
    text = text.replace(f"carried_out = {nothing}", f"carried_out = {row(left)}")
    text = text.replace(f"total = {nothing}", f"total = {row(granted)}")
    made, held = dice.randrange(20), dice.randrange(100)
    return text.replace("normative_documents = [0, 0, 0]", f"normative_documents = [{made}, {made}, {made + held}]")


def report(number, sample):
    """The text of the report of this number."""
    dice = random.Random(number)
    text = sample.replace(NAME, f"彭阳县第{number}机关事务服务中心")
    text = text.replace(NONE_CAME, "我中心收到依申请公开政府信息{{applications.new.total}}件")
    text = text.replace("，无规范性文件", "").replace("未制定规章和规范性文件，", "")
    parts = text.split('"""')
    for i in (3, 5):
        parts[i] = "\n\n".join(shuffled(paragraph, dice) for paragraph in parts[i].split("\n\n"))
    return figures('"""'.join(parts), dice)


def main():
    if len(sys.argv) != 3 or not sys.argv[1].isdigit():
        sys.exit(__doc__)
    folder = pathlib.Path(sys.argv[2])
    folder.mkdir(parents=True, exist_ok=True)
    sample = SAMPLE.read_text(encoding="utf-8")
    for number in range(1, int(sys.argv[1]) + 1):
        (folder / f"r{number:05}.toml").write_text(report(number, sample), encoding="utf-8")


if __name__ == "__main__":
    main()
