"""What a command of the window is, and when one makes sense; the rows stand in the files of the menus beside this."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Final, TypeAlias

from ann_viz.session import RunState

__all__ = ["ANY", "LOADED", "STEPPABLE", "TRAINED", "WITH_ROWS", "Command", "Rows"]

ANY: Final = frozenset(RunState)
LOADED: Final = ANY - {RunState.EMPTY}
WITH_ROWS: Final = LOADED - {RunState.WITHOUT_ROWS}
STEPPABLE: Final = frozenset({RunState.READY, RunState.PAUSED})
TRAINED: Final = frozenset({RunState.PAUSED, RunState.FINISHED})


@dataclass(frozen=True, slots=True, kw_only=True)
class Command:
    """One command.

    Attributes
    ----------
    id : str
        Also ``QAction.objectName()`` and the name of the window's method without its leading underscore.
    text, tip : str
        As in the menu, and as in the tooltip.
    menu : str
        Which menu it stands in.
    shortcut : str
        Empty where there is none.
    icon : str
        Empty where there is none.
    states : frozenset of RunState
        When it makes sense.
    section : bool
        Whether a separator stands above it.
    submenu : str
        Which menu within the menu it stands in; empty for none.
    """

    id: str
    text: str
    tip: str = ""
    menu: str
    shortcut: str = ""
    icon: str = ""
    states: frozenset[RunState] = ANY
    section: bool = False
    submenu: str = ""


Rows: TypeAlias = tuple[Command | Callable[[], Iterator[Command]], ...]
"""Commands in the order of their menu; a function yields, when it is asked, those that are made of another table."""
