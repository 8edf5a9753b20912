"""Formulas printed with numbers beyond all that can be reckoned with."""

from __future__ import annotations

import math
from typing import Any

import pytest

from ann_viz.explain.arithmetic import Minus, Product, Quotient, Sum, ln
from ann_viz.explain.expression import Number, setting
from ann_viz.explain.printed_formula import change, numbers_and_result, stated, work_out
from ann_viz.numerals import use_marks


@pytest.mark.parametrize(
    ("before", "after", "told"),
    [
        (math.inf, math.inf, ("∞", "∞", "–")),
        (1.0, math.inf, ("1.000", "∞", "+∞")),
        (math.nan, 1.0, ("–", "1.000", "–")),
    ],
)
def test_a_change_that_is_no_number_has_no_sign(before: float, after: float, told: tuple[str, str, str]) -> None:
    """What has overflown is told as that, and what can't be compared is not."""
    assert change(before, after) == told


def test_a_result_that_is_no_number_is_told() -> None:
    """Also where results have a sign."""
    assert stated("x", math.nan, signed=True).spans[-1].text == "–"


def test_numbers_that_stand_apart_follow_as_well() -> None:
    """Where no formula has room the numbers have the digits of one, two decimals at least."""
    assert numbers_and_result(Sum((Number(0.044), Number(0.084)))) == ("0.044", "0.084", "0.13")
    assert numbers_and_result(Product((Number(0.5), Number(0.0)))) == ("0.50", "0.00", "0.00")


def printed(lead: str, expression: Any, **how: Any) -> str:
    return "".join(span.text for span in work_out(lead, expression, **how).spans)


def test_the_examples_of_before() -> None:
    """Each of these was printed with a result that its own numbers did not give."""
    assert printed("L", Minus(ln(Number(0.1056))), decimals=3) == "L = −ln(0.1056) = 2.248"
    price = Sum((Product((Number(0.183664), Number(126_958.2))), Number(336_749.5)))
    assert printed("ŷ", price, decimals=0) == "ŷ = 0.18366·126,958 + 336,750 = 360,067"


def test_numbers_get_more_digits_only_where_they_move_the_result() -> None:
    """The large factor makes the digits of the other one count, not its own."""
    product = Product((Number(0.123456), Number(40.123)))
    assert printed("y", product) == "y = 0.1235·40.12 = 4.95"
    assert printed("y", Product((Number(0.5), Number(2.0)))) == "y = 0.5·2 = 1", "what is exact shows no noughts"


def test_a_result_close_to_where_rounding_turns_gets_one_more_digit() -> None:
    """Or its numbers would need six of them to show on which side it lies."""
    assert printed("y", Sum((Number(0.12001), Number(0.00498)))) == "y = 0.12 + 0.0050 = 0.125"
    assert printed("y", Quotient(Number(1.0), Number(8.0))) == "y = 1 / 8 = 0.125", "and in the middle as well"


@pytest.mark.parametrize(
    ("before", "after", "texts"),
    [
        (0.5, 0.25, ("0.500", "0.250", "−0.250")),
        (0.464134, 0.464117, ("0.464134", "0.464117", "−1.7·10⁻⁵")),
        (0.4123, 0.4127, ("0.4123", "0.4127", "+0.0004")),
        (0.3, 0.3, ("0.300", "0.300", "0.000")),
    ],
)
def test_a_change_follows_from_what_was_and_what_is(before: float, after: float, texts: tuple[str, str, str]) -> None:
    """As many digits as show it."""
    assert change(before, after) == texts


def test_endless_numbers_are_no_error() -> None:
    """Nothing divided by nothing is a dash, and what is larger than any number is endless."""
    assert printed("y", Quotient(Number(0.0), Number(0.0))) == "y = 0 / 0 = –"
    assert printed("y", Sum((Number(math.inf), Number(1.0)))) == "y = ∞ + 1 = ∞"
    assert printed("y", Minus(Number(-math.inf))) == "y = −(−∞) = ∞"
    assert printed("y", Quotient(Number(1.0), Number(math.inf, digits=3))) == "y = 1 / ∞ = 0"


def test_settings_are_written_in_full_and_rates_of_a_schedule_rounded() -> None:
    """0.05 is 0.05; what a cosine made of it has as many digits as are needed."""
    assert printed("y", Product((setting(0.05), Number(0.2)))) == "y = 0.05·0.2 = 0.01"
    assert printed("y", Product((setting(0.0372819234), Number(10.0)))) == "y = 0.0373·10 = 0.37"


def test_the_marks_of_the_reader_are_used() -> None:
    """A German reads a comma, and types it."""
    use_marks(",", ".")
    try:
        assert printed("y", Product((Number(0.5), Number(-12_345.25)))) == "y = 0,5·(−12.345,25) = −6.172,625"
    finally:
        use_marks()
