"""The icon of each kind of column, wherever columns are listed."""

from __future__ import annotations

from typing import Final

__all__ = ["KIND_ICONS"]

KIND_ICONS: Final = {
    "number": "hash",
    "category": "tags",
    "yes_no": "toggle-left",
    "identifier": "key-round",
    "text": "type",
    "date": "calendar",
    "constant": "minus",
    "empty": "circle-dashed",
}
