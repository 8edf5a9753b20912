"""A project comes back as it was left, and goes on to the same bits."""

from __future__ import annotations

import errno
import json
import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import NoReturn

import numpy as np
import pytest
from project_sessions import SETTINGS, reopened, train

from ann_viz.data import Dataset, build_dataset, open_table, suggest_recipe
from ann_viz.engine import LayerConfig
from ann_viz.errors import ConfigError, ProjectFileError, StateError
from ann_viz.session import Moment, RunState, Session, load_model, save_model
from ann_viz.session.headless import learn, open_dataset, resume
from ann_viz.session.judged.costs import MistakeCosts
from ann_viz.session.project import open_data
from ann_viz.session.project_info import file_info, info_lines
from ann_viz.session.projectfile import is_project, load_project, save_project
from ann_viz.session.view_state import ViewState
from tests.session.conftest import write_circles


@pytest.fixture
def session(circles: Dataset) -> Iterator[Session]:
    session = Session(SETTINGS)
    session.open(circles)
    yield session
    session.close()


def params(session: Session) -> bytes:
    assert session.newest is not None
    return session.newest.params.tobytes()


def test_training_goes_on_to_the_same_bits(session: Session, tmp_path: Path) -> None:
    """Left in mid-epoch, with hand edits, a lock and a neuron that is off."""
    train(session, 3)
    session.step("batch")
    session.set_parameter(0, 1, 2, 0.25)
    session.lock_parameter(1, 0, 0, True)
    session.switch_neuron(1, 3, False)
    save_project(tmp_path / "work.annviz", session.project())
    other = reopened(tmp_path / "work.annviz")
    assert params(other) == params(session) and other.state is RunState.PAUSED
    assert other.manual_edits.locked == {(1, 0, 0)} and other.manual_edits.off == {(1, 3)}
    train(session, 4)
    train(other, 4)
    assert params(other) == params(session)
    for one in (session, other):
        one.switch_neuron(1, 3, True)
    assert params(other) == params(session)
    assert other.newest is not None and session.newest is not None
    np.testing.assert_array_equal(other.newest.history.validation_loss, session.newest.history.validation_loss)
    other.close()


def test_all_runs_come_back(session: Session, tmp_path: Path) -> None:
    """With names, notes, parents and settings; each can be gone back to."""
    train(session, 2)
    first = session.runs[0].number
    session.rename_run(first, "the first <b>")
    session.set_run_note(first, "a note")
    session.pin_run(first, True)
    session.set_hidden((LayerConfig(neurons=3),))
    session.set_training(learning_rate=0.1)
    train(session, 2)
    session.set_example(7)
    save_project(tmp_path / "work.annviz", session.project())
    other = reopened(tmp_path / "work.annviz")
    assert [other.run_name(run) for run in other.runs] == [session.run_name(run) for run in session.runs]
    assert (other.runs[0].note, other.runs[0].is_pinned, other.example) == ("a note", True, 7)
    assert other.train_config == session.train_config and other.network_config == session.network_config
    learned = [(run.settings, run.earlier) for run in session.runs]
    assert [(run.settings, run.earlier) for run in other.runs] == learned
    for one in (session, other):
        one.show_run(first)
        train(one, 1)
    assert params(other) == params(session)
    other.look_at(Moment(first, 1))
    assert other.looking_at == Moment(first, 1), "its past is kept as well"
    other.set_hidden((LayerConfig(neurons=5),))
    assert len({run.number for run in other.runs}) == len(other.runs)
    other.close()


def test_resumed_training_is_training_in_one_go(circles: Dataset, tmp_path: Path) -> None:
    """Six epochs, best weights put back and saved, then on to twelve: as twelve straight, from the last state."""
    straight = Session(SETTINGS)
    straight.open(circles)
    learn(straight)
    half = Session(replace(SETTINGS, epochs=6))
    half.open(circles)
    learn(half)
    save_project(tmp_path / "half.annviz", half.project())
    rest = Session()
    resume(rest, tmp_path / "half.annviz", epochs=12)
    assert rest.newest is not None and rest.newest.epoch == 6
    learn(rest)
    assert params(rest) == params(straight)
    with pytest.raises(ConfigError, match="6 epochs already"):
        resume(Session(), tmp_path / "half.annviz", epochs=6)
    for session in (straight, half, rest):
        session.close()


def test_a_project_is_a_model(session: Session, tmp_path: Path) -> None:
    """Predicting takes it as it takes a model; a model is no project and says so."""
    train(session, 2)
    save_project(tmp_path / "work.annviz", session.project())
    save_model(tmp_path / "model.annviz", session.model())
    project, model = (load_model(tmp_path / name) for name in ("work.annviz", "model.annviz"))
    assert project.network.params.tobytes() == model.network.params.tobytes()
    assert project.encoder.to_json() == model.encoder.to_json()
    assert is_project(tmp_path / "work.annviz") and not is_project(tmp_path / "model.annviz")
    with pytest.raises(ProjectFileError, match=r"'model\.annviz' holds a trained network"):
        load_project(tmp_path / "model.annviz")


def test_what_a_file_says_of_itself(session: Session, tmp_path: Path) -> None:
    """Counted from what was done; the lines name data and runs."""
    train(session, 3)
    save_project(tmp_path / "work.annviz", session.project())
    known = json.loads(json.dumps(file_info(tmp_path / "work.annviz")))
    assert (known["kind"], known["target"], known["sizes"], known["rows_inside"]) == (
        "project", "inside", [5, 6, 6, 1], False,
    )  # fmt: skip
    assert known["data"]["rows"] == 120 and known["data"]["found"]
    assert [(run["epochs"], run["number"]) for run in known["runs"]] == [(3, known["current"])]
    assert known["runs"][0]["training"]["dropout"] == 0.2
    lines = info_lines("work.annviz", known)
    assert any(line.startswith("* First run: 3 epochs") for line in lines)
    save_model(tmp_path / "model.annviz", session.model())
    assert file_info(tmp_path / "model.annviz")["kind"] == "model"


def test_a_file_calls_its_runs_as_the_window_does(session: Session, tmp_path: Path) -> None:
    """By their title, or by what changed against the run they came from."""
    train(session, 2)
    session.set_training(l2=0.25)
    session.reset()
    train(session, 2)
    save_project(tmp_path / "work.annviz", session.project())
    names = [run["name"] for run in file_info(tmp_path / "work.annviz")["runs"]]
    assert names == [session.run_name(run) for run in session.runs] and "0.25" in names[1]


def test_the_average_is_saved(circles: Dataset, tmp_path: Path) -> None:
    """A run that was left amid an epoch goes on as if it had not been, its average and what is judged included."""
    session = Session(replace(SETTINGS, average_epochs=2.0))
    session.open(circles)
    train(session, 3)
    session.step("batch")
    save_project(tmp_path / "work.annviz", session.project())
    other = reopened(tmp_path / "work.annviz")
    for one in (session, other):
        train(one, 3)
    assert other.newest is not None and session.newest is not None
    np.testing.assert_array_equal(other.newest.average, session.newest.average)
    np.testing.assert_array_equal(other.newest.history.validation_loss, session.newest.history.validation_loss)
    other.close()
    session.close()


# The data -----------------------------------------------------------------------------------------------------------
def test_data_are_found_where_they_went(tmp_path: Path) -> None:
    """Beside the project, or where somebody says; elsewhere or changed they are not taken."""
    old, new = tmp_path / "old", tmp_path / "new"
    old.mkdir()
    dataset = open_dataset(write_circles(old / "circles.csv"), target="inside")
    session = Session(SETTINGS)
    session.open(dataset)
    train(session, 1)
    save_project(old / "work.annviz", session.project())
    session.close()
    shutil.move(old, new)
    project = load_project(new / "work.annviz")
    open_data(project, new).table.close()
    shutil.move(new / "circles.csv", tmp_path / "moved.csv")
    with pytest.raises(ProjectFileError, match=r"'circles\.csv', is not where it was"):
        open_data(project, new)
    open_data(project, new, tmp_path / "moved.csv").table.close()
    with (tmp_path / "moved.csv").open("a") as file:
        file.write("1,2,red,yes\n")
    with pytest.raises(ProjectFileError, match=r"'moved\.csv' is another file .* or has changed since"):
        open_data(project, new, tmp_path / "moved.csv")
    shutil.copy(tmp_path / "moved.csv", new / "circles.csv")
    with pytest.raises(ProjectFileError, match=r"'circles\.csv' has changed"):
        open_data(project, new)
    lines = info_lines("work.annviz", file_info(new / "work.annviz"))
    assert "(has changed)" in lines[3] and "trains on once you say where the file is" in lines[4]
    (new / "circles.csv").unlink()
    assert "(not there now)" in info_lines("work.annviz", file_info(new / "work.annviz"))[3]


@pytest.mark.parametrize("path", ["/" + "n" * 300 + "/a.csv", "nul\0.csv", "", "/", "..", "/dev/null", "~"])
def test_a_path_that_leads_nowhere_is_refused(session: Session, tmp_path: Path, path: str) -> None:
    """Whatever somebody wrote into a project: the system is asked, and its answer told in a sentence."""
    project = session.project()
    project = replace(project, source=replace(project.source, path=path))
    with pytest.raises(ProjectFileError, match="is not where it was"):
        open_data(project, tmp_path)


def test_data_that_may_not_be_read_are_said(session: Session, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The file is there, as long as it was, and belongs to somebody else."""
    project, path = session.project(), tmp_path / "data.csv"
    path.write_bytes(b"x" * project.source.n_bytes)
    monkeypatch.setattr(Path, "open", refused)
    with pytest.raises(ProjectFileError, match=r"'data\.csv', can't be read: Permission denied"):
        open_data(replace(project, source=replace(project.source, path=str(path))), tmp_path)


def refused(*_: object) -> NoReturn:
    raise PermissionError(errno.EACCES, "Permission denied")


def test_a_project_is_not_made_while_training_runs(session: Session) -> None:
    """What a thread changes can't be written down."""
    session.set_training(epochs=0)
    session.train()
    with pytest.raises(StateError, match="Pause"):
        session.project()
    session.pause()
    assert session.project().runs


def test_columns_that_suggestions_leave_alone_come_back(session: Session, tmp_path: Path) -> None:
    """As they were chosen, none included; where nobody chose, by their names. To choose is a change to save."""
    before = session.work_mark()
    for locked in (frozenset(["x", "colour"]), frozenset()):
        session.lock_columns(locked)
        assert session.work_mark() != before
        save_project(tmp_path / "w.annviz", session.project())
        other = reopened(tmp_path / "w.annviz")
        assert other.trying.locked == locked and other.tried is None
        other.close()


# All of it ----------------------------------------------------------------------------------------------------------
def test_everything_that_was_done_comes_back(tmp_path: Path) -> None:
    """Cells corrected, weights set, locked and off, names, notes, threshold, costs, example, view: none is lost."""
    path = write_circles(tmp_path / "circles.csv")
    path.write_text(path.read_text() + "0.1,0.2,red\n")  # a cell is lacking
    table = open_table(path, edits={122: "0.1,0.2,red,yes"})
    dataset = build_dataset(table, suggest_recipe(table))
    assert table.n_edited == 1
    session = Session(SETTINGS)
    session.open(dataset)
    train(session, 2)
    session.set_parameter(0, 1, 2, 0.25)
    session.lock_parameter(1, 0, 0, True)
    session.switch_neuron(1, 3, False)
    session.rename_run(1, "mine")
    session.set_run_note(1, "looks well")
    session.pin_run(1, True)
    session.show_curve(1, False)
    session.set_threshold(0.31)
    session.set_costs(MistakeCosts(missed=300.0, unit="kr"))
    session.lock_columns(frozenset({"colour"}))
    session.set_example(9)
    view = ViewState(lines="signals", share=0.5, folded=("colour",), looks_for=True, selected=(0, 1, 2))
    session.keep_view(view)
    save_project(tmp_path / "work.annviz", session.project())
    other = reopened(tmp_path / "work.annviz")
    assert other.dataset is not None and dict(other.dataset.table.edits) == {122: "0.1,0.2,red,yes"}
    for one in (session, other):
        (run,) = one.runs
        assert (run.title, run.note, run.is_pinned, run.is_shown) == ("mine", "looks well", True, False)
        assert (one.threshold, one.costs, one.example) == (0.31, MistakeCosts(missed=300.0, unit="kr"), 9)
        assert one.trying.locked == {"colour"} and one.project().state.view == view
        edits = one.manual_edits
        assert (edits.changed, edits.locked, edits.off) == ({(0, 1, 2)}, {(1, 0, 0)}, {(1, 3)})
    assert params(other) == params(session)
    session.close()
    other.close()


def test_a_view_of_another_network_is_left_out(session: Session) -> None:
    """A file that is saved can be opened again."""
    session.keep_view(ViewState(selected=(1, 90)))
    assert session.project().state.view is None
