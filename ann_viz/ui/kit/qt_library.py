"""Functions of the loaded Qt library that PySide6 does not bind, or binds so that they cannot be used here.

Only on Linux, where all compilers give them the same names:
``resources/docs/decisions/0013-lines-past-the-binding.md``.
"""

from __future__ import annotations

import ctypes
import os
import sys
from collections.abc import Callable
from typing import Any, Final

__all__ = ["gui_function"]

LIBRARY: Final = "libQt6Gui.so.6"


def gui_function(name: str, *takes: Any) -> Callable[..., None] | None:
    """Return a function from the library that is loaded already, or None where there is none to be sure of.

    Parameters
    ----------
    name : str
        As the C++ compiler calls it.
    *takes
        The types of `ctypes` of what it takes; it returns nothing.
    """
    if not sys.platform.startswith("linux"):
        return None
    try:
        function = ctypes.CDLL(LIBRARY, mode=os.RTLD_NOLOAD | os.RTLD_LAZY)[name]
    except (OSError, AttributeError):
        return None
    function.argtypes = takes
    function.restype = None
    return function
