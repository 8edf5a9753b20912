"""Work that is kept by itself, in the program's own folder, and found again after a crash.

Each document has a folder of its own, locked for as long as the program that holds it lives: what lies in one that
nobody holds was left by a crash. The two newest generations stay, so that there is one where the other is broken; of
the older ones, the newest of every two minutes, so that a document can be had as it was a while ago.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING, Final

from ann_viz.errors import AnnVizError
from ann_viz.files import write_file
from ann_viz.locks import make_locked, remove_abandoned

if TYPE_CHECKING:
    from ann_viz.scene.thumbnail import Thumbnail
    from ann_viz.session.project import Project

__all__ = ["COPIES", "PAST", "SUFFIX", "Autosave", "Rescue", "find_rescues", "fit_budget", "generations", "rescues_in"]

FOLDER: Final = "autosave"
COPIES: Final = "copies"
"""Where copies of projects lie that have been saved or closed since, a folder for each."""

NEWEST: Final = 2
GENERATIONS: Final = 10
SPACING_S: Final = 120
BUDGET_BYTES: Final = 1 << 30
COPIES_BYTES: Final = 1 << 28
"""Of one document; the two newest stay however large they are."""

SUFFIX: Final = ".annviz"
PAST: Final = "past"
"""The file with the moments of runs, beside what is kept of these."""

_LOCK: Final = "lock"


class Autosave:
    """Keeps one document; any thread may write it, and once it is removed or left nobody does.

    Parameters
    ----------
    folder : Path or None
        The program's own; None where there is none, and nothing is kept.
    """

    def __init__(self, folder: Path | None) -> None:
        self._parent = None if folder is None else folder / FOLDER
        self._folder: Path | None = None
        self._descriptor: int | None = None
        self._number = 0
        self._began = 0.0
        self._ended = False
        self._busy = Lock()

    def write(self, project: Project) -> bool:
        """Keep a project beside the one kept before; say whether that was possible."""
        from ann_viz.session.projectfile import project_bytes

        content = project_bytes(project, timelines=False)
        with self._busy:
            if self._parent is None or self._ended:
                return False
            with suppress(OSError, AnnVizError):
                folder = self._folder or self._make_folder(self._parent)
                fit_budget(self._parent.parent, len(content) * NEWEST)
                self._number += 1
                path = folder / f"{self._number:06}{SUFFIX}"
                write_file(path, content)
                self._began = self._began or path.stat().st_mtime
                for old in list(_surplus(folder, self._began)):
                    old.unlink(missing_ok=True)
                return True
        return False

    def copies(self) -> list[Rescue]:
        """Return what it was like whenever it was kept, newest first; any of these may be gone a moment later."""
        folder = self._folder
        return [] if folder is None else list(rescues_in(folder))

    def write_past(self, project: Project) -> None:
        """Keep the moments of all runs beside what is kept of them; once a run has ended, since they are many."""
        from ann_viz.session.projectfile import project_bytes

        content = project_bytes(project)
        with self._busy, suppress(OSError, AnnVizError):
            if self._folder is not None and self._parent is not None and not self._ended:
                fit_budget(self._parent.parent, len(content))
                write_file(self._folder / PAST, content)

    def remove(self, take_over: Callable[[Path], object] | None = None) -> None:
        """Keep nothing any more: the document was saved, or its user has let it go.

        Parameters
        ----------
        take_over : callable, optional
            Gets the folder before it is removed, and may take from it what shall stay.
        """
        with self._busy:
            self._ended = True
            if self._folder is not None:
                if take_over is not None:
                    take_over(self._folder)
                shutil.rmtree(self._folder, ignore_errors=True)
            self._let_go()

    def leave(self) -> None:
        """Leave what is kept to the next start."""
        with self._busy:
            self._ended = True
            self._let_go()

    def _make_folder(self, parent: Path) -> Path:
        folder = parent / os.urandom(8).hex()
        folder.mkdir(parents=True, mode=0o700)
        self._descriptor = make_locked(folder / _LOCK)
        if self._descriptor is None:
            raise OSError("another program took it for left behind")
        self._folder = folder
        return folder

    def _let_go(self) -> None:
        if self._descriptor is not None:
            os.close(self._descriptor)
            self._descriptor = None
        self._folder = None


@dataclass(frozen=True, kw_only=True)
class Rescue:
    """Work that was kept by itself: a crash has left it, or it is still of use as an earlier state.

    Parameters
    ----------
    path : Path
        A generation that can be read.
    saved_at : float
        When it was kept, in seconds since 1970.
    name : str
        Of the data.
    n_runs, epoch : int
        How many runs there are, and how far the one on show is.
    thumbnail : Thumbnail or None
        What its network looks like.
    """

    path: Path
    saved_at: float
    name: str
    n_runs: int
    epoch: int
    thumbnail: Thumbnail | None = None

    def load(self) -> Project:
        """Return it, with the moments of its runs as far as they were kept; raises ProjectFileError."""
        from ann_viz.session.projectfile import load_project

        project = load_project(self.path)
        with suppress(OSError, AnnVizError):
            return _with_past(project, load_project(self.path.with_name(PAST)))
        return project

    def discard(self) -> None:
        """Remove it, and the generation before."""
        _remove(self.path.parent)


def find_rescues(folder: Path | None) -> list[Rescue]:
    """Return what crashes have left in the program's own folder, newest first."""
    if folder is None:
        return []
    found = [rescue for place in _abandoned(folder / FOLDER) if (rescue := next(rescues_in(place), None)) is not None]
    return sorted(found, key=lambda rescue: rescue.saved_at, reverse=True)


def _abandoned(parent: Path) -> Iterator[Path]:
    """Yield the folders whose program lives no more."""
    with suppress(OSError):
        for folder in list(parent.iterdir()):
            if remove_abandoned(folder / _LOCK, lambda: None):
                yield folder


def rescues_in(folder: Path) -> Iterator[Rescue]:
    """Describe the generations that are whole, newest first."""
    from ann_viz.scene.thumbnail import thumbnail_of
    from ann_viz.session.projectfile import load_project

    for path in generations(folder):
        with suppress(OSError, AnnVizError):
            project = load_project(path)
            yield Rescue(
                path=path,
                saved_at=path.stat().st_mtime,
                name=project.source.name,
                n_runs=len(project.runs),
                epoch=project.current.checkpoint.epoch,
                thumbnail=thumbnail_of(project.model.shown),
            )


def _with_past(project: Project, earlier: Project) -> Project:
    """Return a project with the moments that an earlier state of it had of the same runs."""
    known = {(run.record.number, run.record.order_seed): run for run in earlier.runs}
    runs = []
    for stored in project.runs:
        same = known.get((stored.record.number, stored.record.order_seed))
        checkpoint = stored.checkpoint
        if same is not None and same.record.network == stored.record.network:
            past = tuple(moment for moment in same.checkpoint.timeline if moment.epoch <= stored.record.epoch)
            checkpoint = replace(checkpoint, timeline=past, timeline_stride=same.checkpoint.timeline_stride)
        runs.append(replace(stored, checkpoint=checkpoint))
    return replace(project, runs=tuple(runs))


def generations(folder: Path) -> list[Path]:
    """Return what is kept of one document, newest first."""
    try:
        return sorted(folder.glob(f"*{SUFFIX}"), reverse=True)
    except OSError:
        return []


def _surplus(folder: Path, began: float) -> Iterator[Path]:
    """Yield the generations that need not be kept; each two minutes since the beginning keep one."""
    slots, n_bytes = set(), 0
    for place, path in enumerate(generations(folder)):
        about = path.stat()
        slot = int((about.st_mtime - began) // SPACING_S)
        n_bytes += about.st_size
        if place >= NEWEST and (slot in slots or place >= GENERATIONS or n_bytes > COPIES_BYTES):
            yield path
        slots.add(slot)


def _remove(folder: Path) -> None:
    """Remove the folder of a program that lives no more."""
    remove_abandoned(folder / _LOCK, partial(shutil.rmtree, folder, ignore_errors=True))


def fit_budget(own: Path, wanted: int) -> None:
    """Make room for so many bytes: what projects were like earlier goes first, then what crashes have left.

    Parameters
    ----------
    own : Path
        The program's own folder.
    wanted : int
    """
    found = ((path, _about(path)) for path in (own / COPIES).glob("*/*"))
    copies = {path: about for path, about in found if about is not None}
    folders = {folder: _size(folder) for folder in (own / FOLDER).glob("*") if folder.is_dir()}  # a system leaves files
    total = sum(about.st_size for about in copies.values()) + sum(folders.values()) + wanted
    for path in sorted(copies, key=lambda each: copies[each].st_mtime):
        if total <= BUDGET_BYTES:
            return
        path.unlink(missing_ok=True)
        total -= copies[path].st_size
    for folder in sorted(folders, key=lambda each: each.stat().st_mtime):
        if total <= BUDGET_BYTES:
            return
        if remove_abandoned(folder / _LOCK, partial(shutil.rmtree, folder, ignore_errors=True)):
            total -= folders[folder]


def _size(folder: Path) -> int:
    return sum(about.st_size for path in folder.iterdir() if (about := _about(path)) is not None)


def _about(path: Path) -> os.stat_result | None:
    """Return what is known of a file; None where another window has removed it a moment ago."""
    try:
        return path.stat()
    except OSError:
        return None
