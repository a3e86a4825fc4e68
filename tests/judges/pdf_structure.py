"""The structure tree of a tagged PDF, and its tables as a screen reader reads them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from pdfminer.pdfdocument import PDFDocument
from pdfminer.pdftypes import PDFObjRef, PDFStream, dict_value, resolve1
from pdfminer.psparser import PSLiteral
from pdfminer.utils import decode_text

from pdf_marks import Character, Page

# Inline elements; all others begin a new line.
INLINE = {"Span", "Quote", "Em", "Strong", "Link", "Annot", "Reference", "Note", "Code", "Lbl", "Ruby", "Warichu"}


@dataclass
class Content:
    """A marked-content sequence that a structure element owns."""

    page: Page
    characters: list[Character]

    @property
    def text(self) -> str:
        return "".join(character.text for character in self.characters)


@dataclass
class Element:
    """One node of the structure tree; `kind` is its standard type after the role map."""

    kind: str
    own_kind: str
    attributes: dict[str, Any]
    items: list[Element | Content] = field(default_factory=list)
    uri: str | None = None

    @property
    def children(self) -> list[Element]:
        return [item for item in self.items if isinstance(item, Element)]

    @property
    def text(self) -> str:
        """All text below, in reading order; consecutive blocks are separated by line breaks."""
        text = ""
        after_block = False
        for item in self.items:
            block = isinstance(item, Element) and item.kind not in INLINE
            text += ("\n" if after_block and block else "") + item.text
            after_block = block
        return text

    def descendants(self) -> Iterator[Element]:
        for child in self.children:
            yield child
            yield from child.descendants()

    def contents(self) -> Iterator[Content]:
        for item in self.items:
            if isinstance(item, Content):
                yield item
            else:
                yield from item.contents()

    def pages(self) -> list[int]:
        return sorted({content.page.number for content in self.contents()})

    def lines(self) -> list[dict[str, Any]]:
        """The lines of print that carry this element's text, page after page."""
        by_page: dict[int, tuple[Page, list[Character]]] = {}
        for content in self.contents():
            by_page.setdefault(content.page.number, (content.page, []))[1].extend(content.characters)
        return [line for page, characters in by_page.values() for line in page.lines(characters)]

    def to_json(self) -> dict[str, Any]:
        return {
            "type": self.kind,
            "own_type": self.own_kind,
            "text": self.text,
            "pages": self.pages(),
            "uri": self.uri,
            "attributes": self.attributes,
            "children": [child.to_json() for child in self.children],
        }


class StructureReader:
    """Reads the tree once the marks of all pages are known."""

    def __init__(self, document: PDFDocument, pages: list[Page], page_ids: list[Any]) -> None:
        self._root = dict_value(document.catalog.get("StructTreeRoot", {}))
        self._roles = dict_value(self._root.get("RoleMap", {}))
        self._pages = dict(zip(page_ids, pages))
        self._characters: dict[tuple[int, int], list[Character]] = {}
        for page in pages:
            for character in page.characters:
                if character.mcid is not None:
                    self._characters.setdefault((page.number, character.mcid), []).append(character)
        self._uris = {link["object"]: link["uri"] for page in pages for link in page.links}

    def read(self) -> list[Element]:
        """The elements at the top of the tree; none in an untagged file."""
        top = Element("StructTreeRoot", "StructTreeRoot", {})
        self._read_kids(top, self._root, None)
        return top.children

    def _read_kids(self, parent: Element, node: dict[str, Any], page: Page | None) -> None:
        kids = resolve1(node.get("K", []))
        for kid in kids if isinstance(kids, list) else [node["K"]]:
            value = resolve1(kid)
            if isinstance(value, int):
                self._add_content(parent, page, value)
            elif isinstance(value, dict):
                own_page = self._page(value, page)
                kind = getattr(resolve1(value.get("Type")), "name", None)
                if kind == "MCR":
                    self._add_content(parent, own_page, value["MCID"])
                elif kind == "OBJR":
                    parent.uri = self._uris.get(value["Obj"].objid)
                else:
                    element = self._element(value)
                    parent.items.append(element)
                    self._read_kids(element, value, own_page)

    def _page(self, node: dict[str, Any], inherited: Page | None) -> Page | None:
        reference = node.get("Pg")
        return self._pages[reference.objid] if isinstance(reference, PDFObjRef) else inherited

    def _add_content(self, parent: Element, page: Page | None, mcid: int) -> None:
        if page is not None:
            parent.items.append(Content(page, self._characters.get((page.number, mcid), [])))

    def _element(self, node: dict[str, Any]) -> Element:
        own_kind = kind = resolve1(node["S"]).name
        for _ in range(len(self._roles)):
            if kind not in self._roles:
                break
            kind = resolve1(self._roles[kind]).name
        attributes: dict[str, Any] = {}
        for key in ("ID", "T", "Lang", "Alt", "ActualText"):
            if key in node:
                attributes[key] = plain(node[key])
        sets = resolve1(node.get("A", []))
        for attribute_set in sets if isinstance(sets, list) else [sets]:
            # Revision numbers may be between the dictionaries.
            if isinstance(resolve1(attribute_set), dict):
                attributes.update((k, plain(v)) for k, v in dict_value(attribute_set).items() if k != "O")
        return Element(kind, own_kind, attributes)


def plain(value: Any) -> Any:
    """A PDF object as JSON; names and strings both become strings."""
    value = resolve1(value)
    if isinstance(value, PSLiteral):
        return value.name
    if isinstance(value, bytes):
        return decode_text(value)
    if isinstance(value, list):
        return [plain(item) for item in value]
    if isinstance(value, PDFStream):
        return plain(value.attrs)
    if isinstance(value, dict):
        return {key: plain(item) for key, item in value.items()}
    return value


def table_to_json(table: Element) -> dict[str, Any]:
    """A table as a grid: every position names its cell, every cell its headers from the outermost inward.

    What does not fit together (overlaps, holes, headers that do not exist) is listed under `problems`.
    """
    problems: list[str] = []
    rows = [element for element in table.descendants() if element.kind == "TR"]
    cells, grid = _place(rows, problems)
    headers = _Headers([element for element, _ in cells], problems)
    return {
        "summary": table.attributes.get("Summary"),
        "pages": table.pages(),
        "header_rows": sum(row.kind == "TR" for part in table.children if part.kind == "THead" for row in part.children),
        "grid": grid,
        "cells": [{**place, **headers.describe(element)} for element, place in cells],
        "problems": problems,
    }


def _place(rows: list[Element], problems: list[str]) -> tuple[list[tuple[Element, dict[str, int]]], list[list[int | None]]]:
    """Assigns each cell the first free position of its row, as the standard demands."""
    cells: list[tuple[Element, dict[str, int]]] = []
    taken: dict[tuple[int, int], int] = {}
    for y, row in enumerate(rows):
        x = 0
        for element in row.children:
            if element.kind not in ("TH", "TD"):
                problems.append(f"row {y} holds a {element.kind}")
                continue
            while (y, x) in taken:
                x += 1
            rowspan, colspan = element.attributes.get("RowSpan", 1), element.attributes.get("ColSpan", 1)
            for position in ((y + dy, x + dx) for dy in range(rowspan) for dx in range(colspan)):
                if position in taken:
                    problems.append(f"two cells cover row {position[0]}, column {position[1]}")
                taken[position] = len(cells)
            cells.append((element, {"row": y, "column": x, "rowspan": rowspan, "colspan": colspan}))
            x += colspan
    height = max((y for y, _ in taken), default=-1) + 1
    width = max((x for _, x in taken), default=-1) + 1
    if height > len(rows):
        problems.append(f"cells reach down to row {height - 1}, the last row is {len(rows) - 1}")
    for y in range(height):
        for x in range(width):
            if (y, x) not in taken:
                problems.append(f"no cell covers row {y}, column {x}")
    return cells, [[taken.get((y, x)) for x in range(width)] for y in range(height)]


class _Headers:
    """Follows the Headers attributes of a table's cells."""

    def __init__(self, cells: list[Element], problems: list[str]) -> None:
        self._by_id = {cell.attributes["ID"]: cell for cell in cells if cell.kind == "TH" and "ID" in cell.attributes}
        self._problems = problems

    def describe(self, cell: Element) -> dict[str, Any]:
        chain = self._chain(cell, [])
        return {
            "kind": cell.kind,
            "text": cell.text,
            "id": cell.attributes.get("ID"),
            "scope": cell.attributes.get("Scope"),
            "headers": cell.attributes.get("Headers", []),
            "row_headers": [h.text for h in chain if h.attributes.get("Scope") in ("Row", "Both")],
            "column_headers": [h.text for h in chain if h.attributes.get("Scope") in ("Column", "Both")],
            "lines": [{k: v for k, v in line.items() if k != "characters"} for line in cell.lines()],
        }

    def _chain(self, cell: Element, below: list[Element]) -> list[Element]:
        """The headers of a cell, each after its own headers and only once."""
        chain: list[Element] = []
        for identifier in cell.attributes.get("Headers", []):
            header = self._by_id.get(identifier)
            if header is None:
                self._problem(f"Headers of {cell.text!r} names {identifier!r}, which is no TH of this table")
            elif any(header is seen for seen in [cell, *below]):
                self._problem(f"Headers of {cell.text!r} lead back to itself")
            else:
                for outer in [*self._chain(header, [cell, *below]), header]:
                    if not any(outer is seen for seen in chain):
                        chain.append(outer)
        return chain

    def _problem(self, text: str) -> None:
        if text not in self._problems:
            self._problems.append(text)
