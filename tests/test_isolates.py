"""Words from right to left keep numbers and words beside them where they stand."""

from __future__ import annotations

import pytest

from ann_viz.isolates import isolated


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("predicted שלום עולם 42 %", "predicted [שלום עולם] 42 %"),
        ("عميل 12: نعم · 3", "[عميل 12: نعم] · 3"),
        ("<b>שלום</b> and <b>עולם</b>", "<b>[שלום]</b> and <b>[עולם]</b>"),  # no tag is swallowed
        ("שלום<br>עולם", "[שלום]<br>[עולם]"),
        ("plain words, naïve 42 %", "plain words, naïve 42 %"),
        ("", ""),
    ],
)
def test_words_from_right_to_left_are_closed_off(text: str, expected: str) -> None:
    marked = isolated(text)
    assert marked.replace("\N{FIRST STRONG ISOLATE}", "[").replace("\N{POP DIRECTIONAL ISOLATE}", "]") == expected
    assert isolated(marked) == marked
