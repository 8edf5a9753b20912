"""How numbers are written, in English marks and in others."""

from __future__ import annotations

import math
from collections.abc import Iterator

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ann_viz.explain.arithmetic import Sum
from ann_viz.explain.printed_formula import sum_of_products, work_out
from ann_viz.numerals import (
    NBSP,
    NOTHING,
    at_most_four_digits,
    compact,
    compact_signed,
    count,
    fixed,
    fixed_signed,
    format_number,
    four_digits,
    in_powers,
    listed,
    listed_briefly,
    narrow,
    percent,
    percent_fixed,
    percent_in_words,
    read_number,
    short_number,
    signed,
    unsigned,
    use_marks,
)


@pytest.fixture
def german() -> Iterator[None]:
    """Numbers as a German reader expects them."""
    use_marks(",", ".")
    yield
    use_marks()


def test_english_is_the_default() -> None:
    assert format_number(1234567) == "1,234,567"
    assert format_number(-1234.5, ",.2f") == "−1,234.50"
    assert format_number(1e-7, ".1e") == "1.0·10⁻⁷"
    assert [format_number(value, "g") for value in (1e-5, -1e-5, 3e-5)] == ["10⁻⁵", "−10⁻⁵", "3·10⁻⁵"]


@pytest.mark.usefixtures("german")
def test_the_marks_of_the_reader_are_used() -> None:
    assert format_number(1234567) == "1.234.567"
    assert format_number(-1234.5, ",.2f") == "−1.234,50"
    assert format_number(0.875, ".1%") == "87,5%"


@pytest.mark.usefixtures("german")
def test_formulas_follow() -> None:
    assert (unsigned(1234.5), signed(0.25)) == ("1.234,50", "+0,25")
    terms = sum_of_products(np.array([0.5, -1.25]), np.array([2.0, -0.75]))
    text = "".join(span.text for span in work_out("z", Sum(terms)).spans)
    assert text == "z = 0,5·2 − 1,25·(−0,75) = 1,94"


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


@pytest.mark.parametrize(
    ("share", "text"),
    [(0.0, "0 %"), (1.0, "100 %"), (0.73, "73 %"), (0.001, "<1 %"), (0.999, ">99 %"), (0.5, "50 %")],
)
def test_percent_never_rounds_to_certainty(share: float, text: str) -> None:
    """Neither 0 % nor 100 % is said of what is possible."""
    assert percent(share).replace(NBSP, " ") == text


@pytest.mark.parametrize(
    ("value", "decimals", "text"), [(-1.375, 2, "−1.38"), (-0.001, 2, "0.00"), (0.0, 1, "0.0"), (2.2, 2, "2.20")]
)
def test_numbers_have_a_true_minus_and_no_negative_zero(value: float, decimals: int, text: str) -> None:
    """U+2212 before negatives, nothing before what rounds to zero."""
    assert fixed(value, decimals) == text


@pytest.mark.parametrize(
    ("value", "text"), [(182784.2, "182,784"), (-12.345, "−12.35"), (0.1234, "0.123"), (123.45, "123.5")]
)
def test_values_of_the_target_keep_about_four_digits(value: float, text: str) -> None:
    """Large numbers lose decimals, small ones keep them."""
    assert four_digits(value) == text


@pytest.mark.parametrize(
    ("share", "text"), [(0.0, "0 %"), (0.4, "40 %"), (0.001, "less than 1 %"), (0.999, "more than 99 %")]
)
def test_sentences_say_small_shares_in_words(share: float, text: str) -> None:
    """Where there is room, no sign stands for a word."""
    assert percent_in_words(share).replace(NBSP, " ") == text


def test_a_score_keeps_its_decimals() -> None:
    """As many as are asked for, whatever they are."""
    assert (percent_fixed(0.9), percent_fixed(0.12345, 2)) == (f"90.0{NBSP}%", f"12.35{NBSP}%")


@pytest.mark.parametrize(
    ("value", "text"),
    [(182784.2, "182,784"), (97.3, "97.3"), (0.12345, "0.1235"), (-1234.5, "−1,234"), (-2.5e30, "−2.5·10³⁰")],
)
def test_numbers_of_columns_have_no_zeros_at_the_end(value: float, text: str) -> None:
    """And no exponent where they are large, unless nobody can read so many digits."""
    assert at_most_four_digits(value) == text


def test_signs_and_little_room() -> None:
    """Each of the three ways has its own rule for what rounds to zero, and for what is too long."""
    assert [fixed_signed(value) for value in (-0.001, 0.5)] == ["+0.00", "+0.50"]
    assert [signed(value) for value in (-0.001, 0.5)] == ["−1.0·10⁻³", "+0.50"]
    assert [compact_signed(value) for value in (-0.001, 0.001, 0.5, 250.4)] == ["0.00", "0.00", "+0.50", "+250"]
    assert [compact(value) for value in (1e6, float("nan"))] == ["1e6", NOTHING]


def test_a_number_with_its_noun() -> None:
    """One of them, or many with thousands marks."""
    assert [count(number, "category") for number in (0, 1, 2932)] == ["0 categories", "1 category", "2,932 categories"]


@pytest.mark.parametrize(
    ("names", "in_a_sentence", "briefly"),
    [
        ("", "", ""),
        ("a", "a", "a"),
        ("ab", "a and b", "a, b"),
        ("abc", "a, b and c", "a, b and 1 more column"),
        ("abcd", "a, b, c and d", "a, b and 2 more columns"),
        ("abcdefgh", "a, b, c and 5 more", "a, b and 6 more columns"),
    ],
)
def test_names_are_listed(names: str, in_a_sentence: str, briefly: str) -> None:
    """In a sentence nobody is left out for one name; where room is short, the first two and a number."""
    assert listed(names) == in_a_sentence
    assert listed_briefly(names, 2, "more column") == briefly


ENDLESS = (1e5, -2e6, 3.5e16, -1e90, 1.2e308)


def test_what_is_no_number_has_a_sign_of_its_own() -> None:
    """In every form; a whole number larger than any float is still written."""
    for form in (",", ".3f", ".1%", "z.2f", ".2e"):
        assert [format_number(value, form) for value in (math.inf, -math.inf, math.nan)] == ["∞", "−∞", NOTHING]
    assert format_number(10**400) == f"{10**400:,}"
    assert (unsigned(math.inf), signed(math.inf), percent_fixed(math.nan)) == ("∞", "+∞", f"{NOTHING}{NBSP}%")


@pytest.mark.parametrize("value", ENDLESS)
def test_no_number_is_endless(value: float) -> None:
    """However large it is, it takes little room, and reads back as about the same."""
    for text, most in (
        (compact(value), 7), (compact_signed(value), 8), (narrow(value, 2), 7), (short_number(value), 10),
        (unsigned(value), 13), (four_digits(value), 11),
    ):  # fmt: skip
        assert len(text) <= most
        digits, _, power = text.replace("−", "-").replace(",", "").partition("·10")
        back = (
            float(f"{digits}e{power.translate(str.maketrans('⁰¹²³⁴⁵⁶⁷⁸⁹', '0123456789'))}") if power else float(digits)
        )
        assert back == pytest.approx(value, rel=0.5)


def test_in_a_circle_there_is_room_for_five() -> None:
    """Decimals go first, then digits."""
    values = (0.125, -0.5, 12.345, -123.4, 12_345.6, -12_345.6, 1e-9, 2.3e29, -4e13, math.inf)
    assert [narrow(value, 2) for value in values] == [
        "0.12", "−0.50", "12.35", "−123", "12346", "−1e4", "0.00", "2e29", "−4e13", "∞"
    ]  # fmt: skip


def test_short_numbers_are_as_wide_at_any_size() -> None:
    """Losses and scores."""
    assert [short_number(value) for value in (0.6931, 999.4, 1234.5, -2.2e74)] == [
        "0.693", "999.400", "1.23·10³", "−2.20·10⁷⁴"
    ]  # fmt: skip
    assert short_number(0.5, 2) == "0.50"


@pytest.mark.parametrize(
    ("value", "text"),
    [(0.0, "0"), (math.inf, "∞"), (0.0032, "0.0032"), (0.01, "0.010"), (12.3, "12"), (1234.5, "1,234"),
     (4.1e-7, "4.1·10⁻⁷"), (2e5, "2.0·10⁵")],
)  # fmt: skip
def test_small_numbers_are_written_in_powers(value, text) -> None:
    """Plain where that is short, with a power of ten elsewhere."""
    assert in_powers(value) == text


def test_an_estimate_is_not_said_to_be_exact() -> None:
    # Intention: two digits of it are known, and the word says that it is one.
    assert [count(n, "row", about=True) for n in (7, 42, 123, 110_095)] == [
        "about 7 rows",
        "about 42 rows",
        "about 120 rows",
        "about 110,000 rows",
    ]


def test_numbers_are_read_as_they_are_written() -> None:
    """With the reader's marks, or a comma for the decimals; what is none is no number."""
    for text, number in (
        ("118,400", 118400.0),
        ("1,234,567.5", 1234567.5),
        ("−2.5", -2.5),
        ("12,5", 12.5),
        (" 7 ", 7.0),
    ):
        assert read_number(text) == number
    assert all(math.isnan(read_number(text)) for text in ("", "old", "1e999", "nan"))


def test_no_share_is_no_number() -> None:
    """As everywhere: what is no number is a dash."""
    assert percent(math.nan) == NOTHING
