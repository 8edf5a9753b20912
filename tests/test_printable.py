"""Text of others can be printed without steering a terminal."""

from __future__ import annotations

import pytest

from ann_viz.printable import printable

ODD = "\N{REPLACEMENT CHARACTER}"


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("plain", "plain"),
        ("größer 漢字 🙂", "größer 漢字 🙂"),
        ("two\nlines\tand\xa0more", "two lines and more"),
        ("\x1b[2J\x07\x9b31m", f"{ODD}[2J{ODD}{ODD}31m"),
        ("\u202egnp.exe\u2066", f"{ODD}gnp.exe{ODD}"),
        ("half \ud800", f"half {ODD}"),
        ("می\u200cخواهم", "می\u200cخواهم"),
    ],
)
def test_what_is_seen_stays_and_what_acts_goes(text: str, shown: str) -> None:
    """Letters of all scripts stay; characters that do something are replaced one for one."""
    assert printable(text) == shown
    assert len(printable(text)) == len(text)


def test_long_texts_are_cut() -> None:
    """A cell may hold a whole book."""
    assert printable("abcdef", 4) == "abc…"
    assert printable("abcd", 4) == "abcd"
