"""A table of the user's own, the window with it, and what is said of files."""

from __future__ import annotations

from pathlib import Path

import pytest

from ann_viz.resources import resource
from ann_viz.session.headless import open_dataset
from ann_viz.ui.window.main_window import MainWindow


@pytest.fixture
def csv(tmp_path: Path) -> Path:
    """A table of the user's own."""
    path = tmp_path / "flowers.csv"
    path.write_bytes(resource("samples", "iris.csv").read_bytes())
    return path


@pytest.fixture
def mine(window: MainWindow, csv: Path) -> MainWindow:
    """The window with that table, untrained."""
    window.bridge.open_dataset(open_dataset(csv))
    return window


@pytest.fixture
def errors(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What was said in boxes about files that can't be opened or saved."""
    said: list[str] = []
    for module in ("keeping", "project_opening"):
        monkeypatch.setattr(f"ann_viz.ui.window.{module}.show_error", lambda _w, _title, error: said.append(str(error)))
    return said
