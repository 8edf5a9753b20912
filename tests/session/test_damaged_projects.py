"""Nothing damaged or senseless gets in: such a project is refused in one sentence."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from project_sessions import SETTINGS, train

from ann_viz.data import Dataset
from ann_viz.errors import ProjectFileError
from ann_viz.session import Session
from ann_viz.session.projectfile import load_project, project_bytes, save_project
from ann_viz.session.view_state import ViewState


@pytest.fixture
def session(circles: Dataset) -> Iterator[Session]:
    session = Session(SETTINGS)
    session.open(circles)
    yield session
    session.close()


DAMAGE: dict[str, Any] = {
    "current": lambda told: told.update(current=99),
    "example": lambda told: told.update(example=-1),
    "no runs": lambda told: told.update(runs=[]),
    "twice the same": lambda told: told["runs"].append(told["runs"][0]),
    "epoch": lambda told: told["runs"][0].update(epoch=77),
    "best": lambda told: told["runs"][0].update(best_epoch=-3),
    "position": lambda told: told["runs"][0].update(order_position=10**9),
    "random numbers": lambda told: told["runs"][0]["order_rng"].update(state="no number"),
    "too large a state": lambda told: told["runs"][0]["order_rng"].update(state="f" * 40),
    "negative step": lambda told: told["runs"][0].update(step=-1),
    "optimizer": lambda told: told["runs"][0].update(optimizer="nonsense"),
    "vectors": lambda told: told["runs"][0].update(n_optimizer_vectors=1),
    "rate": lambda told: told["runs"][0]["config"].update(learning_rate=-1),
    "kind": lambda told: told["runs"][0].update(number="one"),
    "network": lambda told: told["runs"][0]["network"].update(n_inputs=4),
    "edit": lambda told: told["runs"][0]["edits"].append({"at": 1, "n": 3}),
    "lock": lambda told: told["runs"][0]["locked"].append([0, 99, 0]),
    "silent": lambda told: told["runs"][0]["silent"].append({"column": 1, "index": 2, "weights": [1.0]}),
    "source": lambda told: told["source"].pop("sha256"),
}


@pytest.mark.parametrize("kind", DAMAGE)
def test_a_senseless_project_is_refused(session: Session, tmp_path: Path, kind: str) -> None:
    """Signed anew, so that only its sense can tell; one sentence, and no traceback later either."""
    from ann_viz.session.modelfile import METADATA_KEY, tensors_of
    from ann_viz.session.run_record import run_arrays
    from ann_viz.session.tensorfile import TensorFile, signed

    train(session, 1)
    project = session.project()
    path = tmp_path / "work.annviz"
    save_project(path, project)
    with TensorFile(path) as file:
        description = json.loads(file.metadata[METADATA_KEY])
    DAMAGE[kind](description["project"])
    tensors = tensors_of(project.model)
    for stored in project.runs:
        tensors |= run_arrays(stored.record.number, stored.checkpoint)
    path.write_bytes(signed(tensors, {METADATA_KEY: json.dumps(description)}))
    with pytest.raises(ProjectFileError, match="damaged"):
        load_project(path)


def test_a_cut_or_flipped_project_is_refused(session: Session, tmp_path: Path) -> None:
    """Every tenth of its length cut off, and bytes changed all over."""
    train(session, 1)
    content = project_bytes(session.project())
    path = tmp_path / "work.annviz"
    for part in range(10):
        path.write_bytes(content[: len(content) * part // 10])
        with pytest.raises(ProjectFileError):
            load_project(path)
    rng = np.random.default_rng(5)
    for place in rng.integers(0, len(content), 200):
        damaged = bytearray(content)
        damaged[place] ^= 1 << int(rng.integers(8))
        path.write_bytes(damaged)
        with pytest.raises(ProjectFileError):
            load_project(path)


@pytest.mark.parametrize(
    "view", [{"selected": (9, 9)}, {"selected": (0, 0, 99)}, {"selected": (1,)}, {"selected": (-1, 0)}, {"share": 1.5}]
)
def test_a_view_that_no_network_like_this_has_is_refused(
    session: Session, tmp_path: Path, view: dict[str, Any]
) -> None:
    """The file is damaged, in one sentence."""
    project = session.project()
    project = replace(project, state=replace(project.state, view=ViewState(**view)))
    save_project(tmp_path / "bad.annviz", project)
    with pytest.raises(ProjectFileError, match="damaged model file"):
        load_project(tmp_path / "bad.annviz")
