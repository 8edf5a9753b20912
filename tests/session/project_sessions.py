"""Sessions whose work is saved as a project, and what opens one again."""

from __future__ import annotations

from pathlib import Path

from ann_viz.engine import TrainConfig
from ann_viz.session import Session
from ann_viz.session.project import open_data
from ann_viz.session.projectfile import load_project

SETTINGS = TrainConfig(epochs=12, batch_size=16, dropout=0.2, l2=0.01, schedule="plateau", schedule_epochs=2)


def train(session: Session, epochs: int = 1) -> None:
    """Train some epochs."""
    for _ in range(epochs):
        session.step("epoch")
        assert session.wait(60)


def reopened(path: Path) -> Session:
    """Open a project in a session of its own."""
    project = load_project(path)
    session = Session()
    session.open_project(project, open_data(project, path.parent))
    return session
