"""A place on a map of two columns is two values of a row: what a form could have given it."""

from __future__ import annotations

import numpy as np
import pytest

from ann_viz.engine import Network, NetworkConfig
from ann_viz.session.judged.columns import Columns, ColumnsRequest, map_of, work_out_columns
from ann_viz.session.judged.values import column_values
from ann_viz.session.trying.column_summary import summaries_of
from ann_viz.session.trying.on_map import moved_on_map, step_on
from ann_viz.session.trying.tried_row import row_of_table
from ann_viz.session.trying.values import encoded


@pytest.fixture
def columns(mixed) -> Columns:
    """Return the columns of a network that has learned nothing yet, of data with every kind of column."""
    encoder = mixed.encoder
    config = NetworkConfig(n_inputs=encoder.n_inputs, n_outputs=encoder.n_outputs, task=encoder.task)
    return work_out_columns(ColumnsRequest(dataset=mixed, network=Network(config), before=(), part="train"))


def test_a_place_gives_two_columns_their_values_and_leaves_the_others(mixed, columns) -> None:
    """A number is rounded to what matters, a category is the nearest one, and the ring is where it was let go."""
    row, summaries = row_of_table(mixed, 3), summaries_of(mixed)
    drawn = map_of(columns, "size", "colour", "example", mixed.X[3])
    names = list(drawn.up.names)
    moved = moved_on_map(row, drawn, 41.23456, names.index("blue") + 0.3, summaries)
    place = {feature.column: at for at, feature in enumerate(mixed.encoder.features)}
    assert moved.values[place["colour"]] == "blue"
    assert moved.values[place["size"]] == pytest.approx(41.2, abs=0.1)
    assert len(str(moved.values[place["size"]])) <= 5
    others = set(place.values()) - {place["size"], place["colour"]}
    assert others and all(moved.values[at] == row.values[at] for at in others)
    x = encoded(mixed.encoder, moved.values)
    for feature, group in zip(mixed.encoder.features, mixed.encoder.groups, strict=True):
        if feature.column == "size":
            assert column_values(feature, group, x[None]).own[0] == pytest.approx(moved.values[place["size"]], rel=1e-5)


def test_beyond_the_ends_is_the_end_and_yes_or_no_is_one_of_both(mixed, columns) -> None:
    row, summaries = row_of_table(mixed, 3), summaries_of(mixed)
    drawn = map_of(columns, "size", "ill", "example", mixed.X[3])
    place = {feature.column: at for at, feature in enumerate(mixed.encoder.features)}
    for far, answer in ((-1e9, drawn.up.names[0]), (1e9, drawn.up.names[1])):
        moved = moved_on_map(row, drawn, far, far, summaries)
        assert moved.values[place["ill"]] == answer
        end = drawn.across.at[0] if far < 0 else drawn.across.at[-1]
        assert moved.values[place["size"]] == pytest.approx(float(end), abs=0.2)


def test_dates_keep_their_value(mixed, columns) -> None:
    """On a map they are an input without a unit, from which no date follows."""
    row, summaries = row_of_table(mixed, 3), summaries_of(mixed)
    drawn = map_of(columns, "day", "size", "example", mixed.X[3])
    moved = moved_on_map(row, drawn, float(drawn.across.at[0]), 20.0, summaries)
    place = {feature.column: at for at, feature in enumerate(mixed.encoder.features)}
    assert moved.values[place["day"]] == row.values[place["day"]]
    assert moved.values[place["size"]] == 20.0


def test_a_key_goes_a_round_step_or_to_the_next_category(mixed, columns) -> None:
    summaries = {each.name: each for each in summaries_of(mixed)}
    assert step_on(columns.values("colour", 5), summaries["colour"]) == 1
    values = columns.values("size", 75)
    step = step_on(values, summaries["size"])
    assert np.ptp(values.at) / 100 < step < np.ptp(values.at) / 20
    assert f"{step:.0e}"[0] in "125"
