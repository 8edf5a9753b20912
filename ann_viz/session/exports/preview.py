"""What a file will look like, for the dialog: a drawing, the first lines, or the page of a report."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final, Literal

import numpy as np

from ann_viz.numerals import format_number
from ann_viz.session.exports.blocks import Report
from ann_viz.session.exports.figures import curve_svg
from ann_viz.session.exports.format import Format, Wish
from ann_viz.session.exports.markup import FONT, Markup, element
from ann_viz.session.exports.network_svg import network_svg
from ann_viz.session.exports.page_words import glossary
from ann_viz.session.exports.report_content import report_of
from ann_viz.session.exports.subject import Subject
from ann_viz.session.exports.telling import epoch_of, lead, provenance, scored, title_of
from ann_viz.tokens import THEMES, Tokens
from ann_viz.translation import translate

__all__ = ["Preview", "preview_of"]

MOST_LETTERS: Final = 40_000
TEXTS: Final = frozenset({".py", ".ipynb", ".csv", ".json", ".txt"})
PAGE: Final = (1280.0, 800.0)
PHONE: Final = (390.0, 844.0)
MOST_NAMES: Final = 4  # of categories, beside each other in a field


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
    narrow : bytes
        The same drawing as it is on a phone; empty where there is none.
    """

    kind: Literal["svg", "png", "pixels", "text", "report", "nothing"]
    content: bytes = b""
    size: tuple[int, int] = (0, 0)
    report: Report | None = None
    narrow: bytes = b""


def preview_of(format: Format, subject: Subject, wish: Wish, content: bytes) -> Preview:
    """Return what there is to see of a file that has been made."""
    if format.name == "page":
        wide, narrow = _page(subject, wish), _page_on_phone(subject, wish)
        return Preview(kind="svg", content=wide.encode("utf-8"), narrow=narrow.encode("utf-8"))
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
    tokens, network = _tokens(wish), _network(subject, wish)
    title, said = _words(subject, wish)
    parts = [
        _text(title, 32, 50, 27, tokens.text, 700),
        _text(said, 32, 76, 14, tokens.text2),
        _card(32, 96, 774, 600, tokens),
        _card(818, 96, 430, 194, tokens),
        _inside(network, 33, 98, 772, 540),
    ]
    if subject.history is not None and len(subject.history) > 1:
        parts.append(_inside(curve_svg(subject.history, epoch_of(subject), tokens), 830, 106, 406, 176))
    if wish.chosen["form"] == "yes":
        parts += [_card(818, 302, 430, 394, tokens), *_form(subject, tokens, 834, 330, 398, 5)]
        parts.append(element("rect", x=834, y=612, width=398, height=70, rx=9, fill=tokens.positive_soft))
    if wish.chosen["replay"] == "yes":
        parts.append(element("rect", x=47, y=650, width=104, height=36, rx=8, fill=tokens.fill))
        parts.append(element("path", d="M 62 662 l 11 6 l -11 6 z", fill=tokens.on_fill))
        parts.append(_text(translate("Replay"), 82, 673, 14, tokens.on_fill, 600))
        parts += _slider(175, 668, 480, tokens)
        epoch = epoch_of(subject)
        if epoch is not None:
            moment = translate("epoch {n}").format(n=format_number(epoch))
            parts.append(_text(moment, 684, 673, 14, tokens.text2))
    if wish.chosen["glossary"] == "yes":
        parts.append(_card(32, 708, 1216, 52, tokens))
        parts += [_text(word, 48 + 240 * n, 730, 13, tokens.text, 600) for n, (word, _) in enumerate(glossary(subject))]
    if wish.chosen["source"] == "yes":
        parts.append(_text(" · ".join(provenance(subject, date.today())), 34, 784, 12, tokens.muted))
    return _drawing(PAGE, parts, tokens)


def _page_on_phone(subject: Subject, wish: Wish) -> Markup:
    """Return a sketch of the same page on a phone: one column, the answer above its form."""
    tokens = _tokens(wish)
    title, _ = _words(subject, wish)
    parts = [_text(title, 14, 40, 24, tokens.text, 700), _card(12, 60, 366, 340, tokens)]
    parts.append(_inside(_network(subject, wish), 14, 64, 362, 270))
    if wish.chosen["replay"] == "yes":
        parts.append(element("circle", cx=45, cy=366, r=22, fill=tokens.fill))
        parts += _slider(90, 366, 200, tokens)
    if wish.chosen["form"] == "yes":
        parts.append(_card(12, 412, 366, 420, tokens))
        parts.append(element("rect", x=13, y=413, width=364, height=58, rx=11, fill=tokens.positive_soft))
        parts += _form(subject, tokens, 27, 500, 336, 5)
    return _drawing(PHONE, parts, tokens)


def _tokens(wish: Wish) -> Tokens:
    return THEMES["dark" if wish.chosen["look"] == "dark" else "light"]


def _network(subject: Subject, wish: Wish) -> Markup:
    dataset, config = subject.dataset, subject.model.network.config
    x = np.zeros(config.n_inputs) if dataset is None else np.asarray(dataset.first("train", 1)[0])
    return network_svg(subject, x, _tokens(wish))


def _words(subject: Subject, wish: Wish) -> tuple[str, str]:
    """Return the title, and the sentence below it."""
    dataset, model = subject.dataset, subject.model
    found = None if dataset is None else scored(subject, dataset)
    return wish.chosen["title"] or title_of(model.recipe), wish.chosen["lead"] or "".join(lead(subject, found))


def _drawing(size: tuple[float, float], parts: Sequence[Markup], tokens: Tokens) -> Markup:
    ground = element("rect", width=size[0], height=size[1], fill=tokens.bg)
    box = f"0 0 {size[0]:g} {size[1]:g}"
    return element("svg", ground, *parts, xmlns="http://www.w3.org/2000/svg", viewBox=box, font_family=FONT)


def _slider(x: float, y: float, width: float, tokens: Tokens) -> list[Markup]:
    return [
        element("rect", x=x, y=y - 2, width=width, height=4, rx=2, fill=tokens.fill),
        element("circle", cx=x + width, cy=y, r=8, fill=tokens.knob, stroke=tokens.fill, stroke_width=2.5),
    ]


def _form(subject: Subject, tokens: Tokens, x: float, y: float, width: float, n: int) -> list[Markup]:
    """Return the first fields of the form."""
    parts: list[Markup] = []
    for place, feature in enumerate(subject.model.encoder.features[:n]):
        top = y + 56 * place
        parts.append(_text(feature.column, x, top, 13, tokens.text, 500))
        is_number = feature.kind in ("number", "date", "text")
        height, offset = (4, 14) if is_number else (24, 8)
        parts.append(element("rect", x=x, y=top + offset, width=width, height=height, rx=6, fill=tokens.surface3))
        names = () if is_number else feature.categories[:MOST_NAMES]
        step = width / max(1, len(names))
        parts += [
            _text(name, x + step * (n + 0.5), top + 25, 12, tokens.text2, middle=True) for n, name in enumerate(names)
        ]
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


def _text(
    text: str, x: float, y: float, size: float, colour: str, weight: int = 400, *, middle: bool = False
) -> Markup:
    anchor = "middle" if middle else "start"
    return element("text", text, x=x, y=y, font_size=size, fill=colour, font_weight=weight, text_anchor=anchor)
