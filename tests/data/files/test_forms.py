"""A form is a short text that says how cells are written, and is taken apart again."""

from __future__ import annotations

import math

import pytest

from ann_viz.data.files.dialect import Dialect
from ann_viz.data.files.forms import Form, form_of, is_date, is_form, marked, until, without, without_none
from ann_viz.data.files.numbers import parse_number


@pytest.mark.parametrize(
    ("text", "form"),
    [
        ("", Form(base="")),
        ("decorated", Form(base="decorated")),
        (marked(",", "."), Form(base="decorated", decimal=",", thousands=".")),
        (marked(".", None, "km/l"), Form(base="decorated", decimal=".", unit="km/l")),
        (without("", [-200]), Form(base="", without=(-200.0,))),
        (without(marked(".", " "), [-99, -98]), Form(base="decorated", decimal=".", thousands=" ", without=(-99, -98))),
        (until("%d.%m.%y", 2026), Form(base="%d.%m.%y", until=2026)),
        ("%d %B %Y", Form(base="%d %b %Y")),
    ],
)
def test_taken_apart(text: str, form: Form) -> None:
    """Marks, unit, last year and numbers that mean nothing are found again."""
    assert form_of(text) == form


@pytest.mark.parametrize("text", ["decorated 1", "1.234,5", "decorated 1.234.5", "%Q", "decorated 1a234.5", "without"])
def test_other_texts_are_none(text: str) -> None:
    """What no version of the program wrote is refused."""
    assert not is_form(text)


def test_dates_and_what_is_absent() -> None:
    """A suffix does not change what a form is of; it can be taken away."""
    assert is_date("%Y-%m-%d without -25567.0")
    assert not is_date("decorated 1,234.5")
    assert without_none(without(without("", [-1.0]), [-2.0])) == ""


@pytest.mark.parametrize(
    ("cell", "form", "number"),
    [
        ("1.925", marked(",", "."), 1925.0),
        ("23.4 KMPL", marked(".", None, "kmpl"), 23.4),
        ("23.4", marked(".", None, "kmpl"), 23.4),
        ("weight: 23.4", marked(".", None, "weight:"), 23.4),
        ("height: 23.4", marked(".", None, "weight:"), math.nan),
        ("23.4 l", marked(".", None, "kmpl"), math.nan),
        ("-200.0", without("", [-200]), math.nan),
        ("12", "text", math.nan),
        ("01.02.30", until("%d.%m.%y", 2026), -14579.0),
        ("29.02.00", until("%d.%m.%y", 1999), math.nan),
    ],
)
def test_cells_read_by_a_form(cell: str, form: str, number: float) -> None:
    """The form's own marks count, not those of the file."""
    assert parse_number(cell, form, Dialect()) == pytest.approx(number, nan_ok=True)
