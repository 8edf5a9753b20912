"""What was chosen when the model was taken along last: the format, its options, and where to; rows never."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any, Final

from PySide6.QtCore import QSettings

from ann_viz.errors import ConfigError
from ann_viz.session.exports import Format, Wish, wish_for
from ann_viz.ui.kit.file_dialogs import remember_folder

__all__ = ["last_format", "last_path", "last_wish", "remember"]

FORMAT: Final = "taking/format"
CHOSEN: Final = "taking/chosen"
PATH: Final = "taking/path"


def last_format() -> str:
    """Return the name of the format that was taken last."""
    return str(QSettings().value(FORMAT, ""))


def last_path() -> Path | None:
    """Return where it was written."""
    text = str(QSettings().value(PATH, ""))
    return Path(text) if text else None


def last_wish(format: Format) -> Wish:
    """Return what was chosen of a format last, or the usual."""
    try:
        known: Any = json.loads(str(QSettings().value(f"{CHOSEN}/{format.name}", "{}")))
        return wish_for(format, f"x{known.get('suffix', '')}", chosen=known.get("options"))
    except (ValueError, AttributeError, TypeError, ConfigError):  # another version had other options
        return wish_for(format)


def remember(format: Format, wish: Wish, path: Path) -> None:
    """Keep for next time what was chosen, and where it went."""
    settings = QSettings()
    settings.setValue(FORMAT, format.name)
    known = {"suffix": wish.suffix, "options": dict(wish.chosen)}
    settings.setValue(f"{CHOSEN}/{format.name}", json.dumps(known))
    settings.setValue(PATH, str(path.absolute()))
    remember_folder("exports", path)
