"""Formulas with numbers as rich text, in the colours of what the numbers are."""

from __future__ import annotations

import html

from ann_viz.explain import Line, Tone
from ann_viz.ui import theme

__all__ = ["markup"]


def markup(line: Line, *, wraps: bool = False) -> str:
    """Return a formula as rich text.

    Parameters
    ----------
    wraps : bool
        It may be broken where there are blanks.
    """
    tokens = theme.current()
    colours: dict[Tone, str] = {
        "plain": tokens.text2,
        "positive": tokens.positive_text,
        "negative": tokens.negative_text,
        "error": tokens.error,
        "strong": tokens.text,
        "muted": tokens.muted,
    }
    pieces = []
    for span in line.spans:
        text = html.escape(span.text) if wraps else html.escape(span.text).replace(" ", "&nbsp;")
        weight = "600" if span.tone in ("strong", "error") else "400"
        pieces.append(f'<span style="color:{colours[span.tone]}; font-weight:{weight}">{text}</span>')
    return "".join(pieces)
