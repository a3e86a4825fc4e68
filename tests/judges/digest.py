"""Recomputes the digest of a report on the form of 2021 from docs/publication.md and docs/data-format.md alone.

    python3 digest.py REPORT.json

Prints the canonical JSON on the first line and its digest on the second. Knows what those two pages say and
nothing of the program; figures must be arrays, tables or bare numbers without notes or units.
"""

import hashlib
import json
import re
import sys

PEOPLE = ["natural", "business", "research", "welfare", "legal", "other", "total"]
RESULTS = ["upheld", "corrected", "other", "pending", "total"]
ROWS = {
    "disclosure": {
        "rules": ["issued", "repealed", "in_force"],
        "normative_documents": ["issued", "repealed", "in_force"],
        "licences": ["decisions"],
        "penalties": ["decisions"],
        "compulsory_measures": ["decisions"],
        "fees": ["amount"],
    },
    "applications": {
        row: PEOPLE
        for row in [
            "new",
            "carried_in",
            "handled.granted",
            "handled.partly_granted",
            *(f"handled.refused.{why}" for why in (
                "state_secret", "law_forbids", "public_safety", "third_party",
                "internal_affairs", "process_information", "enforcement_files", "enquiries")),
            *(f"handled.unavailable.{why}" for why in ("not_held", "to_be_created", "still_unclear")),
            *(f"handled.not_processed.{why}" for why in (
                "complaints", "repeated", "publications", "excessive", "confirmations")),
            *(f"handled.other.{why}" for why in ("not_corrected", "fee_unpaid", "other")),
            "handled.total",
            "carried_out",
        ]
    },
    "appeals": {row: RESULTS for row in ("review", "litigation.direct", "litigation.after_review")},
}


def row(section, path, columns, zero):
    """The cells of a row, left-out totals computed."""
    for key in path.split("."):
        section = section.get(key, {}) if isinstance(section, dict) else {}
    if not isinstance(section, (dict, list)):
        section = [section] * len(columns)
    if isinstance(section, list):
        section = dict(zip(columns, section))
    cells = {column: section.get(column, "") for column in columns if column != "total"}
    if zero:
        cells = {column: 0 if cell == "" else cell for column, cell in cells.items()}
    if "total" in columns:
        numbers = [cell for cell in cells.values() if isinstance(cell, int)]
        cells["total"] = section.get("total", sum(numbers) if numbers else "")
    return cells


def visible(report):
    zero = report.get("blanks") == "zero"
    entries = {"form": report.get("form", "2021"), "year": report["year"]}
    agency = report["agency"]
    entries["title"] = report.get("title", f"{agency['name']}{report['year']}年政府信息公开工作年度报告")
    entries["date"] = report.get("date", "")
    entries.update({f"agency.{key}": words for key, words in agency.items() if key != "kind"})
    for table, rows in ROWS.items():
        section = report.get(table, {})
        entries[f"{table}.note"] = section.get("note", "")
        figures = {path: row(section, path, columns, zero) for path, columns in rows.items()}
        if table == "applications" and "total" not in section.get("handled", {}):
            handled = [cells for path, cells in figures.items() if path.startswith("handled.")
                       and path != "handled.total"]
            figures["handled.total"] = {
                column: sum(cells[column] for cells in handled) for column in PEOPLE}
        for path, cells in figures.items():
            entries.update({f"{table}.{path}.{column}": cell for column, cell in cells.items()})
    entries = {path: str(words) for path, words in entries.items() if words != ""}

    def filled(match):
        path = match[1].strip()
        return entries[path] if path in entries else entries[path + ".total"]

    given = {key: report.get(key) for key in ("preface", "overview", "problems", "other")}
    for table in ROWS:
        section = report.get(table, {})
        given.update({f"{table}.{key}": section.get(key) for key in ("before", "after")})
        given.update({f"{table}.between.{row}": words for row, words in section.get("between", {}).items()})
    texts = {
        key: [re.sub(r"\{\{(.*?)\}\}", filled, line) for line in words.split("\n")]
        for key, words in given.items() if words
    }
    return {"entries": entries, "texts": texts}


def main():
    with open(sys.argv[1], encoding="utf-8") as file:
        report = json.load(file)
    canonical = json.dumps(visible(report), ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    sys.stdout.reconfigure(encoding="utf-8")
    print(canonical)
    print("sha256:" + hashlib.sha256(canonical.encode()).hexdigest())


if __name__ == "__main__":
    main()
