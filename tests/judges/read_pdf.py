#!/usr/bin/env python3
"""Reads PDF files and prints their content as one JSON object keyed by path.

    read_pdf.py FILE…

README.md beside this file describes the fields. Exits with 2 if a file cannot be read.
"""

from __future__ import annotations

import json
import sys
from typing import Any

from pdfminer.pdfdocument import PDFDocument
from pdfminer.pdfexceptions import PDFException
from pdfminer.pdfinterp import PDFPageInterpreter, PDFResourceManager
from pdfminer.pdfpage import PDFPage
from pdfminer.pdfparser import PDFParser
from pdfminer.pdftypes import dict_value

import pdf_catalog
from pdf_marks import PageReader
from pdf_structure import StructureReader, plain, table_to_json


def read(path: str) -> dict[str, Any]:
    """The fields of README.md for one file."""
    with open(path, "rb") as file:
        document = PDFDocument(PDFParser(file))
        manager = PDFResourceManager()
        reader = PageReader(manager)
        interpreter = PDFPageInterpreter(manager, reader)
        sources = list(PDFPage.create_pages(document))
        for source in sources:
            interpreter.process_page(source)

        page_ids = [source.pageid for source in sources]
        labels = pdf_catalog.page_labels(document, len(sources))
        structure = StructureReader(document, reader.pages, page_ids).read()
        tables = [e for top in structure for e in [top, *top.descendants()] if e.kind == "Table"]
        return {
            "pages": [page.to_json(label) for page, label in zip(reader.pages, labels)],
            "structure": [element.to_json() for element in structure],
            "tables": [table_to_json(table) for table in tables],
            "outline": pdf_catalog.outline(document, page_ids),
            "metadata": pdf_catalog.metadata(document),
            "lang": plain(document.catalog.get("Lang")),
            "marked": plain(document.catalog.get("MarkInfo", {})).get("Marked", False),
            "display_doc_title": plain(dict_value(document.catalog.get("ViewerPreferences", {})).get("DisplayDocTitle")),
            "attachments": pdf_catalog.attachments(document),
            "fonts": pdf_catalog.fonts(sources),
        }


def main(paths: list[str]) -> int:
    if not paths:
        print("usage: read_pdf.py FILE…", file=sys.stderr)
        return 2
    documents = {}
    for path in paths:
        try:
            documents[path] = read(path)
        except (OSError, PDFException) as problem:
            print(f"{path}: {problem!r}", file=sys.stderr)
            return 2
    json.dump(documents, sys.stdout, ensure_ascii=True, separators=(",", ":"))
    print()
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
