#!/usr/bin/env python3
"""Edits a workbook with openpyxl, as a user of a spreadsheet program would.

    fill_xlsx.py IN.xlsx OUT.xlsx < STEPS.json

STEPS is a list; each step is a list that begins with its name:

    ["set", SHEET, CELL, VALUE]     VALUE a number, a text, a formula ("=1+2") or null
    ["date", SHEET, CELL, "YYYY-MM-DD"]
    ["rename", SHEET, NAME]
    ["move", SHEET, OFFSET]         by so many places to the right
    ["rows", SHEET, ROW, COUNT]     puts in empty rows before ROW
    ["columns", SHEET, COLUMN, COUNT]
    ["remove", SHEET]
"""

from __future__ import annotations

import datetime
import json
import sys

import openpyxl


def main() -> None:
    """Applies the steps of standard input."""
    book = openpyxl.load_workbook(sys.argv[1])
    for name, sheet, *rest in json.load(sys.stdin):
        page = book[sheet]
        if name == "set":
            page[rest[0]].value = rest[1]
        elif name == "date":
            page[rest[0]].value = datetime.date.fromisoformat(rest[1])
        elif name == "rename":
            page.title = rest[0]
        elif name == "move":
            book.move_sheet(page, rest[0])
        elif name == "rows":
            page.insert_rows(rest[0], rest[1])
        elif name == "columns":
            page.insert_cols(rest[0], rest[1])
        elif name == "remove":
            book.remove(page)
        else:
            sys.exit(f"no such step: {name}")
    book.save(sys.argv[2])


if __name__ == "__main__":
    main()
