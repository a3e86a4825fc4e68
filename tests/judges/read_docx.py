#!/usr/bin/env python3
"""Reads Word files with python-docx, validates them against the schema of Office Open XML, and prints one JSON object keyed by
the paths as given.

    read_docx.py FILE.docx…

README.md beside this file lists the fields.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from typing import Any

import docx
from docx.oxml.ns import qn
from docx.table import Table
from docx.text.paragraph import Paragraph
from openxml_audit import OpenXmlValidator


def value(element: Any, path: str, attribute: str = "w:val") -> str | None:
    """An attribute of the first element on a path of names below another."""
    for name in path.split("/"):
        element = element.find(qn(name)) if element is not None else None
    return None if element is None else element.get(qn(attribute))


def chain(style: Any) -> Iterator[Any]:
    """A style and those that it is based on, nearest first."""
    while style is not None:
        yield style
        style = style.base_style


def first(values: Iterator[str | None]) -> str | None:
    """The first value that is not None."""
    return next((one for one in values if one is not None), None)


def style(of: Any) -> dict[str, Any]:
    """Properties of a paragraph style, including inherited ones."""
    said = [one.element for one in chain(of)]
    fonts = "w:rPr/w:rFonts"
    size = first(value(one, "w:rPr/w:sz") for one in said)
    level = first(value(one, "w:pPr/w:outlineLvl") for one in said)
    return {
        "name": of.name,
        "east_asian": first(value(one, fonts, "w:eastAsia") for one in said),
        "latin": first(value(one, fonts, "w:ascii") for one in said),
        "size_pt": None if size is None else int(size) / 2,
        "outline_level": None if level is None else int(level) + 1,
        "first_line_chars": first(value(one, "w:pPr/w:ind", "w:firstLineChars") for one in said),
        "snaps_to_grid": first(value(one, "w:pPr/w:snapToGrid") for one in said) != "0",
    }


def paragraph(of: Paragraph) -> dict[str, Any]:
    """A paragraph of the text."""
    mark = of._p.find(f"{qn('w:pPr')}/{qn('w:rPr')}/{qn('w:specVanish')}")
    indent = of._p.find(f"{qn('w:pPr')}/{qn('w:ind')}")
    return {
        "text": of.text,
        "style": of.style.name,
        "outline_level": style(of.style)["outline_level"],
        "runs_on": mark is not None,
        "keeps_with_next": bool(first(iter([of.paragraph_format.keep_with_next, of.style.paragraph_format.keep_with_next]))),
        "indent": {} if indent is None else {key.split("}")[1]: text for key, text in indent.attrib.items()},
        "links": [{"text": link.text, "address": link.url} for link in of.hyperlinks],
    }


def table(of: Table) -> dict[str, Any]:
    """A table: its grid as rows of numbers into its cells."""
    numbers: dict[int, int] = {}
    cells: list[dict[str, Any]] = []
    grid = []
    for row in of.rows:
        line = []
        for cell in row.cells:
            key = id(cell._tc)
            if key not in numbers:
                numbers[key] = len(cells)
                runs = [run for one in cell.paragraphs for run in one.runs]
                sizes = {run.font.size.pt for run in runs if run.font.size is not None}
                cells.append({
                    "text": cell.text,
                    "style": cell.paragraphs[0].style.name,
                    "align": str(cell.paragraphs[0].alignment),
                    "vertical": str(cell.vertical_alignment),
                    "fill": value(cell._tc, "w:tcPr/w:shd", "w:fill"),
                    "sizes_pt": sorted(sizes),
                    "element": cell._tc,
                })
            line.append(numbers[key])
        grid.append(line)
    for cell in cells:
        del cell["element"]  # Held so far, lest another element take its id.
    properties = of._tbl.tblPr
    rows = [row._tr for row in of.rows]
    return {
        "caption": value(properties, "w:tblCaption"),
        "description": value(properties, "w:tblDescription"),
        "widths_twips": [int(column.get(qn("w:w"))) for column in of._tbl.tblGrid.iter(qn("w:gridCol"))],
        "header_rows": [number for number, row in enumerate(rows) if row.find(f"{qn('w:trPr')}/{qn('w:tblHeader')}") is not None],
        "breakable_rows": [number for number, row in enumerate(rows) if row.find(f"{qn('w:trPr')}/{qn('w:cantSplit')}") is None],
        "kept_rows": [
            number
            for number, row in enumerate(rows)
            if all(one.find(f"{qn('w:pPr')}/{qn('w:keepNext')}") is not None for one in row.iter(qn("w:p")))
        ],
        "grid": grid,
        "cells": cells,
    }


def footer(of: Any) -> dict[str, Any]:
    """A footer: its text and its fields."""
    [only] = of.paragraphs
    return {
        "text": only.text,
        "align": str(only.alignment),
        "fields": [one.text.strip() for one in only._p.iter(qn("w:instrText"))],
    }


def read(path: str) -> dict[str, Any]:
    """The fields of README.md for one file."""
    found = OpenXmlValidator().validate(path)
    document = docx.Document(path)
    [section] = document.sections
    grid = section._sectPr.find(qn("w:docGrid"))
    core = document.core_properties
    settings = document.settings.element
    tables: list[dict[str, Any]] = []
    body: list[dict[str, Any]] = []
    for item in document.iter_inner_content():
        if isinstance(item, Table):
            body.append({"table": len(tables)})
            tables.append(table(item))
        else:
            body.append(paragraph(item))
    return {
        "problems": [str(error) for error in found.errors],
        "properties": {
            "title": core.title,
            "author": core.author,
            "language": core.language,
            "created": core.created.isoformat(),
            "modified": core.modified.isoformat(),
        },
        "page": {
            "width_mm": section.page_width.mm,
            "height_mm": section.page_height.mm,
            "top_mm": section.top_margin.mm,
            "bottom_mm": section.bottom_margin.mm,
            "left_mm": section.left_margin.mm,
            "right_mm": section.right_margin.mm,
            "grid": grid.get(qn("w:type")),
            "line_pitch_twips": int(grid.get(qn("w:linePitch"))),
            "char_space": int(grid.get(qn("w:charSpace"))),
        },
        "odd_and_even": document.settings.odd_and_even_pages_header_footer,
        "footers": {"odd": footer(section.footer), "even": footer(section.even_page_footer)},
        "compatibility": next(
            one.get(qn("w:val"))
            for one in settings.iter(qn("w:compatSetting"))
            if one.get(qn("w:name")) == "compatibilityMode"
        ),
        "language": value(document.styles.element, "w:docDefaults/w:rPrDefault/w:rPr/w:lang", "w:eastAsia"),
        "styles": {one.name: style(one) for one in document.styles if one.type == docx.enum.style.WD_STYLE_TYPE.PARAGRAPH},
        "body": body,
        "tables": tables,
    }


def main() -> None:
    """Prints the files named on the command line."""
    json.dump({path: read(path) for path in sys.argv[1:]}, sys.stdout, ensure_ascii=False)


if __name__ == "__main__":
    main()
