"""How the form asks: which control, which choices, which steps; and pictures as rows."""

from __future__ import annotations

import numpy as np
import pytest

from ann_viz.data import Feature
from ann_viz.scene.pixels import PixelImage
from ann_viz.session.trying.column_summary import ColumnSummary
from ann_viz.session.trying.form import choices_of, control_of, kind_icon, label_of, range_text
from ann_viz.session.trying.grids import between, curve_values, seen_values
from ann_viz.session.trying.pixels import drawn_row, ink_of
from ann_viz.session.trying.rounding import nice_step
from ann_viz.session.trying.tried_row import TriedRow
from ann_viz.session.trying.values import blocks_of


def number(low: float, high: float, *, whole: bool = True, **options: object) -> ColumnSummary:
    feature = Feature(column="n", kind="number", inputs=("n",))
    return ColumnSummary(feature=feature, label="n", low=float(low), high=float(high), whole=whole, **options)


def category(*texts: str, rare: int = 0) -> ColumnSummary:
    feature = Feature(column="c", kind="category", inputs=texts, categories=texts)
    choices = tuple((text, 5) for text in texts) + tuple((f"rare {k}", 1) for k in range(rare))
    return ColumnSummary(feature=feature, label="c", choices=choices)


def yes_no(no: str, yes: str) -> ColumnSummary:
    feature = Feature(column="b", kind="yes_no", inputs=("b",), categories=(no, yes), positive=yes)
    return ColumnSummary(feature=feature, label="b", choices=((no, 3), (yes, 4)))


def of_kind(kind: str) -> ColumnSummary:
    return ColumnSummary(feature=Feature(column="k", kind=kind, inputs=("k",)), label="k", low=1.0, high=9.0)


@pytest.mark.parametrize(
    ("summary", "control"),
    [
        (number(1, 4), "segments"),
        (number(1, 9), "slider"),
        (number(1, 4, whole=False), "slider"),
        (number(2, 2), "slider"),
        (category("red", "green"), "segments"),
        (category("a very long name", "another long name"), "list"),
        (category("France", "Germany", "Spain"), "segments"),
        (category("East", "West", "Ost", "Sud", "Nord"), "segments"),
        (category("Basic", "Business", "Plus", "Premium"), "list"),  # as wide as the widest, each
        (category("北海道地方", "東北地方", "関東地方"), "list"),  # letters as wide as two
        (category(*"abcdefgh"), "list"),
        (yes_no("0", "1"), "segments"),
        (of_kind("date"), "date"),
        (of_kind("text"), "text"),
    ],
)
def test_the_control_follows_the_values(summary: ColumnSummary, control: str) -> None:
    """All values side by side where these are few and short."""
    assert control_of(summary) == control and kind_icon(summary)


def test_what_choices_are_called() -> None:
    """0 and 1 are no and yes; words stay as they are, the one that counts first."""
    assert choices_of(yes_no("0", "1")) == (("1", "yes"), ("0", "no")) and label_of(yes_no("0", "1"), "1") == "yes"
    assert [label for _, label in choices_of(yes_no("Male", "Female"))] == ["Female", "Male"]
    assert choices_of(number(1, 3)) == ((1.0, "1"), (2.0, "2"), (3.0, "3"))
    assert len(choices_of(category("a", "b", rare=2))) == 4
    assert label_of(yes_no("0", "1"), None) == "empty" and label_of(number(1, 9), 4.0) == "4"
    assert range_text(number(350, 12000)) == "350 to 12,000" and range_text(category("a")) == ""


def test_steps_are_round_numbers() -> None:
    """1, 2 or 5 times a power of ten, about as many as asked for."""
    assert [nice_step(width, 40) for width in (40.0, 60.0, 100.0, 0.3)] == [1.0, 2.0, 5.0, pytest.approx(0.01)]
    assert nice_step(10.0, 40, whole=True) == 1.0
    assert between(number(0, 9), 3.0, 3.0) == () and between(number(0, 9), 5.0, 2.0) == (2.0, 3.0, 4.0, 5.0)
    values = between(number(0, 1, whole=False), 0.1, 0.9)
    assert values[0] == 0.1 and values[-1] == 0.9 and 30 <= len(values) <= 41


def test_values_that_are_tried_were_seen() -> None:
    """All categories with an input, the whole numbers of a range; nothing where there is one value only."""
    assert seen_values(category("a", "b", rare=3)) == ("a", "b")
    assert seen_values(number(1, 4)) == (1.0, 2.0, 3.0, 4.0) and seen_values(number(2, 2)) == ()
    assert curve_values(category("a", "b"), "c") == ("a", "b", "c")
    assert curve_values(category("a", "b"), None) == ("a", "b")
    assert curve_values(number(2, 2), 2.0) == (2.0,) and curve_values(number(2, 2), None) == ()
    assert (
        curve_values(number(1, 4), 2.5) == (1.0, 2.0, 2.5, 3.0, 4.0) and len(curve_values(number(0, 1000), None)) == 41
    )


def test_a_picture_is_a_row() -> None:
    """Ink becomes numbers, of a pixel that is on or off one of its two texts; pixels that are no input stay empty."""
    summaries = (number(0, 16), yes_no("0", "1"), category("odd", "even"))
    picture = PixelImage(2, np.array([0, 1, 3]))
    row = drawn_row(np.array([0.5, 0.9, 1.0, 0.0]), picture, summaries)
    assert row.values == (8.0, "1", "odd")
    np.testing.assert_allclose(ink_of(row, picture, summaries), [0.5, 1 / 16, 0.0, 0.0])
    assert ink_of(TriedRow((None, "0", None)), picture, summaries).sum() == 0
    assert drawn_row(np.array([1.0]), PixelImage(1, np.array([0])), (number(2, 2),)).values == (1.0,)


def test_a_text_is_counted() -> None:
    """And a number that means "no value" has none."""
    text = Feature(column="t", kind="text", inputs=("t",), text_as="words")
    np.testing.assert_array_equal(blocks_of(text, ["one two", None]), [[2.0], [0.0]])
    absent = Feature(column="n", kind="number", inputs=("n", "n missing"), flag=True, form=" without -1.0", fill=3.0)
    np.testing.assert_array_equal(blocks_of(absent, [5.0, -1.0]), [[5.0, 0.0], [3.0, 1.0]])
