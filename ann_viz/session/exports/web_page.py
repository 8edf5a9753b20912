"""One HTML file that anyone opens in a browser: the network, its training to be replayed, and a form to ask it.

The file loads nothing and sends nothing, and its content security policy forbids both: only the scripts and the style
whose sums it names run. Text from data is in it as JSON, which scripts set as text.
"""

from __future__ import annotations

import json
import math
from base64 import b64encode
from datetime import date
from string import Template
from typing import Any, Final

import numpy as np

from ann_viz import __version__
from ann_viz.resources import resource
from ann_viz.session.exports.course import course_of
from ann_viz.session.exports.format import Progress, Wish
from ann_viz.session.exports.markup import Markup, element, joined, markup, policy_sum
from ann_viz.session.exports.network_svg import network_svg
from ann_viz.session.exports.page_data import page_data
from ann_viz.session.exports.stamp import stamp_of
from ann_viz.session.exports.subject import Subject
from ann_viz.session.exports.telling import scored
from ann_viz.tokens import THEMES

__all__ = ["SCRIPTS", "write"]

SCRIPTS: Final = ("network.js", "row.js", "drawing.js", "form.js", "main.js")
"""In the order in which they are read; the first two need no browser."""

_IN_JSON: Final = str.maketrans({sign: f"\\u{ord(sign):04x}" for sign in "<>&\u2028\u2029"})
"""So that no text of the data ends the element it is in."""


def write(subject: Subject, wish: Wish, progress: Progress = lambda _: None) -> bytes:
    """Return the page."""
    course = course_of(subject, lambda share: progress(0.8 * share)) if wish.chosen["replay"] == "yes" else ()
    found = None if subject.dataset is None else scored(subject, subject.dataset)
    data = page_data(subject, course, found, wish.chosen, rows=wish.rows, today=date.today())
    progress(0.9)
    style, script = _style(), _script()
    parts: dict[str, str] = {
        "lang": markup(data["words"]["lang"]),
        "look": markup(data["look"]),
        "script_hash": policy_sum(script),
        "style_hash": policy_sum(style),
        "version": __version__,
        "stamp": markup(stamp_of(subject)),
        "title": markup(data["title"]),
        "style": style,
        "lead": _lead(data["lead"]),
        "network": markup(data["words"]["network"]),
        "main_class": "" if data["show"]["form"] or data["curve"] else Markup(' class="alone"'),
        "no_script": markup(data["words"]["noScript"]),
        "still": b64encode(_still(subject).encode("utf-8")).decode("ascii"),
        "replay": _replay(data) if data["replay"] else "",
        "curve": _curve(data) if data["curve"] else "",
        "form": _form(data),
        "details": _details(data),
        "data": _json(data),
        "script": script,
    }
    page = Template(resource("exports", "page", "page.html").read_text(encoding="utf-8")).substitute(parts)
    return page.encode("utf-8", "surrogatepass")


def _script() -> str:
    parts = [resource("exports", "page", name).read_text(encoding="utf-8") for name in SCRIPTS]
    return "\n" + "\n".join(['"use strict";', *parts])


def _style() -> str:
    looks = {name: "".join(f"--{key}:{value};" for key, value in _colours(name)) for name in ("light", "dark")}
    variables = (
        f":root{{{looks['light']}}}\n[data-look=dark]{{{looks['dark']}}}\n"
        f"@media (prefers-color-scheme:dark){{[data-look=viewer]{{{looks['dark']}}}}}\n"
        f"@media print{{:root[data-look]{{{looks['light']}}}}}\n"
    )
    return "\n" + variables + resource("exports", "page", "page.css").read_text(encoding="utf-8")


def _colours(name: str) -> list[tuple[str, str]]:
    tokens = THEMES[name]
    named = ("bg", "surface", "surface2", "surface3", "canvas", "border", "border_strong", "text", "text2", "muted")
    more = ("accent", "fill", "fill_hover", "on_fill", "positive_soft", "negative_soft", "train", "validation", "knob")
    return [(key, getattr(tokens, key)) for key in (*named, *more)]


def _json(data: dict[str, Any]) -> str:
    """Return the data as JSON without a letter that could end the element they stand in."""
    return json.dumps(_finite(data), ensure_ascii=False, separators=(",", ":"), allow_nan=False).translate(_IN_JSON)


def _finite(value: Any) -> Any:
    """Return JSON values without numbers that JSON has no letters for."""
    if isinstance(value, dict):
        return {key: _finite(each) for key, each in value.items()}
    if isinstance(value, list | tuple):
        return [_finite(each) for each in value]
    return value if not isinstance(value, float) or math.isfinite(value) else None


# Parts of the page that need no script --------------------------------------------------------------------------------
def _lead(parts: list[str]) -> Markup:
    return joined(*(element("b", part) if place == 1 else part for place, part in enumerate(parts)))


def _replay(data: dict[str, Any]) -> Markup:
    words = data["words"]
    sign = Markup('<i class="play"></i>')
    play = element("button", sign, element("span", words["replay"]), type="button", id="play")
    area = Markup('<svg id="silhouette" viewBox="0 0 100 22" preserveAspectRatio="none" aria-hidden="true"></svg>')
    scrub = element("input", type="range", id="scrub", min=0, max=1, aria_label=words["moment"])
    track = element("div", area, scrub, class_="track")
    return element("div", play, track, element("span", " ", id="moment"), class_="replay")


def _curve(data: dict[str, Any]) -> Markup:
    words = data["words"]
    heading = element("h2", words["curve"], element("small", words["loss"]))
    chart = Markup(f'<svg id="curve" role="img" aria-label="{markup(words["curve"])}"></svg>')
    return element("section", heading, chart, class_="card chart")


def _form(data: dict[str, Any]) -> Markup:
    """Return the form's place and the answer; without a form the answer alone."""
    words, pixels = data["words"], data["drawing"]["pixels"]
    heading = element("h2", words["draw"] if pixels else words["try"])
    form = joined(heading, Markup('<div id="form"></div>')) if data["show"]["form"] else Markup("")
    text = Markup('<div><div id="answer-name"></div><div id="answer-why"></div></div>')
    answer = Markup(f'<div class="answer" id="answer" aria-live="polite"><div id="answer-number"></div>{text}</div>')
    return element("section", form, answer, class_="card try")


def _details(data: dict[str, Any]) -> Markup:
    parts: list[Markup] = []
    if data["show"]["glossary"]:
        entries = [element("div", element("dt", word), element("dd", text)) for word, text in data["glossary"]]
        parts.append(element("dl", *entries, class_="card words"))
    made = data["words"]["madeWith"].rpartition("ANN Viz")
    source = " · ".join(data["provenance"]) if data["show"]["source"] else ""
    parts.append(
        element("footer", element("span", source, " "), element("span", made[0], element("b", made[1]), made[2]))
    )
    return element("details", element("summary", data["words"]["details"]), *parts, open="")


def _still(subject: Subject) -> Markup:
    """Return the network as it answers to a row of nothing but middles."""
    return network_svg(subject, np.zeros(subject.model.network.config.n_inputs, np.float32))
