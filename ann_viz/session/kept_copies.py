"""What a project was like earlier: the copies that were kept by itself stay when it has been saved or closed.

They lie in the program's own folder, ten of each project for 30 days: the newest of each day, and then the newest of
the others.
"""

from __future__ import annotations

import os
import time
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import Final

from ann_viz.session.autosave import COPIES, PAST, SUFFIX, Rescue, fit_budget, generations, rescues_in

__all__ = ["DAYS", "MOST", "KeptCopies", "kept_of"]

MOST: Final = 10
DAYS: Final = 30
_DAY_S: Final = 86_400
_NAME: Final = "{saved_at_ms:015}" + SUFFIX


class KeptCopies:
    """The copies of all projects.

    Parameters
    ----------
    folder : Path or None
        The program's own; None where there is none, and nothing is kept.
    """

    def __init__(self, folder: Path | None) -> None:
        self._folder = folder

    def take(self, project: Path, kept: Path) -> None:
        """Take the generations of a document over from where they were kept, which is a folder that will be removed."""
        if self._folder is None:
            return
        with suppress(OSError):  # keeping is a service
            place = self._place_of(project)
            place.mkdir(parents=True, exist_ok=True, mode=0o700)
            for path in generations(kept):
                path.replace(place / _NAME.format(saved_at_ms=int(1_000 * path.stat().st_mtime)))
            if (kept / PAST).exists():
                (kept / PAST).replace(place / PAST)
            self.remove_old()
            fit_budget(self._folder, 0)

    def copies_of(self, project: Path) -> list[Rescue]:
        """Return what a project was like, newest first; any of these may be gone a moment later."""
        return [] if self._folder is None else list(rescues_in(self._place_of(project)))

    def remove_old(self) -> None:
        """Remove what is older than it may become, and more of a project than is kept."""
        if self._folder is None:
            return
        with suppress(OSError):
            for place in list((self._folder / COPIES).iterdir()):
                _thin_out(place)

    def _place_of(self, project: Path) -> Path:
        from hashlib import sha256  # the first window waits for nothing that is not needed yet

        assert self._folder is not None
        name = os.path.realpath(project).encode("utf-8", "surrogateescape")
        return self._folder / COPIES / sha256(name).hexdigest()[:32]


def _thin_out(place: Path) -> None:
    """Remove of one project what is not kept; with the last copy its folder."""
    paths = generations(place)
    times = {path: path.stat().st_mtime for path in paths}
    kept = kept_of([times[path] for path in paths], time.time())
    for index, path in enumerate(paths):
        if index not in kept:
            path.unlink(missing_ok=True)
    if not kept and place.is_dir():
        (place / PAST).unlink(missing_ok=True)
        with suppress(OSError):  # something else lies in it
            place.rmdir()


def kept_of(times: Sequence[float], now: float) -> set[int]:
    """Return which of some copies, newest first, are kept at a time."""
    young = [index for index, saved_at in enumerate(times) if now - saved_at <= DAYS * _DAY_S]
    days: dict[tuple[int, ...], int] = {}
    for index in young:
        days.setdefault(time.localtime(times[index])[:3], index)
    newest = set(days.values())
    return set([*sorted(newest), *(index for index in young if index not in newest)][:MOST])
