"""Where the program keeps what is its own on this machine: decisions about earlier files, and the log.

The folder is the one that Qt names (``QStandardPaths.AppDataLocation``), found without Qt.
"""

from __future__ import annotations

import errno
import os
import sys
from pathlib import Path
from typing import Final

__all__ = ["APP_NAME", "app_folder", "own_folder"]

APP_NAME: Final = "ANN Viz"
"""Also the name of the organisation, which Qt puts above it in every path."""


def app_folder() -> Path:
    """Return the folder; it may not be there yet.

    Raises
    ------
    OSError
        When this user has no home to have it in, as in some containers.
    """
    return _data_folder() / APP_NAME / APP_NAME


def own_folder() -> Path | None:
    """Return the folder; None without a home: the window remembers nothing then, and works all the same."""
    try:
        return app_folder()
    except OSError:
        return None


def _data_folder() -> Path:
    """Where programs of this user keep their data."""
    if sys.platform == "win32":
        return Path(os.environ.get("APPDATA") or _home() / "AppData" / "Roaming")
    if sys.platform == "darwin":
        return _home() / "Library" / "Application Support"
    chosen = Path(os.environ.get("XDG_DATA_HOME", ""))
    return chosen if chosen.is_absolute() else _home() / ".local" / "share"


def _home() -> Path:
    try:
        return Path.home()
    except RuntimeError as error:
        raise OSError(errno.ENOENT, "this user has no home folder", "~") from error
