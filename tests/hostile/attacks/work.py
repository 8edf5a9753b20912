"""A folder for what the attacks write, and processes of the program started from where this one imports it."""

from __future__ import annotations

import os
import shutil
import sys
import tempfile
from pathlib import Path
from typing import Final

import ann_viz

__all__ = ["ENVIRONMENT", "PYTHON", "forget", "new_folder"]

PYTHON: Final = sys.executable
ENVIRONMENT: Final = os.environ | {"PYTHONPATH": str(Path(ann_viz.__file__).parents[1])}

_made: Final[list[Path]] = []


def new_folder() -> Path:
    """Make a folder that `forget` removes."""
    path = Path(tempfile.mkdtemp(prefix="hostile-"))
    _made.append(path)
    return path


def forget() -> None:
    """Remove all such folders."""
    while _made:
        shutil.rmtree(_made.pop(), ignore_errors=True)
