#!/usr/bin/env python3
"""Writes a report in the ways of other programs: a Word file, a web page, an Excel workbook.

    write_foreign.py STEM.json FOLDER NAME…

STEM.json is what the template reads: the report with the official form's cells and their spans. For each NAME (below) a
file of that name is written into FOLDER, with programs that are not ours.

    plain.docx      the form's table as it is, with w:gridSpan and w:vMerge
    hmerge.docx     cells merged across with w:hMerge, one grid column each
    split.docx      each label of a row in a cell of its own and nothing merged downwards; tables cut by a page, headers repeated
    cut.docx        tables cut by a page, headers not repeated; a blank column before and after, w:gridBefore, numbered lists
    page.html       as WPS exports it: GBK, nested spans, &nbsp;, inline styles, a portal around it
    nested.html     UTF-8, within tables for the layout, rowspan and colspan, digits in full width
    sheet.xlsx      everything on one sheet, merged
    sheets.xlsx     a sheet for each table, rows inserted above, moved to the right
"""

from __future__ import annotations

import copy
import html
import json
import pathlib
import sys

import docx
import openpyxl
from docx.oxml import OxmlElement
from docx.oxml.ns import qn


class Cell:
    """A cell of a form and its content."""

    def __init__(self, cell: dict) -> None:
        self.x, self.y = cell["x"], cell["y"]
        self.columns, self.rows = cell.get("colspan", 1), cell.get("rowspan", 1)
        self.kind = cell["kind"]
        if self.kind == "figure":
            note = cell.get("note") or ""
            self.text = cell["text"] + (f"（{note}）" if note else "")
        else:
            self.text = "".join(cell["lines"]) + (cell.get("remark") or "")

    def at(self, x: int, y: int, columns: int = 1, rows: int = 1) -> "Cell":
        other = copy.copy(self)
        other.x, other.y, other.columns, other.rows = x, y, columns, rows
        return other


def cells_of(table: dict) -> tuple[list[Cell], list[int]]:
    """The cells of a table, and the rows that are headers."""
    cells, headers = [], []
    for block in table["blocks"]:
        for row in block["header"]:
            cells += [Cell(cell) for cell in row]
            headers += [cell["y"] for cell in row]
        for row in block["rows"]:
            cells += [Cell(cell) for cell in row["cells"]]
    return cells, sorted(set(headers))


def size(cells: list[Cell]) -> tuple[int, int]:
    return max(cell.x + cell.columns for cell in cells), max(cell.y + cell.rows for cell in cells)


def text_of(paragraph: dict) -> str:
    runs = (paragraph.get("heading") or []) + paragraph["runs"]
    return "".join(run.get("text") or run.get("link") and "".join(run["pieces"]) or "".join(run.get("pieces", [])) for run in runs)


# --- Word -------------------------------------------------------------------------------------------------------------------


def setting(properties, name: str, value: str | None) -> None:
    element = OxmlElement(name)
    if value is not None:
        element.set(qn("w:val"), value)
    properties.append(element)


def add_table(document, cells: list[Cell], *, horizontal: str = "gridSpan", before: int = 0) -> None:
    """A table of Word with w:gridSpan or w:hMerge, w:vMerge and w:gridBefore."""
    columns, rows = size(cells)
    covered = {(x, y): cell for cell in cells for x in range(cell.x, cell.x + cell.columns) for y in range(cell.y, cell.y + cell.rows)}
    table = OxmlElement("w:tbl")
    table.append(OxmlElement("w:tblPr"))
    grid = OxmlElement("w:tblGrid")
    for _ in range(columns + before):
        grid.append(OxmlElement("w:gridCol"))
    table.append(grid)
    for y in range(rows):
        row = OxmlElement("w:tr")
        if before:
            settings = OxmlElement("w:trPr")
            setting(settings, "w:gridBefore", str(before))
            row.append(settings)
        x = 0
        while x < columns:
            cell = covered.get((x, y))
            if cell is None:
                x += 1
                continue
            spans = range(1) if horizontal == "gridSpan" else range(cell.columns)
            for part in spans:
                element = OxmlElement("w:tc")
                properties = OxmlElement("w:tcPr")
                if horizontal == "gridSpan" and cell.columns > 1:
                    setting(properties, "w:gridSpan", str(cell.columns))
                if horizontal == "hMerge" and cell.columns > 1:
                    setting(properties, "w:hMerge", "restart" if part == 0 else None)
                if cell.rows > 1:
                    setting(properties, "w:vMerge", "restart" if y == cell.y else None)
                element.append(properties)
                paragraph = OxmlElement("w:p")
                if y == cell.y and part == 0:
                    # Word splits runs at former positions of the cursor.
                    for piece in (cell.text[:2], cell.text[2:]):
                        run = OxmlElement("w:r")
                        words = OxmlElement("w:t")
                        words.text = piece
                        words.set(qn("xml:space"), "preserve")
                        run.append(words)
                        paragraph.append(run)
                element.append(paragraph)
                row.append(element)
            x += cell.columns
        table.append(row)
    document.element.body.insert(len(document.element.body) - 1, table)


def flat(cells: list[Cell]) -> list[Cell]:
    """The table without vertically merged row labels: each row repeats its labels; headers are unchanged."""
    result = []
    for cell in cells:
        if cell.kind == "row" and cell.rows > 1:
            result += [cell.at(cell.x, cell.y + offset, cell.columns) for offset in range(cell.rows)]
        else:
            result.append(cell)
    return result


def cut(cells: list[Cell], headers: list[int], *, repeat: bool) -> list[list[Cell]]:
    """The table split in two, as at a page break; cells that span the split are in both halves."""
    _, rows = size(cells)
    first = [y for y in headers if all(other in headers for other in range(y))]
    middle = rows // 2
    if middle <= len(first) or middle in headers or middle - 1 in headers:
        return [cells]
    halves: list[list[Cell]] = [[], []]
    shift = middle - (len(first) if repeat else 0)
    for cell in cells:
        end = cell.y + cell.rows
        if repeat and cell.y in first:
            halves[1].append(cell.at(cell.x, cell.y, cell.columns, cell.rows))
        if cell.y < middle:
            halves[0].append(cell.at(cell.x, cell.y, cell.columns, min(end, middle) - cell.y))
        if end > middle:
            top = max(cell.y, middle)
            halves[1].append(cell.at(cell.x, top - shift, cell.columns, end - top))
    return halves


def numbered(document, chapter: int) -> str:
    """A list that Word numbers （一）, （二） from the beginning in each chapter: its id."""
    numbering = document.part.numbering_part.element
    if not numbering.xpath("w:abstractNum[@w:abstractNumId='90']"):
        abstract = OxmlElement("w:abstractNum")
        abstract.set(qn("w:abstractNumId"), "90")
        level = OxmlElement("w:lvl")
        level.set(qn("w:ilvl"), "0")
        for name, value in (("w:start", "1"), ("w:numFmt", "chineseCountingThousand"), ("w:lvlText", "（%1）")):
            setting(level, name, value)
        abstract.append(level)
        numbering.insert(0, abstract)
    number = OxmlElement("w:num")
    number.set(qn("w:numId"), str(90 + chapter))
    setting(number, "w:abstractNumId", "90")
    change = OxmlElement("w:lvlOverride")
    change.set(qn("w:ilvl"), "0")
    setting(change, "w:startOverride", "1")
    number.append(change)
    numbering.append(number)
    return str(90 + chapter)


def write_docx(data: dict, path: pathlib.Path) -> None:
    document = docx.Document()
    arrangement = path.stem
    for line in data["title"]:
        document.add_paragraph(line)
    for paragraph in data["preface"]:
        document.add_paragraph(text_of(paragraph))
    for index, chapter in enumerate(data["chapters"]):
        document.add_heading(chapter["heading"], 1)
        number = numbered(document, index) if arrangement == "cut" and any(p["level"] == 2 for p in chapter.get("paragraphs", [])) else None
        for paragraph in chapter.get("paragraphs", []):
            words = text_of(paragraph)
            if number and paragraph["level"] == 2:
                # Word prints the number; it is not in the text.
                added = document.add_paragraph(words.split("）", 1)[1])
                properties = added._p.get_or_add_pPr()
                settings = OxmlElement("w:numPr")
                setting(settings, "w:ilvl", "0")
                setting(settings, "w:numId", number)
                properties.append(settings)
            else:
                document.add_paragraph(words)
        if "table" in chapter:
            cells, headers = cells_of(chapter["table"])
            if arrangement == "hmerge":
                add_table(document, cells, horizontal="hMerge")
            elif arrangement in ("split", "cut"):
                halves = cut(flat(cells) if arrangement == "split" else cells, headers, repeat=arrangement == "split")
                for half in halves:
                    add_table(document, half, before=1 if arrangement == "cut" else 0)
                    document.add_paragraph("")
            else:
                add_table(document, cells)
            for note in chapter.get("notes", []):
                document.add_paragraph(note)
    if data.get("signature"):
        document.add_paragraph(data["signature"]["name"])
        document.add_paragraph(data["signature"]["date"])
    document.save(path)


# --- Web pages --------------------------------------------------------------------------------------------------------------


def spans(text: str) -> str:
    """A text as WPS exports it: every few characters in a span, spaces as &nbsp;."""
    pieces = [text[start : start + 3] for start in range(0, len(text), 3)]
    style = "font-family:宋体;mso-bidi-font-size:12.0pt"
    return "".join(f'<span style="{style}"><font face="仿宋"><span lang="EN-US">{html.escape(piece)}</span></font></span>' for piece in pieces)


def html_table(cells: list[Cell], word, attributes: str = "") -> str:
    _, rows = size(cells)
    lines = [f'<table border="1" {attributes}><tbody>']
    for y in range(rows):
        lines.append("<tr>")
        for cell in sorted((cell for cell in cells if cell.y == y), key=lambda cell: cell.x):
            reach = (f' colspan="{cell.columns}"' if cell.columns > 1 else "") + (f' rowspan="{cell.rows}"' if cell.rows > 1 else "")
            blank = "" if cell.text else "&nbsp;"
            lines.append(f'<td{reach} style="border:1px solid"><p style="text-align:center">{word(cell)}{blank}</p></td>')
        lines.append("</tr>")
    lines.append("</tbody></table>")
    return "\n".join(lines)


def full_width(text: str) -> str:
    """The figure in full-width digits; its note unchanged."""
    figure, bracket, note = text.partition("（")
    return "".join(chr(ord(c) + 0xFEE0) if c.isascii() and c.isdigit() else c for c in figure) + bracket + note


def write_html(data: dict, path: pathlib.Path) -> None:
    nested = path.stem == "nested"
    word = (lambda cell: full_width(cell.text) if cell.kind == "figure" else html.escape(cell.text)) if nested else (lambda cell: spans(cell.text))
    paragraph = lambda text: f'<p style="text-indent:2em">&nbsp;&nbsp;&nbsp;&nbsp;{html.escape(text) if nested else spans(text)}</p>'
    body = []
    for part in data["preface"]:
        body.append(paragraph(text_of(part)))
    for chapter in data["chapters"]:
        body.append(f"<p><strong>{chapter['heading'] if nested else spans(chapter['heading'])}</strong></p>")
        body += [paragraph(text_of(part)) for part in chapter.get("paragraphs", [])]
        if "table" in chapter:
            cells, _ = cells_of(chapter["table"])
            table = html_table(cells, word, 'class="MsoNormalTable" cellspacing="0"')
            body.append(f"<div align=center><table><tr><td>{table}</td></tr></table></div>" if nested else table)
            body += [paragraph(note) for note in chapter.get("notes", [])]
    if data.get("signature"):
        body += [paragraph(data["signature"]["name"]), paragraph(data["signature"]["date"])]
    title = "".join(data["title"])
    article = "\n".join(body)
    if nested:
        article = f"<table width=100%><tr><td><h1>{title}</h1></td></tr><tr><td><div>{article}</div></td></tr></table>"
    else:
        article = f"<h1>{spans(title)}</h1><div class=meta>发布日期：2031-03-31 来源：某某网 浏览次数：17</div><div id=zoom>{article}</div>"
    charset = "utf-8" if nested else "gb2312"
    page = f"""<!DOCTYPE html><html><head><meta http-equiv="Content-Type" content="text/html; charset={charset}"><title>{title}_某某县人民政府</title>
<style>p {{ margin: 0 }}</style></head><body>
<div class=nav><ul><li><a href=#>首页</a></li><li><a href=#>政务公开</a></li></ul><span>当前位置：首页 &gt; 政府信息公开年报</span></div>
{article}
<div class=foot><p>附件下载：<a href=#>报告.pdf</a></p><p>主办单位：某某县人民政府办公室</p><p>网站标识码：1234567890</p></div>
<script>var a = "一、不是正文";</script></body></html>"""
    path.write_bytes(page.encode("utf-8" if nested else "gb18030"))


# --- Excel ------------------------------------------------------------------------------------------------------------------


def value(cell: Cell):
    if cell.kind == "figure":
        for kind in (int, float):
            try:
                return kind(cell.text)
            except ValueError:
                pass
    return cell.text or None


def put(sheet, cells: list[Cell], top: int, left: int) -> int:
    for cell in cells:
        row, column = top + cell.y, left + cell.x
        sheet.cell(row, column, value(cell))
        if cell.rows > 1 or cell.columns > 1:
            sheet.merge_cells(start_row=row, start_column=column, end_row=row + cell.rows - 1, end_column=column + cell.columns - 1)
    return top + size(cells)[1]


def write_xlsx(data: dict, path: pathlib.Path) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    one = path.stem == "sheet"
    row = 1 if one else 4
    sheet.cell(row, 1, "".join(data["title"]))
    row += 2
    for paragraph in data["preface"]:
        sheet.cell(row, 1, text_of(paragraph))
        row += 1
    for number, chapter in enumerate(data["chapters"]):
        if not one and "table" in chapter:
            sheet = book.create_sheet(f"表{number}")
            row = 6
        elif not one and number > 0 and "table" in data["chapters"][number - 1]:
            sheet = book.create_sheet(f"文字{number}")
            row = 1
        left = 1 if one or "table" not in chapter else 3
        sheet.cell(row, left, chapter["heading"])
        row += 1
        for paragraph in chapter.get("paragraphs", []):
            sheet.cell(row, left, text_of(paragraph))
            row += 1
        if "table" in chapter:
            cells, _ = cells_of(chapter["table"])
            row = put(sheet, cells, row, left)
            for note in chapter.get("notes", []):
                sheet.cell(row, left, note)
                row += 1
        row += 1
    if data.get("signature"):
        sheet.cell(row, 1, data["signature"]["name"])
        sheet.cell(row + 1, 1, data["signature"]["date"])
    book.save(path)


WRITERS = {".docx": write_docx, ".html": write_html, ".xlsx": write_xlsx}


def main() -> None:
    data = json.loads(pathlib.Path(sys.argv[1]).read_text(encoding="utf-8"))
    folder = pathlib.Path(sys.argv[2])
    folder.mkdir(parents=True, exist_ok=True)
    for name in sys.argv[3:]:
        path = folder / name
        WRITERS[path.suffix](data, path)


if __name__ == "__main__":
    main()
