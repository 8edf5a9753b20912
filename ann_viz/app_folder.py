"""Where the program keeps what is its own on this machine: decisions about earlier files, and the log.

The folder is the one that Qt names (``QStandardPaths.AppDataLocation``), found without Qt.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import Final

__all__ = ["APP_NAME", "app_folder"]

APP_NAME: Final = "ANN Viz"
"""Also the name of the organisation, which Qt puts above it in every path."""


def app_folder() -> Path:
    """Return the folder; it may not be there yet."""
    return _data_folder() / APP_NAME / APP_NAME


def _data_folder() -> Path:
    """Where programs of this user keep their data."""
    if sys.platform == "win32":
        return Path(os.environ.get("APPDATA") or Path.home() / "AppData" / "Roaming")
    if sys.platform == "darwin":
        return Path.home() / "Library" / "Application Support"
    chosen = Path(os.environ.get("XDG_DATA_HOME", ""))
    return chosen if chosen.is_absolute() else Path.home() / ".local" / "share"
