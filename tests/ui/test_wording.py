"""Numbers and answers in words: speeds, percentages, rates, a yes and a no."""

from __future__ import annotations

import math
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ann_viz.data import build_dataset
from ann_viz.session.headless import open_dataset
from ann_viz.ui import wording
from ann_viz.ui.canvas_paint import number
from ann_viz.ui.speed_control import position_of, speed_at, speed_words
from ann_viz.ui.toolbar import rate_and_unit


@pytest.mark.parametrize(
    ("share", "text"),
    [(0.0, "0 %"), (1.0, "100 %"), (0.73, "73 %"), (0.001, "<1 %"), (0.999, ">99 %"), (0.5, "50 %")],
)
def test_percent_never_rounds_to_certainty(share: float, text: str) -> None:
    """Neither 0 % nor 100 % is said of what is possible."""
    assert wording.percent(share).replace(wording.NBSP, " ") == text


@pytest.mark.parametrize(
    ("value", "decimals", "text"), [(-1.375, 2, "−1.38"), (-0.001, 2, "0.00"), (0.0, 1, "0.0"), (2.2, 2, "2.20")]
)
def test_numbers_have_a_true_minus_and_no_negative_zero(value: float, decimals: int, text: str) -> None:
    """U+2212 before negatives, nothing before what rounds to zero."""
    assert number(value, decimals) == text


@pytest.mark.parametrize(
    ("value", "text"), [(182784.2, "182,784"), (-12.345, "−12.35"), (0.1234, "0.123"), (123.45, "123.5")]
)
def test_values_of_the_target_keep_about_four_digits(value: float, text: str) -> None:
    """Large numbers lose decimals, small ones keep them."""
    assert wording.shorten(value) == text


def test_the_speed_slider_goes_from_phases_to_no_limit() -> None:
    """Ends and middle say what they do."""
    assert speed_words(speed_at(0), 219) == "one phase at a time"
    assert speed_at(1).per_second == 1.0
    assert speed_words(speed_at(1), 219) == "1 step / s"
    assert speed_at(99).per_second == pytest.approx(10_000)
    assert speed_at(100).kind == "max" and math.isinf(speed_at(100).per_second)
    assert speed_words(speed_at(position_of(876)), 219) == "4 epochs / s"


@given(st.integers(1, 99))
def test_a_position_finds_its_way_back(position: int) -> None:
    """Position → speed → position is the identity."""
    assert position_of(speed_at(position).per_second) == position


@pytest.mark.parametrize(
    ("rate", "words"), [(0.0, ("–", "")), (950.0, ("950", "")), (41_234.0, ("41.2", "k")), (2.5e6, ("2.5", "M"))]
)
def test_rates_have_units(rate: float, words: tuple[str, str]) -> None:
    """Three digits and a unit."""
    assert rate_and_unit(rate) == words


@pytest.mark.parametrize(
    ("phrase", "names"),
    [
        ("leaves the bank", ("leaves", "stays")),
        ("survives", ("survives", "dies")),
        ("buys", ("buys", "does not buy")),
        ("has diabetes", ("has diabetes", "has not")),
    ],
)
def test_a_yes_and_a_no_are_said_shortly(bank, phrase: str, names: tuple[str, str]) -> None:
    """A verb with an opposite needs no more; others keep their phrase."""
    dataset = bank.bridge.session.dataset
    assert wording.binary_names(build_dataset(dataset.table, replace(dataset.recipe, phrase=phrase))) == names


@pytest.mark.parametrize(
    ("target", "values", "names"),
    [
        ("diagnosis", "MB", ("is malignant", "is benign")),
        ("kind", ("setosa", "virginica"), {"is setosa", "is virginica"}),
        ("promoted", ("yes", "no"), ("promoted: yes", "no")),
        ("promoted", ("ja", "nein"), ("promoted: ja", "nein")),
        ("status", ("approved", "no"), ("is approved", "is not")),
        ("status", ("approved", "nein"), ("is approved", "is not")),
    ],
)
def test_both_answers_that_have_a_name_are_called_by_it(tmp_path, qapp, target, values, names) -> None:
    """It is "is not" only where the file has no better word."""
    rows = [f"{i % 7},{values[i % 2]}" for i in range(60)]
    path = tmp_path / "t.csv"
    path.write_text("\n".join([f"x,{target}", *rows]) + "\n")
    said = wording.binary_names(open_dataset(path, target=target))
    assert said == names or set(said) == names
