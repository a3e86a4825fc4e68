#!/usr/bin/env python3
"""Reads a workbook with openpyxl and prints one JSON object: the rows of each sheet, in the order of the sheets.

    read_xlsx.py FILE.xlsx

Each cell is a text: numbers without trailing zeros, dates as YYYY-MM-DD, nothing where the cell is empty. A cell that
holds a formula is given as the formula, so that a test sees what was meant to be plain words.
"""

from __future__ import annotations

import datetime
import json
import sys

import openpyxl


def text(value: object) -> str:
    """A cell's value as text."""
    if value is None:
        return ""
    if isinstance(value, datetime.datetime):
        return value.date().isoformat()
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)


def main() -> None:
    """Prints the workbook named on the command line."""
    book = openpyxl.load_workbook(sys.argv[1])
    sheets = {sheet.title: [[text(cell.value) for cell in row] for row in sheet.iter_rows()] for sheet in book}
    kinds = {
        f"{sheet.title}!{cell.coordinate}": cell.data_type
        for sheet in book
        for row in sheet.iter_rows()
        for cell in row
        if cell.data_type == "f"
    }
    json.dump({"sheets": sheets, "formulas": kinds}, sys.stdout, ensure_ascii=False)


if __name__ == "__main__":
    main()
