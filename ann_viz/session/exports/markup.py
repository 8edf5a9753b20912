"""HTML and SVG built from elements: what is not markup already is escaped, so that text from data stays text."""

from __future__ import annotations

import hashlib
import re
from base64 import b64encode
from typing import Final

from ann_viz.rich import escaped

__all__ = ["FONT", "Markup", "element", "joined", "markup", "policy_sum"]

FONT: Final = "Inter, 'Segoe UI', 'Helvetica Neue', Arial, sans-serif"
"""Of every drawing: the one of the window, or what is like it where it is not installed."""

_NAME: Final = re.compile(r"[a-z][a-z0-9-]*", re.IGNORECASE)


class Markup(str):
    """Markup made by this module."""

    __slots__ = ()


def markup(text: str) -> Markup:
    """Return text as markup in which every letter stands for itself, also in an attribute; markup stays as it is."""
    return text if isinstance(text, Markup) else Markup(str.__str__(escaped(str(text))).replace('"', "&quot;"))


def joined(*parts: str) -> Markup:
    """Return the parts one after the other."""
    return Markup("".join(markup(part) for part in parts))


def element(name: str, *children: str, **attributes: object) -> Markup:
    """Return an element.

    Parameters
    ----------
    name : str
        Of the tag; written in the source.
    *children : str
        Escaped unless they are `Markup`.
    **attributes : object
        ``class_`` is written as class, ``stroke_width`` as stroke-width; None leaves one out, numbers lose digits that
        nobody sees.
    """
    words = [name]
    for key, value in attributes.items():
        if value is not None:
            words.append(f'{key.rstrip("_").replace("_", "-")}="{markup(_text(value))}"')
    if not _NAME.fullmatch(name):
        raise ValueError(f"{name!r} is no tag")
    inner = joined(*children)
    head = " ".join(words)
    return Markup(f"<{head}>{inner}</{name}>" if inner else f"<{head}/>")


def _text(value: object) -> str:
    return f"{value:.2f}".rstrip("0").rstrip(".") if isinstance(value, float) else str(value)


def policy_sum(text: str) -> str:
    """Return the sum by which a content security policy allows a script or a style of a page, and no other."""
    return "sha256-" + b64encode(hashlib.sha256(text.encode("utf-8")).digest()).decode("ascii")
