"""How numbers are written, in English marks and in others."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ann_viz.explain.spans import signed, sum_of_products, unsigned
from ann_viz.numerals import format_number, use_marks


@pytest.fixture
def german() -> Iterator[None]:
    """Numbers as a German reader expects them."""
    use_marks(",", ".")
    yield
    use_marks()


def test_english_is_the_default() -> None:
    assert format_number(1234567) == "1,234,567"
    assert format_number(-1234.5, ",.2f") == "−1,234.50"
    assert format_number(1e-7, ".1e") == "1.0e−07"


@pytest.mark.usefixtures("german")
def test_the_marks_of_the_reader_are_used() -> None:
    assert format_number(1234567) == "1.234.567"
    assert format_number(-1234.5, ",.2f") == "−1.234,50"
    assert format_number(0.875, ".1%") == "87,5%"


@pytest.mark.usefixtures("german")
def test_formulas_follow() -> None:
    assert (unsigned(1234.5), signed(0.25)) == ("1.234,50", "+0,25")
    terms = sum_of_products(np.array([0.5, -1.25]), np.array([2.0, -0.75]))
    assert "".join(span.text for span in terms) == "0,50·2,00 − 1,25·(−0,75) "


@given(st.floats(-1e9, 1e9), st.sampled_from([(",", "."), (",", "\N{NARROW NO-BREAK SPACE}"), (".", "’"), (".", ",")]))
def test_any_marks_can_be_read_back(value: float, marks: tuple[str, str]) -> None:
    decimal, group = marks
    use_marks(decimal, group)
    try:
        text = format_number(value, ",.3f")
    finally:
        use_marks()
    back = text.replace(group, "").replace(decimal, ".").replace("−", "-")
    assert float(back) == pytest.approx(value, abs=5.1e-4)
