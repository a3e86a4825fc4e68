"""Marks on a page: characters, lines of text, rules, fills and links.

Positions are measured from the left and the upper edge of the page. A name says its unit: `_mm` or `_pt`.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from pdfminer.pdfdevice import PDFTextDevice
from pdfminer.pdffont import PDFFont, PDFUnicodeNotDefined
from pdfminer.pdfpage import PDFPage
from pdfminer.pdftypes import PDFObjRef, dict_value, list_value, resolve1
from pdfminer.utils import apply_matrix_pt, decode_text

MM = 72 / 25.4
# A filled rectangle no thicker than this is a rule, a thicker one is shading.
THICKEST_RULE_PT = 1.5
# Characters whose baselines are this close are on one line.
SAME_BASELINE_PT = 0.1
# A gap of more than this many characters separates two columns.
WIDEST_GAP_EM = 2.0


def mm(points: float) -> float:
    """Points as millimetres, to a micrometre."""
    return round(points / MM, 3)


def pt(points: float) -> float:
    """Points, to a thousandth."""
    return round(points, 3)


@dataclass
class Character:
    """One glyph; `x0` and `x1` are its origin and its origin plus its advance, in points."""

    text: str
    x0: float
    x1: float
    baseline: float
    size: float
    font: str
    colour: Any
    colour_space: str
    mcid: int | None
    artifact: bool


@dataclass
class Rule:
    """A straight horizontal or vertical stroke, in points; for a vertical one x0 = x1."""

    x0: float
    y0: float
    x1: float
    y1: float
    width: float
    colour: Any
    colour_space: str

    @property
    def vertical(self) -> bool:
        return self.x0 == self.x1

    def to_json(self) -> dict[str, Any]:
        return {
            "orientation": "vertical" if self.vertical else "horizontal",
            "x0_mm": mm(self.x0),
            "x1_mm": mm(self.x1),
            "y0_mm": mm(self.y0),
            "y1_mm": mm(self.y1),
            "width_pt": pt(self.width),
            "colour": self.colour,
            "colour_space": self.colour_space,
        }


@dataclass
class Page:
    """The marks of one page, in the order in which the file paints them."""

    number: int
    width: float
    height: float
    trim_box: list[float] | None
    characters: list[Character] = field(default_factory=list)
    rules: list[Rule] = field(default_factory=list)
    fills: list[dict[str, Any]] = field(default_factory=list)
    links: list[dict[str, Any]] = field(default_factory=list)

    def lines(self, characters: Sequence[Character]) -> list[dict[str, Any]]:
        """The lines that these characters form, from top to bottom and left to right.

        A line ends at a vertical rule, and at a wide gap.
        """
        lines: list[list[Character]] = []
        for row in _rows(characters):
            line: list[Character] = []
            for character in row:
                if line and self._parted(line[-1], character):
                    lines.append(line)
                    line = []
                line.append(character)
            lines.append(line)
        return [self._line(line) for line in lines]

    def _verticals(self, baseline: float) -> list[float]:
        return [rule.x0 for rule in self.rules if rule.vertical and rule.y0 <= baseline <= rule.y1]

    def _parted(self, left: Character, right: Character) -> bool:
        if right.x0 - left.x1 > WIDEST_GAP_EM * left.size:
            return True
        # Middles are compared, since a character may overlap a rule.
        start, end = (left.x0 + left.x1) / 2, (right.x0 + right.x1) / 2
        return any(start < x < end for x in self._verticals(left.baseline))

    def _line(self, characters: list[Character]) -> dict[str, Any]:
        first = characters[0]
        # A space at the end of a line does not count towards its width.
        printed = [c for c in characters if c.text.strip()] or characters
        x0, x1 = min(c.x0 for c in printed), max(c.x1 for c in printed)
        middle = (x0 + x1) / 2
        verticals = self._verticals(first.baseline)
        left = max((x for x in verticals if x <= middle), default=None)
        right = min((x for x in verticals if x > middle), default=None)
        return {
            "text": "".join(c.text for c in characters),
            "page": self.number,
            "baseline_pt": pt(first.baseline),
            "baseline_mm": mm(first.baseline),
            "x0_mm": mm(x0),
            "x1_mm": mm(x1),
            "size_pt": pt(first.size),
            "font": first.font,
            "colour": first.colour,
            "colour_space": first.colour_space,
            "artifact": all(c.artifact for c in characters),
            "rule_left_mm": None if left is None else mm(left),
            "rule_right_mm": None if right is None else mm(right),
            "characters": [
                {"text": c.text, "x0_mm": mm(c.x0), "x1_mm": mm(c.x1), "size_pt": pt(c.size), "font": c.font}
                for c in characters
            ],
        }

    def to_json(self, label: str | None) -> dict[str, Any]:
        # Separated, so that a watermark behind the text is not mixed with a line of text.
        lines = [
            line
            for artifact in (False, True)
            for line in self.lines([c for c in self.characters if c.artifact is artifact])
        ]
        return {
            "number": self.number,
            "label": label,
            "width_mm": mm(self.width),
            "height_mm": mm(self.height),
            "trim_box_mm": self.trim_box,
            "lines": sorted(lines, key=lambda line: (line["baseline_pt"], line["x0_mm"])),
            "rules": [rule.to_json() for rule in self.rules],
            "fills": self.fills,
            "links": self.links,
        }


def _rows(characters: Sequence[Character]) -> Iterator[list[Character]]:
    """Characters of one baseline, left to right; glyphs that the file composed of parts keep their order."""
    row: list[Character] = []
    for character in sorted(characters, key=lambda c: c.baseline):
        if row and character.baseline - row[0].baseline > SAME_BASELINE_PT:
            yield sorted(row, key=lambda c: c.x0)
            row = []
        row.append(character)
    if row:
        yield sorted(row, key=lambda c: c.x0)


class PageReader(PDFTextDevice):
    """Collects what the interpreter paints; `pages` grows by one for each page."""

    # Set by the interpreter before anything is painted.
    ctm: Any

    def __init__(self, manager: Any) -> None:
        super().__init__(manager)
        self.pages: list[Page] = []
        # One entry for each open marked-content sequence: its name and properties.
        self._open: list[tuple[str, dict[str, Any]]] = []
        # ActualText replaces the text of its content; it is assigned to the first glyph.
        self._actual_text: str | None = None

    def begin_page(self, page: PDFPage, ctm: Any) -> None:
        x0, y0, x1, y1 = page.mediabox
        trim = page.attrs.get("TrimBox")
        self._open.clear()
        self.pages.append(
            Page(
                number=len(self.pages) + 1,
                width=x1 - x0,
                height=y1 - y0,
                trim_box=None if trim is None else [mm(float(resolve1(v))) for v in list_value(trim)],
            )
        )
        for reference in page.annots or []:
            annotation = dict_value(reference)
            if getattr(resolve1(annotation.get("Subtype")), "name", None) == "Link":
                self.pages[-1].links.append(_link(annotation, reference, self.pages[-1].height))

    def begin_tag(self, tag: Any, props: Any = None) -> None:
        properties = props if isinstance(props, dict) else {}
        self._open.append((tag.name, properties))
        if "ActualText" in properties:
            self._actual_text = decode_text(properties["ActualText"])

    def end_tag(self) -> None:
        if self._open and "ActualText" in self._open.pop()[1]:
            self._actual_text = None

    def render_char(
        self,
        matrix: Any,
        font: PDFFont,
        fontsize: float,
        scaling: float,
        rise: float,
        cid: int,
        ncs: Any,
        graphicstate: Any,
    ) -> float:
        advance = font.char_width(cid) * fontsize * scaling
        a, _, c, d, x, y = matrix
        page = self.pages[-1]
        page.characters.append(
            Character(
                text=self._text(font, cid),
                x0=x,
                x1=x + advance * a,
                baseline=page.height - (y + rise * d),
                size=fontsize * math.hypot(c, d),
                font=_without_subset_tag(font.fontname),
                colour=_colour(graphicstate.ncolor),
                colour_space=ncs.name,
                mcid=next((p["MCID"] for _, p in reversed(self._open) if "MCID" in p), None),
                artifact=any(name == "Artifact" for name, _ in self._open),
            )
        )
        return advance

    def _text(self, font: PDFFont, cid: int) -> str:
        if self._actual_text is not None:
            text, self._actual_text = self._actual_text, ""
            return text
        try:
            return font.to_unichr(cid)
        except PDFUnicodeNotDefined:
            return "\ufffd"

    def paint_path(self, graphicstate: Any, stroke: bool, fill: bool, evenodd: bool, path: Any) -> None:
        page = self.pages[-1]
        scale = math.sqrt(abs(self.ctm[0] * self.ctm[3] - self.ctm[1] * self.ctm[2]))
        for points in self._subpaths(path):
            xs, ys = [x for x, _ in points], [y for _, y in points]
            x0, x1, y0, y1 = min(xs), max(xs), min(ys), max(ys)
            if stroke:
                look = (graphicstate.linewidth * scale, _colour(graphicstate.scolor), graphicstate.scs.name)
                for (ax, ay), (bx, by) in zip(points, points[1:]):
                    if (abs(ax - bx) < 1e-3) != (abs(ay - by) < 1e-3):
                        page.rules.append(_rule(min(ax, bx), min(ay, by), max(ax, bx), max(ay, by), *look))
            if fill and _is_box(points):
                colour, space = _colour(graphicstate.ncolor), graphicstate.ncs.name
                if x1 - x0 <= THICKEST_RULE_PT:
                    page.rules.append(Rule((x0 + x1) / 2, y0, (x0 + x1) / 2, y1, x1 - x0, colour, space))
                elif y1 - y0 <= THICKEST_RULE_PT:
                    page.rules.append(Rule(x0, (y0 + y1) / 2, x1, (y0 + y1) / 2, y1 - y0, colour, space))
                else:
                    box = {"x0_mm": mm(x0), "y0_mm": mm(y0), "x1_mm": mm(x1), "y1_mm": mm(y1)}
                    page.fills.append({**box, "colour": colour, "colour_space": space})

    def _subpaths(self, path: Any) -> Iterator[list[tuple[float, float]]]:
        """The corner points of each subpath, in page coordinates; curves count by their ends."""
        points: list[tuple[float, float]] = []
        for operator, *operands in path:
            if operator == "m" and points:
                yield points
                points = []
            if operator == "h":
                points.append(points[0])
            else:
                x, y = apply_matrix_pt(self.ctm, (operands[-2], operands[-1]))
                points.append((x, self.pages[-1].height - y))
        if points:
            yield points


def _rule(x0: float, y0: float, x1: float, y1: float, width: float, colour: Any, space: str) -> Rule:
    """Makes a rule exactly vertical or horizontal, despite rounding of its ends."""
    if x1 - x0 < y1 - y0:
        x1 = x0
    else:
        y1 = y0
    return Rule(x0, y0, x1, y1, width, colour, space)


def _is_box(points: list[tuple[float, float]]) -> bool:
    """Whether the corners are those of one rectangle with horizontal and vertical sides."""
    corners = {(round(x, 3), round(y, 3)) for x, y in points}
    return len(corners) == 4 and len({x for x, _ in corners}) == 2 and len({y for _, y in corners}) == 2


def _colour(value: Any) -> list[float] | str:
    """The components as a list; a pattern by its name."""
    if isinstance(value, (int, float)):
        return [value]
    if isinstance(value, (list, tuple)) and all(isinstance(v, (int, float)) for v in value):
        return list(value)
    return str(value)


def _without_subset_tag(name: str) -> str:
    return name[7:] if name[6:7] == "+" else name


def _link(annotation: dict[str, Any], reference: Any, height: float) -> dict[str, Any]:
    x0, y0, x1, y1 = (float(resolve1(v)) for v in list_value(annotation["Rect"]))
    uri = dict_value(annotation.get("A", {})).get("URI")
    contents = annotation.get("Contents")
    return {
        "object": reference.objid if isinstance(reference, PDFObjRef) else None,
        "uri": None if uri is None else decode_text(resolve1(uri)),
        "contents": None if contents is None else decode_text(resolve1(contents)),
        "x0_mm": mm(x0),
        "y0_mm": mm(height - y1),
        "x1_mm": mm(x1),
        "y1_mm": mm(height - y0),
    }
