"""The past of a run comes back from a file moment by moment; one that makes no sense is refused."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from project_sessions import reopened

from ann_viz.data import Dataset
from ann_viz.engine import Snapshot, TrainConfig
from ann_viz.errors import ProjectFileError
from ann_viz.session import Session, projectfile
from ann_viz.session.autosave import Autosave, find_rescues
from ann_viz.session.projectfile import load_project, save_project
from ann_viz.session.timeline_record import FACTS


@pytest.fixture
def trained(circles: Dataset) -> Iterator[Session]:
    """Five epochs, with class weights, an average, other settings on the way and a weight set by hand."""
    session = Session(TrainConfig(epochs=5, batch_size=16, class_weights="balanced"))
    session.open(circles)
    for epoch in range(5):
        session.step("epoch")
        assert session.wait(60)
        if epoch == 2:
            session.set_training(l2=0.01)
            session.set_parameter(0, 1, 1, 0.5)
    yield session
    session.close()


def past(session: Session) -> tuple[Snapshot, ...]:
    assert session.newest is not None
    return session.newest.timeline


def assert_same(one: Snapshot, other: Snapshot) -> None:
    for name in ("params", "before", "gradients", "average", "class_weights"):
        np.testing.assert_array_equal(getattr(one, name), getattr(other, name), err_msg=name)
    np.testing.assert_array_equal(one.history.train_loss, other.history.train_loss)
    plain = ("train_config", "weights_of", "measured", "n_judged", "place", "step", "n_batches", "batch_size")
    more = ("gradient_kind", "gradient_from", "learning_rate", "best_epoch", "best_loss", "finished", "engine")
    for name in (*plain, *more):
        assert getattr(one, name) == getattr(other, name), name
    assert len(one.hand_edits) == len(other.hand_edits)


def test_every_moment_comes_back(trained: Session, tmp_path: Path) -> None:
    path = tmp_path / "work.annviz"
    save_project(path, trained.project())
    other = reopened(path)
    assert len(past(other)) == len(past(trained)) > 10
    for one, two in zip(past(trained), past(other), strict=True):
        assert_same(one, two)
    other.close()


def test_a_long_past_is_thinned_to_fit(trained: Session, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The first, the best and the last stay."""
    monkeypatch.setattr(projectfile, "TIMELINE_BYTES", 6 * past(trained)[0].n_bytes)
    save_project(tmp_path / "work.annviz", trained.project())
    other = reopened(tmp_path / "work.annviz")
    places = [moment.place for moment in past(other)]
    assert 2 < len(places) <= 6 and places[0] == (0, 0) and places[-1] == past(trained)[-1].place
    other.close()


LIES: dict[str, tuple[str, float]] = {
    "another run": ("epoch", 99.0),
    "no number": ("step", np.nan),
    "half an epoch": ("epoch", 0.5),
    "backwards": ("epoch", 0.0),
    "no settings": ("config", 7.0),
    "no reason": ("finished", 50.0),
    "no batches": ("n_batches", 0.0),
}


@pytest.mark.parametrize("lie", LIES)
def test_a_past_that_makes_no_sense_is_refused(
    trained: Session, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, lie: str
) -> None:
    name, value = LIES[lie]
    arrays = projectfile.timeline_arrays

    def lying(*args: Any) -> dict[str, np.ndarray]:
        made = arrays(*args)
        made["timeline.facts"][-1, FACTS.index(name)] = value
        return made

    monkeypatch.setattr(projectfile, "timeline_arrays", lying)
    save_project(tmp_path / "work.annviz", trained.project())
    with pytest.raises(ProjectFileError, match="timeline"):
        load_project(tmp_path / "work.annviz")


def test_what_is_kept_by_itself_has_the_past_beside_it(trained: Session, tmp_path: Path) -> None:
    """Written once a run has ended, and taken for as far as the run that is rescued has come."""
    keeper = Autosave(tmp_path)
    keeper.write(trained.project())
    keeper.write_past(trained.project())
    keeper.write(trained.project())
    keeper.leave()
    rescue = find_rescues(tmp_path)[0]
    assert load_project(rescue.path).runs[0].checkpoint.timeline == ()
    found = rescue.load().runs[0].checkpoint.timeline
    assert len(found) == len(past(trained))
    rescue.path.with_name("past").write_bytes(b"broken")
    assert rescue.load().runs[0].checkpoint.timeline == ()
