"""Projects that were stored by earlier versions of the program open as they were."""

from __future__ import annotations

import shutil
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from project_sessions import reopened

from ann_viz.errors import ProjectFileError
from ann_viz.session import RunState, Session, load_model
from ann_viz.session.project import open_data, without_data
from ann_viz.session.project_info import file_info, info_lines
from ann_viz.session.project_summary import summarise
from ann_viz.session.projectfile import load_project
from ann_viz.session.trying.tried_row import typical_row

MODELS = Path(__file__).parent / "models"


def test_a_stored_project_of_this_format_opens(tmp_path: Path) -> None:
    """Written when the format was made; its data lie beside it, and its second run goes on."""
    for name in ("format4.annviz", "rows.csv"):
        shutil.copy(MODELS / name, tmp_path / name)
    other = reopened(tmp_path / "format4.annviz")
    assert [other.run_name(run) for run in other.runs] == ["before", "Same again"]
    assert other.newest is not None and other.newest.epoch == 4 and other.newest.params[0] == 0.5
    assert other.manual_edits.changed == {(0, 0, 0)}
    other.restore_last()
    other.train()
    assert other.wait(60) and other.newest.epoch == 8
    other.close()


def test_a_stored_project_with_an_average_opens(tmp_path: Path) -> None:
    """Written when there first was one, amid an epoch: the model is the average, and training goes on with both."""
    for name in ("format4_average.annviz", "rows.csv"):
        shutil.copy(MODELS / name, tmp_path / name)
    path = tmp_path / "format4_average.annviz"
    other, model = reopened(path), load_model(path)
    assert other.newest is not None and other.newest.average is not None and other.newest.step == 7
    np.testing.assert_array_equal(model.network.params, other.newest.average)
    assert not np.array_equal(other.newest.params, other.newest.average)
    other.train()
    assert other.wait(60) and other.newest.epoch == 8 and other.newest.weights_of.average
    other.close()


def test_a_stored_project_with_all_it_may_have_opens() -> None:
    """Its rows, one of them corrected, are inside; its past, what the test rows said and a small picture as well."""
    path = MODELS / "format4_whole.annviz"
    other = reopened(path)
    assert other.rows_inside and other.dataset is not None and other.dataset.table.n_edited == 1
    assert [look.n_rows for look in other.looks_at_test] == [len(other.dataset.test)]
    assert other.newest is not None and [
        moment.epoch for moment in other.newest.timeline if not moment.batch_index
    ] == [*range(4)]
    assert summarise(path).thumbnail is not None
    other.close()


def test_a_stored_project_with_settings_of_then_opens() -> None:
    """Each run knows with which settings it learned, and which it had until when."""
    other = reopened(MODELS / "format4_runs.annviz")
    assert [other.run_name(run) for run in other.runs] == ["First run", "L2 0.01, from epoch 2"]
    assert [(each.epoch, each.settings.learning_rate) for each in other.runs[0].earlier] == [(1, 0.01)]
    assert other.runs[0].settings.learning_rate == 0.02 and other.train_config.l2 == 0.01
    other.close()


def test_a_stored_project_with_summaries_opens_without_its_table() -> None:
    """Its table is nowhere: ranges, counts and a row to begin with come from what was stored with it."""
    project = load_project(MODELS / "format4_summaries.annviz")
    with pytest.raises(ProjectFileError, match=r"'customers\.csv', is not where it was"):
        open_data(project, MODELS)
    session = Session()
    session.open_project(project, without_data(project))
    assert session.described is not None and session.state is RunState.WITHOUT_ROWS and session.n_train == 64
    age, since, city, member = session.known.summaries(session.described)
    assert (age.low, age.high, age.n_missing, age.whole) == (18.0, 78.0, 8, True) and sum(age.histogram) == 72
    assert since.has_range and [text for text, _ in city.choices] == ["Bonn", "Kiel", "Ulm"]
    assert sum(n for _, n in member.choices) == 80
    assert session.tried == typical_row((age, since, city, member))
    session.close()


def test_a_stored_project_with_a_sweep_opens() -> None:
    """The sweep is among the runs, with the one that was opened from it below; the file says of both."""
    path = MODELS / "format4_sweeps.annviz"
    other = reopened(path)
    (swept,) = other.sweeps
    assert swept.words() == "4 runs, best validation loss 0.5000, mean of 2 seeds"
    assert [(run.sweep, other.run_name(run)) for run in other.runs] == [(None, "First run"), (1, "Sweep 1, row 1")]
    known = file_info(path)
    assert [run["sweep"] for run in known["runs"]] == [None, 1] and known["sweeps"][0]["runs"] == 4
    assert info_lines("it", known)[-1] == f"  Sweep 1: {swept.words()}"
    mark = other.work_mark()
    other.note_sweep(replace(swept, n_runs=5))
    assert other.work_mark() != mark and other.project().state.sweeps[0].n_runs == 5
    other.close()
