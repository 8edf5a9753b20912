"""A row that is in no file: it is shown as a row of the table is, and nobody claims to know its truth."""

from __future__ import annotations

import math
import random
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from ann_viz.data import Dataset, Plan, Recipe, build_dataset, open_table
from ann_viz.errors import StateError
from ann_viz.session import Session
from ann_viz.session.explaining import situation_of
from ann_viz.session.trying import column_summary
from ann_viz.session.trying.column_summary import summaries_of
from ann_viz.session.trying.tried_row import TriedRow, blank_row, random_row, row_of_table, typical_row
from ann_viz.session.trying.values import cell_of, encoded, shown_value


@pytest.fixture
def close_later() -> Iterator[Callable[[Dataset], Dataset]]:
    """Return a function that has data closed after the test."""
    opened: list[Dataset] = []

    def keep(dataset: Dataset) -> Dataset:
        opened.append(dataset)
        return dataset

    yield keep
    for dataset in opened:
        dataset.close()


def test_a_row_among_other_columns(mixed) -> None:
    """Of a run that learns from more of them or fewer: what it lacks is as in a row of the table."""
    fewer = build_dataset(mixed.table, replace(mixed.recipe, inputs=("size", "ill")))
    row = row_of_table(mixed, 5)
    assert row.among(mixed, mixed, 0) is row
    assert row.among(mixed, fewer, 0) == row_of_table(fewer, 5)
    back = row_of_table(fewer, 5).among(fewer, mixed, 2)
    there = dict(zip((feature.column for feature in mixed.encoder.features), back.values, strict=True))
    told = dict(zip(there, row_of_table(mixed, 2).values, strict=True))
    assert there == told | dict(zip(("size", "ill"), row_of_table(fewer, 5).values, strict=True))


def test_values_of_a_row_make_its_inputs(mixed) -> None:
    """Dates, missing cells and categories go the same way as when the file was read."""
    for index in range(len(mixed.X)):
        np.testing.assert_allclose(encoded(mixed.encoder, row_of_table(mixed, index).values), mixed.X[index], atol=1e-6)
    assert any(None in row_of_table(mixed, index).values for index in range(len(mixed.X)))


def test_values_are_written_as_in_the_file(mixed) -> None:
    """And as they are read: a day is a day in both."""
    summaries = {summary.name: summary for summary in summaries_of(mixed)}
    day, size = summaries["day"].feature, summaries["size"].feature
    assert cell_of(day, 18628.0) == "2021-01-01" and shown_value(day, 18628.0) == "2021-01-01"
    assert (
        cell_of(size, 12.5) == "12.5"
        and shown_value(size, 118400.0) == "118,400"
        and shown_value(size, 2013.0) == "2013"
    )
    assert shown_value(size, None) == "empty" and cell_of(size, None) is None


def test_what_is_known_of_columns(mixed) -> None:
    """Ranges are those seen, and a histogram counts every row that has a value."""
    summaries = {summary.name: summary for summary in summaries_of(mixed)}
    size, colour = summaries["size"], summaries["colour"]
    assert 1 <= size.low < size.typical < size.high <= 90 and size.n_missing > 0
    assert size.is_outside(size.high + 1) and not size.is_outside(None) and not size.is_outside(size.low)
    assert colour.typical in ("red", "green", "blue") and colour.is_outside("violet") and not colour.is_outside("red")
    assert sum(count for _, count in colour.choices) + colour.n_missing == mixed.table.n_rows
    assert sum(size.histogram) + size.n_missing == mixed.table.n_rows


def test_a_typical_and_a_blank_row(mixed) -> None:
    """One has a value in every column but free texts, the other in none."""
    summaries = summaries_of(mixed)
    typical = typical_row(summaries)
    assert all(value is not None for value, each in zip(typical.values, summaries, strict=True) if each.histogram)
    assert set(blank_row(summaries).values) == {None}
    assert random_row(mixed, random.Random(1)) in [row_of_table(mixed, index) for index in range(len(mixed.X))]


def test_everything_follows_the_row(session: Session) -> None:
    """Answer, labels and explanations are of the values; with None the example is back."""
    session.step("batch")
    example = session.shown_row()
    row = row_of_table(session.dataset, 3).with_value(0, 1.25)
    session.try_row(row)
    shown = session.shown_row()
    assert shown.facts.cells["x"] == "1.25" and shown is session.shown_row()
    np.testing.assert_array_equal(
        shown.values[-1], session.network.predict(encoded(session.dataset.encoder, row.values)[None])[0]
    )
    assert shown.names.row == "a new row" and shown.right is None and not shown.is_learned_from
    assert situation_of(session).made_up
    session.try_row(None)
    assert session.shown_row() == example


def test_an_example_ends_it(session: Session) -> None:
    """Who chooses a row of the table looks at that; what is pinned stays."""
    row = row_of_table(session.dataset, 3)
    session.try_row(row)
    session.pin_rows((row, row, row, row, row.with_value(0, 2.0)))
    assert len(session.trying.pinned) == 4 and session.trying.pinned[-1].values[0] == 2.0
    session.set_example(5)
    assert session.tried is None and len(session.trying.pinned) == 4


def test_other_data_forget_it(session: Session, flowers) -> None:
    """Values for other columns would mean nothing."""
    session.try_row(row_of_table(session.dataset, 3))
    session.open(flowers)
    assert session.tried is None and session.trying.pinned == ()
    with pytest.raises(StateError, match="other columns"):
        session.try_row(TriedRow((1.0,)))


def test_no_number_is_no_value(session: Session) -> None:
    """A missing number stands in the network as what fills it, as in the file."""
    empty = row_of_table(session.dataset, 3).with_value(0, None)
    x = encoded(session.dataset.encoder, empty.values)
    assert math.isfinite(x[0]) and x[0] != session.dataset.X[3][0]


def test_a_long_table_is_summed_up_by_rows_spread_evenly(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, close_later
) -> None:
    """Ranges are those of all rows learned from; what no row that was read has a value of has no middle."""
    monkeypatch.setattr(column_summary, "MOST_ROWS", 20)
    lines = ["steady,rare,words,close,price"]
    for i in range(400):
        rare = f"{i / 4}" if 1 <= i <= 9 else ""
        lines.append(f"{i % 50},{rare},{'some words here ' * (i % 3 + 1)}{i},1.{'0' * 15}{2 * (i % 2)},{i * 37 % 100}")
    path = tmp_path / "long.csv"
    path.write_text("\n".join(lines) + "\n")
    plans = (("words", Plan(treat="text", text_as="length")),)
    recipe = Recipe(target="price", task="regression", inputs=("steady", "rare", "words", "close"), plans=plans)
    dataset = close_later(build_dataset(open_table(path), recipe))
    steady, rare, words, close = summaries_of(dataset)
    assert (steady.low, steady.high) == (0.0, 49.0) and sum(steady.histogram) == 20
    assert rare.typical is None and rare.n_missing == 20 and not rare.has_range
    assert words.typical is None and words.n_missing == 0 and words.choices == ()
    assert close.histogram == () and close.typical is not None
