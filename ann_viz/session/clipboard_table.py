"""A table from the clipboard as a file: spreadsheets put tab-separated text there."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from ann_viz.errors import DataError
from ann_viz.temporary import TemporaryFolder
from ann_viz.translation import translate

__all__ = ["ClipboardTable"]

NAME: Final = "clipboard.tsv"
PLAIN_NAME: Final = "clipboard.csv"


class ClipboardTable:
    """Keeps pasted tables in a temporary folder for as long as the program runs."""

    def __init__(self) -> None:
        self._folder: TemporaryFolder | None = None

    def save(self, text: str) -> Path:
        """Write the text to a file and return its path.

        Raises
        ------
        DataError
            When the text can't be a table, or there is no room for it.
        """
        lines = [line for line in text.splitlines() if line.strip()]
        if not lines:
            raise DataError(
                translate("There is no text on the clipboard."),
                hint=translate("Copy some cells of a spreadsheet first."),
            )
        if len(lines) < 2:
            raise DataError(
                translate("The clipboard holds a single line, which is no table."),
                hint=translate("Copy the row of names and the rows below."),
            )
        self.close()
        self._folder = TemporaryFolder()
        return self._folder.write(NAME if "\t" in lines[0] else PLAIN_NAME, text)

    def close(self) -> None:
        """Remove what was pasted."""
        if self._folder is not None:
            self._folder.remove()
            self._folder = None
