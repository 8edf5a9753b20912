"""What can go wrong, as one tree; every message is a sentence a user can act on.

::

    AnnVizError
    ├── DataError          a file or table that can't be used as asked
    ├── ConfigError        a setting outside its range
    ├── TrainingError      learning can't go on (the loss became infinite)
    ├── ProjectFileError   a model or project file that can't be read
    ├── OutputError        a file that can't be written where it was asked for
    ├── StateError         a command that makes no sense right now
    └── Cancelled          the user stopped a long piece of work
"""

from __future__ import annotations

from typing import Final

from ann_viz.numerals import format_number
from ann_viz.translation import translatable, translate

__all__ = [
    "NO_MEMORY",
    "TABLE_IS_MISSING",
    "AnnVizError",
    "Cancelled",
    "ConfigError",
    "DataError",
    "OutputError",
    "ProjectFileError",
    "StateError",
    "TrainingError",
]


NO_MEMORY: Final = translatable("There is not enough memory for this. Close other programs, or take a smaller table.")
"""What a MemoryError is told as: whatever asked for the memory, the user can do the same about it."""

TABLE_IS_MISSING: Final = translatable("The table of this project is missing.")
"""Why something that needs rows can't be had, wherever that is said."""


class AnnVizError(Exception):
    """Base of every error the program raises on purpose."""


class DataError(AnnVizError):
    """A file, table, column or row that can't be used as asked.

    Parameters
    ----------
    message : str
        What is wrong, in a sentence.
    row : int, optional
        Line number in the file, counted from 1.
    column : str, optional
        Name of the column.
    hint : str, optional
        What the user can do about it.
    """

    def __init__(
        self,
        message: str,
        *,
        row: int | None = None,
        column: str | None = None,
        hint: str | None = None,
    ) -> None:
        self.row = row
        self.column = column
        self.hint = hint
        places = []
        if row is not None:
            places.append(translate("Row {n}").format(n=format_number(row)))
        if column is not None:
            places.append(translate("column '{name}'").format(name=column))
        where = f"{', '.join(places)}: " if places else ""
        super().__init__(" ".join(filter(None, (where + message, hint))))


class ConfigError(AnnVizError):
    """A setting outside its range; ``field`` names the setting."""

    def __init__(self, message: str, *, field: str) -> None:
        self.field = field
        super().__init__(message)


class TrainingError(AnnVizError):
    """Learning can't go on; the weights are those of the last finite state.

    Parameters
    ----------
    message : str
        What happened, in a sentence.
    layer : int, optional
        Index of the layer of weights that exploded first.
    epoch : int, optional
        Completed epochs when it happened.
    """

    def __init__(self, message: str, *, layer: int | None = None, epoch: int | None = None) -> None:
        self.layer = layer
        self.epoch = epoch
        super().__init__(message)


class ProjectFileError(AnnVizError):
    """A model or project file that can't be read."""


class OutputError(AnnVizError):
    """A file that can't be written where it was asked for; what was there before is as it was."""


class StateError(AnnVizError):
    """A command that makes no sense in the present state."""


class Cancelled(AnnVizError):  # noqa: N818 - reads as the event it is, not as a fault
    """The user stopped a long piece of work; nothing was changed."""
