"""Small tables to learn from, and commands run as if they had been typed."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from ann_viz.cli import main


@pytest.fixture
def table(tmp_path: Path) -> Path:
    """Yes/no data that a line can tell apart, mostly."""
    rng = np.random.default_rng(5)
    path = tmp_path / "data.csv"
    rows = [f"{x:.3f},{y:.3f},{'yes' if x + y + rng.normal() / 3 > 0 else 'no'}" for x, y in rng.normal(size=(150, 2))]
    path.write_text("\n".join(["x,y,answer", *rows]) + "\n")
    return path


@pytest.fixture
def prices(tmp_path: Path) -> Path:
    rng = np.random.default_rng(6)
    path = tmp_path / "prices.csv"
    rows = [f"{a:.1f},{a * 3 + rng.normal():.2f}" for a in rng.uniform(10, 90, size=80)]
    path.write_text("\n".join(["area,price", *rows]) + "\n")
    return path


@pytest.fixture
def run() -> Callable[..., int]:
    """Return a function that runs a command and returns its exit code."""
    return lambda *arguments: main([str(argument) for argument in arguments])
