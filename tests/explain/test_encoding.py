"""How a cell became numbers, as told: the reader's own arithmetic on what is displayed arrives at the real inputs."""

from __future__ import annotations

import csv
import math
import re
from collections.abc import Sequence
from pathlib import Path
from typing import Any, get_args

import numpy as np
import pytest

from ann_viz.data import Dialect, Feature, Recipe, open_table
from ann_viz.data.encoding.encoder import Encoder
from ann_viz.data.encoding.recipe import Plan, Scaling
from ann_viz.explain.encoding import how_encoded

RAISED = "⁻⁰¹²³⁴⁵⁶⁷⁸⁹"
NUMBER = rf"[−+]?[\d,]+(?:\.\d+)?(?:·10[{RAISED}]+)?"
SCALED = re.compile(rf"\((−?)(ln\(1 \+ )?({NUMBER})\)? ([−+]) ({NUMBER})\) / \(?({NUMBER})\)? = ({NUMBER})")
DRAWN_IN = re.compile(rf" → ({NUMBER}) / √\(1 \+ \(\(?({NUMBER})\)? / 3\)²\) = ({NUMBER})")
CIRCLE = re.compile(rf"({NUMBER})/(\d+) of a circle: sin ({NUMBER}), cos ({NUMBER})")


def value(text: str) -> float:
    """A displayed number."""
    digits, _, power = text.replace("−", "-").replace(",", "").partition("·10")
    return float(f"{digits}e{power.translate(str.maketrans(RAISED, '-0123456789')) or 0}")


def told(
    tmp_path: Path, cells: Sequence[str], plan: Plan, *, rows: Sequence[int] | None = None
) -> list[tuple[str, list[float]]]:
    """What is told of every cell of one column, with the inputs that the real encoder made of it."""
    path = tmp_path / "file.csv"
    with path.open("w", newline="", encoding="utf-8") as file:
        csv.writer(file).writerows([["x", "t"], *([cell, n % 2] for n, cell in enumerate(cells))])
    with open_table(path, overrides={"delimiter": ",", "header": True, "skip_lines": 0, "quote": '"'}) as table:
        recipe = Recipe(target="t", task="binary", inputs=("x",), plans=(("x", plan),))
        encoder = Encoder.fit(table, recipe, np.arange(len(cells)) if rows is None else np.array(rows))
        X = encoder.encode(table).tolist()
        feature = encoder.features[0]
        raws = [row[0] for row in table.rows(0, len(cells))]
        return [
            ("".join(span.text for span in how_encoded(feature, raw, inputs, table.dialect)), inputs)
            for raw, inputs in zip(raws, X, strict=True)
        ]


def recompute(text: str) -> tuple[float, float]:
    """What the displayed formula gives, and the result displayed beside it."""
    minus, log, number, sign, centre, spread, result = SCALED.findall(text)[0]
    x = math.log(1 + value(number)) if log else value(number)
    x = -x if minus else x
    top = x - value(centre) if sign == "−" else x + value(centre)
    for z, again, drawn_in in DRAWN_IN.findall(text):
        assert value(z) == value(again) == pytest.approx(top / value(spread), rel=0.01, abs=0.01)
        return value(z) / math.sqrt(1 + (value(z) / 3) ** 2), value(drawn_in)
    return top / value(spread), value(result)


RECKONED = [scaling for scaling in get_args(Scaling) if scaling != "none"]


def test_without_scaling_the_number_is_the_input() -> None:
    """There is nothing to reckon, and nothing is told but the number."""
    plain = Feature(column="Area", kind="number", inputs=("Area",), mean=0.0, std=1.0, scaling="none")
    assert text_of(plain, "1250.5", (1250.5,)) == "1250.5 → +1250.50"


@pytest.mark.parametrize("scaling", RECKONED)
@pytest.mark.parametrize("scale", [1e-6, 0.01, 1.0, 250.0, 3e7])
def test_numbers_add_up_in_every_scaling(tmp_path: Path, scaling: Scaling, scale: float) -> None:
    """(x − centre) / spread of the digits on display is the input, for small and large numbers alike."""
    cells = [f"{number * scale:.10g}" for number in (42, 17.5, -3, 88, 35.25, 61, 1200, 7)]
    for text, inputs in told(tmp_path, cells, Plan(scaling=scaling)):
        manual_edits, shown = recompute(text)
        assert shown == pytest.approx(inputs[0], abs=0.005)
        assert manual_edits == pytest.approx(inputs[0], abs=0.0101 + 0.002 * abs(inputs[0]))


def test_the_sentence_is_the_one_of_the_design() -> None:
    """42 − 38.9 is told, divided by 10.5, with the result's sign."""
    feature = Feature(column="Age", kind="number", inputs=("Age",), mean=38.9, std=10.5)
    spans = how_encoded(feature, "42", (0.2952,), Dialect())
    assert "".join(span.text for span in spans) == "42 → (42 − 38.9) / 10.5 = +0.30"
    assert spans[-1].tone == "positive"


def test_a_negative_centre_and_a_large_offset_stay_exact() -> None:
    """A minus before a minus becomes a plus; years far from zero keep the decimals that matter."""
    below = Feature(column="t", kind="number", inputs=("t",), mean=-4.25, std=2.0)
    assert "(1 + 4.25) / 2 = +2.625" in text_of(below, "1", (2.625,))
    year = Feature(column="y", kind="number", inputs=("y",), mean=2012.43, std=0.52)
    manual_edits, shown = recompute(text_of(year, "2013", ((2013 - 2012.43) / 0.52,)))
    assert manual_edits == pytest.approx(shown, abs=0.005)


def text_of(feature: Feature, raw: str | None, values: Sequence[float], **dialect: Any) -> str:
    """What is told, without tones."""
    return "".join(span.text for span in how_encoded(feature, raw, values, Dialect(**dialect)))


def test_an_empty_number_says_what_stands_in_for_it(tmp_path: Path) -> None:
    """The fill is told, then scaled as any other; the flag is told as well."""
    lines = told(tmp_path, ["1", "2", "2", "", "15"], Plan(fill="mean", flag_missing=True))
    text, inputs = lines[3]
    assert text.startswith("empty → taken as 5 → (5 − ")
    manual_edits, shown = recompute(text)
    assert manual_edits == pytest.approx(inputs[0], abs=0.006)
    assert shown == pytest.approx(inputs[0], abs=0.005)
    assert text.endswith("missing: 1")
    assert lines[0][0].endswith("missing: 0")


def test_categories_list_their_zeros_and_ones(tmp_path: Path) -> None:
    """One input per category, in the order of the circles; an empty cell says what it counts as."""
    cells = ["Germany", "France", "Spain", "", "France"]
    lines = told(tmp_path, cells, Plan(treat="category"))
    assert lines[0] == ("Germany → 0, 1, 0", [0.0, 1.0, 0.0])
    assert lines[3] == ("empty → taken as France → 1, 0, 0", [1.0, 0.0, 0.0])
    assert told(tmp_path, cells, Plan(treat="category", fill="none of them"))[3][0] == "empty → 0, 0, 0"


def test_many_categories_are_not_listed_one_by_one(tmp_path: Path) -> None:
    """Of a dozen inputs the one that is 1 is named, or said to be missing."""
    cells = [f"town {n}" for n in range(12)] * 2 + [""]
    lines = told(tmp_path, cells, Plan(treat="category", fill="none of them"))
    assert lines[7][0] == "town 7 → 1 in the input town 7, 0 in the other 11 inputs"
    assert sum(lines[7][1]) == 1
    assert lines[-1][0] == "empty → 0 in all 12 inputs"


def test_a_rare_category_goes_to_the_common_input(tmp_path: Path) -> None:
    """A text that the training rows do not hold is in the input for all others."""
    cells = ["a", "b", "c"] * 3 + ["d"]
    feature = Feature(column="x", kind="category", inputs=("a", "b", "other"), categories=("a", "b"), has_other=True)
    assert text_of(feature, "d", (0.0, 0.0, 1.0)) == "d → 0, 0, 1"
    assert all(text.count(",") == 2 for text, _ in told(tmp_path, cells, Plan(treat="category"), rows=range(9)))


def test_yes_and_no_say_which_is_which(tmp_path: Path) -> None:
    """The other text is told, unless the file says 0 and 1 itself."""
    lines = told(tmp_path, ["no", "yes", "no", "yes", "no"], Plan(treat="yes_no"))
    assert lines[0] == ("no → 0  (yes is 1)", [0.0])
    assert lines[1] == ("yes → 1  (no is 0)", [1.0])
    assert told(tmp_path, ["0", "1", "0", "1", "0"], Plan(treat="yes_no"))[1][0] == "1 → 1"


@pytest.mark.parametrize("scaling", RECKONED)
def test_dates_tell_each_of_their_parts(tmp_path: Path, scaling: Scaling) -> None:
    """Year and days are scaled, month, weekday and hour are points of a circle; all give the inputs."""
    cells = ["2013-04-05 14:30", "2015-12-31 00:00", "2014-01-01 23:45", "2019-07-09 06:15", ""]
    parts = ("year", "month", "weekday", "hour", "days")
    for text, inputs in told(tmp_path, cells, Plan(date_parts=parts, scaling=scaling)):
        pieces = text.removeprefix("empty → ").split(" · ")
        assert len(pieces) == len(parts)
        place = 0
        for part, piece in zip(parts, pieces, strict=True):
            if part in ("year", "days"):
                manual_edits, shown = recompute(piece)
                assert manual_edits == pytest.approx(inputs[place], abs=0.01)
                assert shown == pytest.approx(inputs[place], abs=0.005)
                place += 1
            else:
                number, round_, sine, cosine = (value(found) for found in CIRCLE.findall(piece)[0])
                assert math.sin(2 * math.pi * number / round_) == pytest.approx(inputs[place], abs=1e-4)
                assert (sine, cosine) == pytest.approx(inputs[place : place + 2], abs=0.005)
                place += 2


@pytest.mark.parametrize(("use", "unit"), [("length", "characters"), ("words", "words")])
def test_texts_are_counted(tmp_path: Path, use: Any, unit: str) -> None:
    """The count is told before it is scaled; a long text is cut where it is shown."""
    cells = ["one two", "three four five", "a rather long text that goes on and on without an end", "", "x"]
    lines = told(tmp_path, cells, Plan(treat="text", text_as=use))
    assert lines[0][0].startswith(f"one two → {7 if use == 'length' else 2} {unit} → (")
    assert lines[2][0].startswith("a rather long text that goe… → ")
    for text, inputs in lines:
        manual_edits, _ = recompute(text)
        assert manual_edits == pytest.approx(inputs[0], abs=0.01)


def test_a_cell_that_is_no_number_is_taken_for_missing() -> None:
    """What can't be read is said, and what stands in for it."""
    feature = Feature(column="x", kind="number", inputs=("x",), mean=2.0, std=1.0, fill=2.0)
    assert text_of(feature, "abc", (0.0,)) == "abc → no number, taken as 2 → (2 − 2) / 1 = 0"


def test_a_number_of_astronomical_size_is_a_power_of_ten() -> None:
    """Nobody counts thirty digits."""
    feature = Feature(column="x", kind="number", inputs=("x",), mean=0.0, std=1.0)
    assert "(3·10³⁰ − 0) / 1 = +3·10³⁰" in text_of(feature, "3e30", (1e9,))
