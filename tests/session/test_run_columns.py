"""Runs side by side: which settings have a column, how a column is sorted, and what is copied of it."""

from __future__ import annotations

import csv
import io
import math

import pytest

from ann_viz.engine import LayerConfig
from ann_viz.session import Session
from ann_viz.session.run_columns import RunsSideBySide, runs_csv, runs_side_by_side, time_taken


@pytest.fixture
def runs(session: Session) -> RunsSideBySide:
    """A first run, one with a penalty and gradients cut, one with another shape, and one that has learned nothing."""
    for change in (
        lambda: None,
        lambda: session.set_training(l2=0.001, clip_norm=1.0),
        lambda: session.set_hidden((LayerConfig(neurons=3),)),
    ):
        change()
        session.reset()
        session.train()
        session.wait()
    session.rename_run(session.run_numbers[0], "=1+1")
    session.set_run_note(session.run_numbers[0], "small")
    session.set_training(learning_rate=0.5)
    session.reset()
    return runs_side_by_side(session)


def place(runs: RunsSideBySide, name: str) -> int:
    return next(place for place, column in enumerate(runs.columns) if column.name == name)


def values(runs: RunsSideBySide, name: str) -> list[float | str]:
    return [row[place(runs, name)][1] for row in runs.cells]


def test_settings_that_differ_have_a_column(runs: RunsSideBySide) -> None:
    """Those that are the same everywhere have none; a setting that is off has no number."""
    settings = [column.name for column in runs.columns if column.is_setting]
    assert settings == ["hidden", "learning_rate", "l2", "clip_norm"]
    assert values(runs, "l2") == [0.0, 0.001, 0.001, 0.001]
    assert math.isnan(values(runs, "clip_norm")[0]) and runs.cells[0][place(runs, "clip_norm")][0] == "off"
    assert not runs.columns[place(runs, "hidden")].is_number and runs.columns[place(runs, "l2")].is_number


def test_the_score_is_that_of_the_best_epoch(session: Session, runs: RunsSideBySide) -> None:
    """As the history has it; a run that has learned nothing has none."""
    run = session.find_run(runs.numbers[0]).snapshot
    assert values(runs, "loss")[0] == run.best_loss and values(runs, "best_epoch")[0] == run.best_epoch
    assert values(runs, "score")[0] == run.history.judged_metric[run.best_epoch]
    assert values(runs, "parameters")[2] == session.find_run(runs.numbers[2]).network_config.n_parameters
    assert runs.numbers[-1] == runs.current and math.isnan(values(runs, "score")[-1])


def test_a_column_is_sorted_by_its_numbers(runs: RunsSideBySide) -> None:
    """Up or down; what has no number, or no note, stands last either way."""
    losses = values(runs, "loss")
    up = runs.order(place(runs, "loss"), descending=False)
    assert [losses[row] for row in up[:3]] == sorted(losses[:3]) and up[3] == 3
    assert runs.order(place(runs, "loss"), descending=True) == [*up[2::-1], 3]
    assert runs.order(place(runs, "note"), descending=True)[0] == 2
    assert runs.order(place(runs, "clip_norm"), descending=False)[-1] == 0


def test_rows_are_copied_and_saved_with_full_numbers(runs: RunsSideBySide) -> None:
    """In the order asked for; a name that begins like a formula is shown, not run."""
    lines = runs.lines([2, 0])
    assert lines[0][:3] == ["Run", "Accuracy", "Best loss"] and [line[0] for line in lines[1:]] == ["=1+1", "First run"]
    assert lines[2][place(runs, "loss")] == values(runs, "loss")[0] and lines[2][place(runs, "clip_norm")] == ""
    (head, first, _) = csv.reader(io.StringIO(runs_csv(lines)))
    assert head == lines[0] and first[0] == "'=1+1"
    assert float(first[place(runs, "loss")]) == values(runs, "loss")[2]


def test_a_short_time_is_told_as_one() -> None:
    """A run that has trained never took no time; before its first epoch has ended nothing is known."""
    assert [time_taken(seconds) for seconds in (0.0, 0.02, 0.1, 4.23, 340.4)] == [
        "–",
        "<0.1 s",
        "0.1 s",
        "4.2 s",
        "340 s",
    ]
