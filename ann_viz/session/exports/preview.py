"""What a file will look like, for the dialog: a drawing, the first lines, or the page of a report."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from typing import Final, Literal

import numpy as np

from ann_viz.session.exports.blocks import Report
from ann_viz.session.exports.figures import curve_svg
from ann_viz.session.exports.format import Format, Wish
from ann_viz.session.exports.markup import Markup, element
from ann_viz.session.exports.network_svg import network_svg
from ann_viz.session.exports.page_words import glossary
from ann_viz.session.exports.report_content import report_of
from ann_viz.session.exports.subject import Subject
from ann_viz.session.exports.telling import epoch_of, lead, provenance, scored, title_of
from ann_viz.tokens import THEMES, Tokens

__all__ = ["Preview", "preview_of"]

MOST_LETTERS: Final = 40_000
TEXTS: Final = frozenset({".py", ".ipynb", ".csv", ".json", ".txt"})
PAGE: Final = (1280.0, 800.0)
FONT: Final = "Inter, 'Segoe UI', 'Helvetica Neue', Arial, sans-serif"


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Preview:
    """Something to look at.

    Parameters
    ----------
    kind : {"svg", "png", "pixels", "text", "report", "nothing"}
    content : bytes
        Of a drawing, a picture or a text; or red, green and blue of every pixel.
    size : (int, int)
        Width and height of pixels.
    report : Report or None
    """

    kind: Literal["svg", "png", "pixels", "text", "report", "nothing"]
    content: bytes = b""
    size: tuple[int, int] = (0, 0)
    report: Report | None = None


def preview_of(format: Format, subject: Subject, wish: Wish, content: bytes) -> Preview:
    """Return what there is to see of a file that has been made."""
    if format.name == "page":
        return Preview(kind="svg", content=_page(subject, wish).encode("utf-8"))
    if format.name == "report":
        return Preview(kind="report", report=report_of(subject, wish.chosen, date.today()))
    if wish.suffix == ".svg":
        return Preview(kind="svg", content=content)
    if content.startswith(b"\x89PNG"):
        return Preview(kind="png", content=content)
    if wish.suffix in TEXTS:
        return Preview(kind="text", content=content[:MOST_LETTERS])
    return Preview(kind="nothing")


def _page(subject: Subject, wish: Wish) -> Markup:
    """Return a sketch of the web page: its parts where they are."""
    tokens = THEMES["dark" if wish.chosen["look"] == "dark" else "light"]
    dataset, model = subject.dataset, subject.model
    found = None if dataset is None else scored(dataset, model.network, model.threshold)
    x = np.zeros(model.network.config.n_inputs) if dataset is None else np.asarray(dataset.first("train", 1)[0])
    said = [wish.chosen["lead"]] if wish.chosen["lead"] else lead(subject, found)
    title = wish.chosen["title"] or title_of(subject.model.recipe)
    parts = [
        element("rect", width=PAGE[0], height=PAGE[1], fill=tokens.bg),
        _text(title, 32, 50, 27, tokens.text, 700),
        _text("".join(said), 32, 76, 14, tokens.text2),
        _card(32, 96, 774, 600, tokens),
        _card(818, 96, 430, 194, tokens),
        _inside(network_svg(subject, x, tokens), 33, 98, 772, 540),
    ]
    if subject.history is not None and len(subject.history) > 1:
        parts.append(_inside(curve_svg(subject.history, epoch_of(subject), tokens), 830, 106, 406, 176))
    if wish.chosen["form"] == "yes":
        parts += [_card(818, 302, 430, 394, tokens), *_form(subject, tokens)]
    if wish.chosen["replay"] == "yes":
        parts.append(element("rect", x=47, y=650, width=104, height=36, rx=8, fill=tokens.fill))
        parts.append(element("rect", x=175, y=666, width=480, height=4, rx=2, fill=tokens.fill))
        parts.append(element("circle", cx=655, cy=668, r=8, fill=tokens.knob, stroke=tokens.fill, stroke_width=2.5))
    if wish.chosen["glossary"] == "yes":
        parts.append(_card(32, 708, 1216, 52, tokens))
        parts += [_text(word, 48 + 240 * n, 730, 13, tokens.text, 600) for n, (word, _) in enumerate(glossary(subject))]
    if wish.chosen["source"] == "yes":
        parts.append(_text(" · ".join(provenance(subject, date.today())), 34, 784, 12, tokens.muted))
    return element(
        "svg", *parts, xmlns="http://www.w3.org/2000/svg", viewBox=f"0 0 {PAGE[0]:g} {PAGE[1]:g}", font_family=FONT
    )


def _form(subject: Subject, tokens: Tokens) -> list[Markup]:
    """Return the first fields of the form."""
    parts: list[Markup] = []
    for place, feature in enumerate(subject.model.encoder.features[:5]):
        y = 330.0 + 56 * place
        parts.append(_text(feature.column, 834, y, 13, tokens.text, 500))
        is_number = feature.kind in ("number", "date", "text")
        height, offset = (4, 14) if is_number else (24, 8)
        parts.append(element("rect", x=834, y=y + offset, width=398, height=height, rx=6, fill=tokens.surface3))
    parts.append(element("rect", x=834, y=612, width=398, height=70, rx=9, fill=tokens.positive_soft))
    return parts


def _card(x: float, y: float, width: float, height: float, tokens: Tokens) -> Markup:
    return element("rect", x=x, y=y, width=width, height=height, rx=12, fill=tokens.surface, stroke=tokens.border)


def _inside(drawing: Markup, x: float, y: float, width: float, height: float) -> Markup:
    """Return a drawing as a group at a place of another, as large as fits: Qt knows no drawing inside a drawing."""
    head, _, rest = drawing.partition(">")
    found = re.search(r'viewBox="0 0 ([\d.]+) ([\d.]+)"', head)
    assert found is not None  # ours all have one
    own_width, own_height = float(found[1]), float(found[2])
    scale = min(width / own_width, height / own_height)
    left, top = x + (width - scale * own_width) / 2, y + (height - scale * own_height) / 2
    place = f"translate({left:.2f} {top:.2f}) scale({scale:.4f})"
    return element("g", Markup(rest.removesuffix("</svg>")), transform=place)


def _text(text: str, x: float, y: float, size: float, colour: str, weight: int = 400) -> Markup:
    return element("text", text, x=x, y=y, font_size=size, fill=colour, font_weight=weight)
