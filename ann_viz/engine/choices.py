"""What a user chooses by name: an activation, a loss, an optimiser or a schedule is one row of its table.

Settings are checked against these tables and the window lists them, so that a new row is all it takes.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeVar

__all__ = ["Choice", "table"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """One row of a table.

    Parameters
    ----------
    name : str
        In settings and in files.
    label : str
        On screen, to be translated there.
    """

    name: str
    label: str


C = TypeVar("C", bound=Choice)


def table(*rows: C) -> dict[str, C]:
    """Return rows by their names, in the order in which they are offered."""
    return {row.name: row for row in rows}
