"""Test rows are asked once for each network, counted, and what they said is kept with the work."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from ann_viz.data import Dataset
from ann_viz.engine import TrainConfig
from ann_viz.errors import ProjectFileError, StateError
from ann_viz.session import Session
from ann_viz.session.headless import open_dataset
from ann_viz.session.looks_at_test import told_look, told_number_of_looks
from ann_viz.session.project import open_data
from ann_viz.session.project_info import file_info, info_lines
from ann_viz.session.projectfile import load_project, save_project
from tests.session.conftest import write_houses


def train(session: Session) -> None:
    session.step("epoch")
    assert session.wait(60)


def test_a_network_is_counted_once(session: Session) -> None:
    """Asked again it says the same; another network is another look."""
    train(session)
    assert session.look_at_test is None
    first = session.ask_test_rows()
    assert session.ask_test_rows() == first == session.look_at_test and len(session.looks_at_test) == 1
    train(session)
    assert session.look_at_test is None, "these weights have not been asked about"
    session.ask_test_rows()
    assert [look.epoch for look in session.looks_at_test] == [1, 2]


def test_the_score_is_that_of_all_scores(session: Session) -> None:
    train(session)
    look = session.ask_test_rows()
    dataset = session.dataset
    assert dataset is not None and look.n_rows == len(dataset.test)
    assert look.value == pytest.approx(session.metrics("test")["accuracy"])
    assert look.low < look.value < look.high


def test_three_classes_are_counted(flowers: Dataset) -> None:
    session = Session(TrainConfig(batch_size=16))
    session.open(flowers)
    train(session)
    assert session.ask_test_rows().value == pytest.approx(session.metrics("test")["accuracy"])
    session.close()


def test_a_number_is_off_in_its_own_unit(houses: Dataset) -> None:
    session = Session(TrainConfig(batch_size=16))
    session.open(houses)
    train(session)
    look = session.ask_test_rows()
    assert look.measure == "mae" and look.value == pytest.approx(session.metrics("test")["mae"], rel=1e-5)
    assert "Off by" in told_look(look)
    session.close()


def test_while_training_nobody_looks(session: Session) -> None:
    session.set_training(epochs=0)
    session.train()
    with pytest.raises(StateError, match="Pause"):
        session.ask_test_rows()
    session.pause()
    session.wait(60)


def test_other_data_begin_at_none(session: Session, tmp_path: Path) -> None:
    train(session)
    session.ask_test_rows()
    session.open(open_dataset(write_houses(tmp_path / "houses.csv"), target="price"))
    assert session.looks_at_test == ()


def test_looks_are_unsaved_work_and_come_back(session: Session, tmp_path: Path) -> None:
    train(session)
    before = session.work_mark()
    look = session.ask_test_rows()
    assert session.work_mark() != before
    path = tmp_path / "work.annviz"
    save_project(path, session.project())
    project, other = load_project(path), Session()
    other.open_project(project, open_data(project, tmp_path))
    assert other.looks_at_test == (look,) and other.look_at_test == look
    known = file_info(path)
    assert known["looks_at_test"][0]["n_rows"] == look.n_rows
    assert "its test rows were looked at once" in info_lines("work", known)
    other.close()


def test_a_look_that_makes_no_sense_is_refused(session: Session, tmp_path: Path) -> None:
    train(session)
    session.ask_test_rows()
    path = tmp_path / "work.annviz"
    project = session.project()
    object.__setattr__(project.state.looks_at_test[0], "n_rows", 0)
    save_project(path, project)
    with pytest.raises(ProjectFileError, match="makes no sense"):
        load_project(path)


def test_how_often_is_said() -> None:
    told = [told_number_of_looks(n) for n in range(4)]
    assert len(set(told)) == 4 and "3 times" in told[3] and not np.any([text == "" for text in told])
