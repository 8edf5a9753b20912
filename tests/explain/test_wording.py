"""Numbers and answers in words: percentages, numbers, a yes and a no."""

from __future__ import annotations

from dataclasses import replace

import pytest

from ann_viz.data import build_dataset
from ann_viz.explain import wording
from ann_viz.numerals import fixed
from ann_viz.resources import resource
from ann_viz.session.headless import open_dataset


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
    assert fixed(value, decimals) == text


@pytest.mark.parametrize(
    ("value", "text"), [(182784.2, "182,784"), (-12.345, "−12.35"), (0.1234, "0.123"), (123.45, "123.5")]
)
def test_values_of_the_target_keep_about_four_digits(value: float, text: str) -> None:
    """Large numbers lose decimals, small ones keep them."""
    assert wording.shorten(value) == text


@pytest.mark.parametrize(
    ("phrase", "names"),
    [
        ("leaves the bank", ("leaves", "stays")),
        ("survives", ("survives", "dies")),
        ("buys", ("buys", "does not buy")),
        ("has diabetes", ("has diabetes", "has not")),
    ],
)
def test_a_yes_and_a_no_are_said_shortly(phrase: str, names: tuple[str, str]) -> None:
    """A verb with an opposite needs no more; others keep their phrase."""
    dataset = open_dataset(resource("samples", "bank_customers.csv"))
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
def test_both_answers_that_have_a_name_are_called_by_it(tmp_path, target, values, names) -> None:
    """It is "is not" only where the file has no better word."""
    rows = [f"{i % 7},{values[i % 2]}" for i in range(60)]
    path = tmp_path / "t.csv"
    path.write_text("\n".join([f"x,{target}", *rows]) + "\n")
    said = wording.binary_names(open_dataset(path, target=target))
    assert said == names or set(said) == names
