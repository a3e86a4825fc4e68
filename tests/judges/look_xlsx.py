#!/usr/bin/env python3
"""Prints validations, formats and merged cells of a workbook, read with openpyxl, as one JSON object by sheet.

    look_xlsx.py FILE.xlsx

For each sheet: `state`, `protected`, `password`, `unlocked` (cells that can be typed in), `merged`, `freeze`, `paper`,
`fit` (to the page when printed), `notes` (cell → words), `lists` (cell → what the drop-down offers), `rules` (cell → formula of a
validation of its own), `reds` (cell → formula of a conditional format), `formulas` (cell → formula), `values` (cell → what
the file says its formula comes to).
"""

from __future__ import annotations

import json
import sys

import openpyxl


def cells(ranges: object) -> list[str]:
    """All cells of ranges."""
    found = []
    for part in str(ranges).split():
        first, _, last = part.partition(":")
        rows = openpyxl.utils.cell.rows_from_range(f"{first}:{last or first}")
        found.extend(cell for row in rows for cell in row)
    return found


def look(sheet: object, values: object) -> dict[str, object]:
    """Validations, formats and merged cells of a sheet."""
    seen: dict[str, object] = {
        "state": sheet.sheet_state,
        "protected": bool(sheet.protection.sheet),
        "password": sheet.protection.password is not None,
        "merged": sorted(str(part) for part in sheet.merged_cells.ranges),
        "freeze": sheet.freeze_panes,
        "paper": sheet.page_setup.paperSize,
        "fit": bool(sheet.sheet_properties.pageSetUpPr and sheet.sheet_properties.pageSetUpPr.fitToPage),
        "unlocked": [],
        "notes": {},
        "formulas": {},
        "values": {},
        "lists": {},
        "rules": {},
        "reds": {},
    }
    for row in sheet.iter_rows():
        for cell in row:
            if not cell.protection.locked and not isinstance(cell, openpyxl.cell.cell.MergedCell):
                seen["unlocked"].append(cell.coordinate)
            if cell.comment:
                seen["notes"][cell.coordinate] = cell.comment.text
            if cell.data_type == "f":
                seen["formulas"][cell.coordinate] = cell.value
                seen["values"][cell.coordinate] = values[cell.coordinate].value
    for rule in sheet.data_validations.dataValidation:
        kind = {"list": "lists", "custom": "rules"}.get(rule.type)
        if kind:
            seen[kind].update({cell: rule.formula1 for cell in cells(rule.sqref)})
    for part in sheet.conditional_formatting:
        for rule in part.rules:
            seen["reds"].update({cell: rule.formula[0] for cell in cells(part.sqref)})
    return seen


def main() -> None:
    """Prints the workbook named on the command line."""
    book = openpyxl.load_workbook(sys.argv[1])
    values = openpyxl.load_workbook(sys.argv[1], data_only=True)
    json.dump({sheet.title: look(sheet, values[sheet.title]) for sheet in book}, sys.stdout, ensure_ascii=False)


if __name__ == "__main__":
    main()
