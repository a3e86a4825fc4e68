"""Metadata, outline, attachments and fonts of a PDF."""

from __future__ import annotations

import hashlib
import xml.etree.ElementTree as ElementTree
from collections.abc import Iterator
from itertools import islice
from typing import Any

from pdfminer.pdfdocument import PDFDocument, PDFNoPageLabels
from pdfminer.pdfpage import PDFPage
from pdfminer.pdftypes import PDFObjRef, PDFStream, dict_value, list_value, resolve1, stream_value

from pdf_structure import plain

RDF = "{http://www.w3.org/1999/02/22-rdf-syntax-ns#}"
PREFIXES = {
    "http://purl.org/dc/elements/1.1/": "dc",
    "http://ns.adobe.com/pdf/1.3/": "pdf",
    "http://ns.adobe.com/xap/1.0/": "xmp",
    "http://ns.adobe.com/xap/1.0/mm/": "xmpMM",
    "http://ns.adobe.com/xap/1.0/t/pg/": "xmpTPg",
    "http://www.aiim.org/pdfa/ns/id/": "pdfaid",
    "http://www.aiim.org/pdfua/ns/id/": "pdfuaid",
}


def metadata(document: PDFDocument) -> dict[str, Any]:
    """The information dictionary as `info`, the XMP packet as `xmp`, both name → value."""
    info: dict[str, Any] = {}
    for dictionary in document.info:
        info.update(plain(dictionary))
    packet = resolve1(document.catalog.get("Metadata"))
    return {"info": info, "xmp": _xmp(packet.get_data()) if isinstance(packet, PDFStream) else {}}


def _xmp(packet: bytes) -> dict[str, Any]:
    """Properties such as `dc:title`; alternatives give their first text, lists stay lists, structures are left out."""
    properties: dict[str, Any] = {}
    packet_root = ElementTree.fromstring(packet)
    for description in packet_root.iterfind(f".//{RDF}RDF/{RDF}Description"):
        for name, value in description.attrib.items():
            if not name.startswith(RDF):
                properties[_prefixed(name)] = value
        for element in description:
            items = element.findall(f"*/{RDF}li")
            if not len(element):
                properties[_prefixed(element.tag)] = element.text or ""
            elif items and not any(len(item) or item.get(f"{RDF}parseType") for item in items):
                texts = [item.text or "" for item in items]
                properties[_prefixed(element.tag)] = texts[0] if element[0].tag == f"{RDF}Alt" else texts
    return properties


def _prefixed(name: str) -> str:
    namespace, _, local = name[1:].partition("}")
    return f"{PREFIXES.get(namespace, namespace)}:{local}"


def outline(document: PDFDocument, page_ids: list[Any]) -> list[dict[str, Any]]:
    """The bookmarks in order; `level` 1 is the outermost, `page` the number of the page they lead to."""

    def walk(reference: Any, level: int) -> Iterator[dict[str, Any]]:
        while reference is not None:
            item = dict_value(reference)
            target = resolve1(item.get("Dest") or dict_value(item.get("A", {})).get("D"))
            page = target[0].objid if isinstance(target, list) and isinstance(target[0], PDFObjRef) else None
            number = page_ids.index(page) + 1 if page in page_ids else None
            yield {"level": level, "title": plain(item.get("Title")), "page": number}
            yield from walk(item.get("First"), level + 1)
            reference = item.get("Next")

    return list(walk(dict_value(document.catalog.get("Outlines", {})).get("First"), 1))


def attachments(document: PDFDocument) -> list[dict[str, Any]]:
    """The embedded files by name; `associated` says whether the document's AF lists them."""
    names = dict_value(document.catalog.get("Names", {}))
    associated = {getattr(reference, "objid", None) for reference in list_value(document.catalog.get("AF", []))}
    found = []
    for name, reference in _name_tree(names.get("EmbeddedFiles", {})):
        specification = dict_value(reference)
        stream = stream_value(dict_value(specification["EF"])["F"])
        data = stream.get_data()
        mime = plain(stream.attrs.get("Subtype"))
        found.append(
            {
                "name": plain(name),
                "file_name": plain(specification.get("UF", specification.get("F"))),
                "relationship": plain(specification.get("AFRelationship")),
                "associated": isinstance(reference, PDFObjRef) and reference.objid in associated,
                "mime": mime,
                "description": plain(specification.get("Desc")),
                "modified": plain(dict_value(stream.attrs.get("Params", {})).get("ModDate")),
                "size": len(data),
                "sha256": hashlib.sha256(data).hexdigest(),
                "text": data.decode("utf-8") if mime == "application/json" else None,
            }
        )
    return found


def _name_tree(node: Any) -> Iterator[tuple[Any, Any]]:
    node = dict_value(node)
    names = list_value(node.get("Names", []))
    yield from zip(names[::2], names[1::2])
    for kid in list_value(node.get("Kids", [])):
        yield from _name_tree(kid)


def fonts(pages: list[PDFPage]) -> list[dict[str, Any]]:
    """Each font of the document once, with the pages whose resources name it."""
    found: dict[Any, dict[str, Any]] = {}
    for number, page in enumerate(pages, 1):
        for reference in _font_references(page.resources, set()):
            key = reference.objid if isinstance(reference, PDFObjRef) else id(reference)
            entry = found.setdefault(key, {**_font(dict_value(reference)), "pages": []})
            if number not in entry["pages"]:
                entry["pages"].append(number)
    return list(found.values())


def _font_references(resources: Any, seen: set[int]) -> Iterator[Any]:
    """The fonts that a page names, those of its form XObjects included."""
    resources = dict_value(resources)
    yield from dict_value(resources.get("Font", {})).values()
    for reference in dict_value(resources.get("XObject", {})).values():
        form = stream_value(reference)
        if id(form) not in seen and "Resources" in form.attrs:
            seen.add(id(form))
            yield from _font_references(form.attrs["Resources"], seen)


def _font(font: dict[str, Any]) -> dict[str, Any]:
    descendants = list_value(font.get("DescendantFonts", []))
    inner = dict_value(descendants[0]) if descendants else font
    descriptor = dict_value(inner.get("FontDescriptor", {}))
    # The name of a composite font may contain the name of its encoding.
    name = plain(inner.get("BaseFont")) or ""
    tag, _, family = name.partition("+")
    subset = len(tag) == 6 and bool(family)
    return {
        "name": family if subset else name,
        "type": plain(inner.get("Subtype")),
        "encoding": plain(font.get("Encoding")),
        "embedded": any(key in descriptor for key in ("FontFile", "FontFile2", "FontFile3")),
        "subset": subset,
        "to_unicode": "ToUnicode" in font,
    }


def page_labels(document: PDFDocument, count: int) -> list[str | None]:
    """The label of each page; None throughout where the document gives none."""
    try:
        return list(islice(document.get_page_labels(), count))
    except PDFNoPageLabels:
        return [None] * count
