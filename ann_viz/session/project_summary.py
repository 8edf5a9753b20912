"""What a project says of itself at its beginning: enough for a list of them, read without its weights."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

from ann_viz.errors import AnnVizError
from ann_viz.scene.thumbnail import Thumbnail
from ann_viz.session.modelfile import reading
from ann_viz.session.projectfile import KEY, described_project

__all__ = ["ProjectSummary", "summarise"]


@dataclass(frozen=True, kw_only=True)
class ProjectSummary:
    """A project in a list.

    Parameters
    ----------
    path : Path
    is_there : bool
        Whether it can be read now.
    target : str
        What it predicts.
    n_runs : int
    best_loss : float
        Of all runs.
    saved_at : float
        In seconds since 1970.
    thumbnail : Thumbnail or None
    """

    path: Path
    is_there: bool
    target: str = ""
    n_runs: int = 0
    best_loss: float = 0.0
    saved_at: float = 0.0
    thumbnail: Thumbnail | None = None


def summarise(path: Path) -> ProjectSummary:
    """Return what a file says of itself; of one that is gone or no project, that it is not there."""
    try:
        with reading(path) as (_, description):
            told = described_project(description[KEY])
            return ProjectSummary(
                path=path,
                is_there=True,
                target=str(description["recipe"]["target"]),
                n_runs=len(told.runs),
                best_loss=min(record.best_loss for record in told.runs),
                saved_at=os.stat(path).st_mtime,
                thumbnail=told.thumbnail,
            )
    except (AnnVizError, OSError, KeyError, TypeError, ValueError):
        return ProjectSummary(path=path, is_there=False)
