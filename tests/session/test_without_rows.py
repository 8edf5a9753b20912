"""A project whose table is gone is a document: it is shown, tried and saved, loses nothing, and trains on later."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from ann_viz.data import Dataset
from ann_viz.engine import TrainConfig
from ann_viz.errors import DataError, ProjectFileError, StateError
from ann_viz.session import RunState, Session
from ann_viz.session.judged.costs import MistakeCosts
from ann_viz.session.project import Project, open_data, without_data
from ann_viz.session.projectfile import load_project, project_bytes, save_project
from ann_viz.session.trying.asking import question_of
from ann_viz.session.trying.reasons import find_reasons
from ann_viz.session.trying.stored_summaries import made_up_rows, told_summaries
from ann_viz.session.trying.summary_record import SummaryRecord, records_of
from ann_viz.session.trying.tried_row import TriedRow, typical_row

Change = Callable[[dict[str, Any]], object]


@pytest.fixture
def project(session: Session, tmp_path: Path) -> Project:
    """Two runs, one of them left amid an epoch with all that can be done by hand, read back from its file."""
    session.step("epoch")
    assert session.wait(60)
    session.rename_run(1, "first")
    session.new_start()
    session.step("epoch")
    assert session.wait(60)
    session.step("batch")
    session.set_parameter(0, 1, 2, 0.25)
    session.lock_parameter(1, 0, 0, True)
    session.switch_neuron(1, 3, False)
    session.set_threshold(0.31)
    session.set_example(7)
    session.set_costs(MistakeCosts(missed=300.0))
    session.lock_columns(frozenset({"colour"}))
    save_project(tmp_path / "work.annviz", session.project())
    return load_project(tmp_path / "work.annviz")


@pytest.fixture
def bare(project: Project) -> Iterator[Session]:
    """A session with that project and without its table."""
    session = Session()
    session.open_project(project, without_data(project))
    yield session
    session.close()


def params(session: Session) -> bytes:
    assert session.newest is not None
    return session.newest.params.tobytes()


def content(project: Project) -> tuple[str, bytes]:
    """Return all that the file of a project says: its description and its arrays."""
    whole = project_bytes(project)
    end = 8 + int.from_bytes(whole[:8], "little")
    return json.loads(whole[8:end])["__metadata__"]["ann_viz"], whole[end:]


def test_the_network_stands_as_it_was_left(session: Session, bare: Session) -> None:
    """Weights, course, names, threshold, what was done by hand; but no rows, so that nobody works with them."""
    assert bare.state is RunState.WITHOUT_ROWS and bare.dataset is None
    assert bare.described is not None and bare.described.name == "circles.csv"
    assert params(bare) == params(session) and bare.threshold == 0.31 and bare.costs.missed == 300.0
    assert bare.manual_edits.locked == {(1, 0, 0)} and bare.manual_edits.off == {(1, 3)}
    assert bare.newest is not None and session.newest is not None
    np.testing.assert_array_equal(bare.newest.history.train_loss, session.newest.history.train_loss)
    now, then = bare.newest, session.newest
    assert (now.weights_of, now.moment, now.learning_rate) == (then.weights_of, then.moment, then.learning_rate)
    assert now.measured is None  # its rows can't be asked, and these weights are of no epoch's end
    assert [bare.run_name(run) for run in bare.runs] == [session.run_name(run) for run in session.runs]
    assert bare.metrics("validation") == {}


def test_saved_without_its_rows_it_is_the_same_file(project: Project, bare: Session) -> None:
    """To the last byte, also after another run was on show; and what is changed meanwhile is in it."""
    before = content(project)
    assert content(bare.project()) == before
    mark = bare.work_mark()
    bare.show_run(1)
    bare.show_run(2)
    assert content(bare.project()) == before and bare.work_mark() == mark
    bare.set_run_note(2, "without its table")
    assert bare.work_mark() != mark
    assert bare.project().runs[1].record.note == "without its table"


def test_a_row_is_tried_and_explained_from_stored_summaries(session: Session, bare: Session) -> None:
    """The typical row is the one that the table gives, and stands in the place of the example."""
    dataset = session.dataset
    assert dataset is not None and bare.tried == typical_row(session.known.summaries(dataset))
    bare.try_row(TriedRow((0.0, 0.0, "red")))
    row = bare.shown_row()
    assert row is not None and row.facts.is_made_up and row.facts.cells["colour"] == "red"
    question = question_of(bare, column="x")
    assert question is not None and question.background.shape == (100, 5)
    found = find_reasons(question, lambda _share: None, lambda: False)
    assert found.is_finite and found.curve is not None and len(found.curve.values) > 40
    bare.try_row(None)
    assert bare.tried == typical_row(session.known.summaries(dataset))


@pytest.mark.parametrize(
    "command",
    [
        lambda s: s.train(),
        lambda s: s.step("batch"),
        lambda s: s.set_example(0),
        lambda s: s.reset(),
        lambda s: s.set_parameter(0, 0, 0, 1.0),
        lambda s: s.restore_best(),
        lambda s: s.ask_test_rows(),
        lambda s: s.find_wrong(),
    ],
)
def test_what_needs_rows_is_refused_and_changes_nothing(
    project: Project, bare: Session, command: Callable[[Session], object]
) -> None:
    """Refused with a sentence that says why."""
    with pytest.raises(StateError, match="table"):
        command(bare)
    assert content(bare.project()) == content(project)


def test_a_row_of_the_missing_table_is_an_error(bare: Session) -> None:
    """Whoever asks for one by mistake is told so, and never gets zeros."""
    assert bare.described is not None
    with pytest.raises(DataError, match="is missing"):
        bare.described.table.rows(0, 1)


def test_its_rows_make_everything_come_alive(project: Project, session: Session, bare: Session, tmp_path: Path) -> None:
    """What was tried, pinned, written and set meanwhile stays, and training goes on to the same bits."""
    tried = TriedRow((0.0, 0.5, "blue"))
    bare.try_row(tried)
    bare.pin_rows((tried,))
    bare.rename_run(2, "second")
    bare.set_threshold(0.4)
    bare.take_rows(open_data(project, tmp_path))
    assert bare.state is RunState.PAUSED and bare.dataset is not None
    assert bare.tried == tried and bare.trying.pinned == (tried,) and bare.trying.locked == {"colour"}
    assert bare.threshold == 0.4 and bare.run_name(bare.runs[1]) == "second"
    bare.try_row(None)
    assert bare.example == 7 and bare.tried is None
    for one in (session, bare):
        one.step("epoch")
        assert one.wait(60)
    assert params(bare) == params(session)


def test_other_data_take_its_place(bare: Session, flowers: Dataset) -> None:
    """As with any other document."""
    bare.open(flowers)
    assert bare.state is RunState.READY and bare.dataset is flowers and bare.tried is None


def test_summaries_hold_no_rare_text(session: Session, tmp_path: Path) -> None:
    """Of a column with a value that only one row has, the file says nothing that its encoding does not."""
    dataset = session.dataset
    assert dataset is not None
    summary = session.known.summaries(dataset)[2]
    rare = replace(summary, choices=(*summary.choices, ("Wolpertinger", 1)))
    assert "Wolpertinger" not in json.dumps([asdict(each) for each in records_of([rare])])


def test_made_up_rows_are_spread_as_the_table_was(session: Session) -> None:
    """Means and shares of the inputs are near those of the training rows; the same rows every time."""
    dataset = session.dataset
    assert dataset is not None
    summaries = told_summaries(records_of(session.known.summaries(dataset)), dataset.encoder)
    rows = made_up_rows(summaries, 100)
    np.testing.assert_allclose(rows.mean(axis=0), dataset.X.mean(axis=0), atol=0.12)
    np.testing.assert_allclose(rows.std(axis=0), dataset.X.std(axis=0), atol=0.12)
    assert made_up_rows(summaries, 100).tobytes() == rows.tobytes()


def test_a_project_without_summaries_tells_what_its_encoding_knows(project: Project) -> None:
    """As earlier versions wrote it: ranges and categories, a row to begin with, reasons."""
    session = Session()
    old = with_summaries(project, ())
    session.open_project(old, without_data(old))
    assert session.described is not None
    summaries = session.known.summaries(session.described)
    assert summaries[0].has_range and [text for text, _ in summaries[2].choices] == ["blue", "grey", "red"]
    assert session.tried is not None and not any(
        each.is_outside(value) for each, value in zip(summaries, session.tried.values, strict=True)
    )
    question = question_of(session)
    assert question is not None and find_reasons(question, lambda _share: None, lambda: False).is_finite
    session.close()


CONTRADICTIONS: dict[str, Change] = {
    "another column": lambda x: x.update(column="z"),
    "a range upside down": lambda x: x.update(low=3.0, high=-3.0),
    "another range than the encoding": lambda x: x.update(low=-9.0),
    "a range without a spread": lambda x: x.update(spread=None),
    "a negative spread": lambda x: x.update(spread=-1.0),
    "a negative count": lambda x: x.update(histogram=[-1, 2]),
    "too many bars": lambda x: x.update(histogram=[1] * 37),
    "more rows than there can be": lambda x: x.update(histogram=[1 << 60]),
    "categories of a number": lambda x: x.update(counts=[1, 2]),
    "a text among numbers": lambda x: x.update(typical="red"),
    "a number that none can be": lambda x: x.update(typical=1e300),
}


@pytest.mark.parametrize("change", CONTRADICTIONS.values(), ids=CONTRADICTIONS.keys())
def test_summaries_that_contradict_the_encoding_are_refused(project: Project, tmp_path: Path, change: Change) -> None:
    """The file is damaged, in one sentence, with its table or without."""
    value = asdict(project.state.summaries[0])
    change(value)
    record = SummaryRecord(**{name: tuple(v) if isinstance(v, list) else v for name, v in value.items()})
    _refused(with_summaries(project, (record, *project.state.summaries[1:])), tmp_path)


def test_summaries_of_categories_must_be_those_of_the_encoding(project: Project, tmp_path: Path) -> None:
    """As many counts as there are categories, a typical text among them, and no range."""
    colour, others = project.state.summaries[2], project.state.summaries[:2]
    changes: list[dict[str, Any]] = [
        {"counts": (1, 2)},
        {"typical": "green"},
        {"typical": 1.0},
        {"low": 0.0, "high": 1.0, "spread": 1.0},
        {"histogram": (1,)},
    ]
    for change in changes:
        _refused(with_summaries(project, (*others, replace(colour, **change))), tmp_path)
    _refused(with_summaries(project, others), tmp_path)


def with_summaries(project: Project, summaries: tuple[SummaryRecord, ...]) -> Project:
    return replace(project, state=replace(project.state, summaries=summaries))


def _refused(project: Project, folder: Path) -> None:
    save_project(folder / "bad.annviz", project)
    with pytest.raises(ProjectFileError, match="damaged model file"):
        load_project(folder / "bad.annviz")


def test_a_number_to_predict_has_ends_without_rows(houses: Dataset, tmp_path: Path) -> None:
    """Two spreads round its mean, as far as the encoding tells."""
    session = Session(TrainConfig(epochs=1))
    session.open(houses)
    save_project(tmp_path / "houses.annviz", session.project())
    project = load_project(tmp_path / "houses.annviz")
    column = without_data(project).table.column("price")
    encoder = houses.encoder
    assert (column.minimum + column.maximum) / 2 == pytest.approx(encoder.target_mean)
    assert column.maximum - column.minimum == pytest.approx(4 * encoder.target_std)
    session.close()
