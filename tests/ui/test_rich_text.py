"""Texts of the resources become rich text: bold, linked words, and nothing else that a file could smuggle in."""

from __future__ import annotations

import re

from ann_viz.ui.rich_text import rich_text


def test_bold_and_words() -> None:
    """A word of the glossary is a link, also within bold words; the marks are gone."""
    text = rich_text("Press **Train** and watch **the loss**.", "#123456")
    assert "<b>Train</b>" in text
    assert '<b>the <a href="loss" style="color:#123456">loss</a></b>' in text
    assert "**" not in text


def test_markup_of_a_file_is_shown_as_it_is() -> None:
    """An own lesson, a column's name or a cell can't bring tags of its own."""
    text = rich_text('<img src="x"> & **<b>**', "#000000")
    assert not re.search(r"<(?!/?b>|/?a)", text)
    assert "&lt;img" in text
    assert "&amp;" in text
