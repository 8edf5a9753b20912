"""The compiled library: whether it is there, and the functions of it that suit this processor."""

from __future__ import annotations

import ctypes
import os
from collections.abc import Callable
from ctypes import POINTER, byref, c_double, c_int64, c_void_p
from functools import cache
from pathlib import Path
from typing import Any, Final

import numpy as np

from ann_viz.engine.compiled.levels import LEVELS, library_path, machine
from ann_viz.engine.compiled.state import Source, State, address

__all__ = ["Library", "installed", "load", "missing"]

FORBIDDING: Final = "ANN_VIZ_ENGINE"
"""With this variable of the environment set to numpy, no compiled code is loaded."""


class Library:
    """The functions for one instruction set.

    Parameters
    ----------
    path : Path
        The shared library.
    level : str, optional
        One of the instruction sets this processor has; by default the newest.

    Attributes
    ----------
    level : str
        The one in use: "sse2", "avx2", "avx512" or "neon".
    levels : tuple of str
        All that this processor has, oldest first.
    """

    def __init__(self, path: Path, level: str | None = None) -> None:
        # CDLL lets Python's other threads go on during a call, PyDLL does not: for what takes less than letting go.
        slow, quick = ctypes.CDLL(str(path)), ctypes.PyDLL(str(path))
        size = _function(quick, "size_of_state", c_int64)()
        if size != ctypes.sizeof(State):
            raise OSError(f"its state has {size} bytes instead of {ctypes.sizeof(State)}")
        self.levels = tuple(LEVELS[machine()])[: _function(quick, "level", c_int64)() + 1]
        self.level = level or self.levels[-1]
        if self.level not in self.levels:
            raise OSError(f"this processor has no {self.level}")
        state = POINTER(State)
        suffix = f"_{self.level}"
        self.plan = _function(quick, "plan" + suffix, None, state)
        self.write_ones = _function(quick, "write_ones" + suffix, None, state, c_void_p, c_int64)
        self.phase = _function(slow, "phase" + suffix, None, state, c_int64, c_int64)
        self.step = _function(slow, "step" + suffix, None, state)
        self.judge = _function(slow, "judge" + suffix, None, state, c_int64, POINTER(c_double))
        self.run = _function(slow, "run" + suffix, c_int64, state)
        self.shuffle = _function(quick, "shuffle" + suffix, None, state)
        self.seconds_now = _function(quick, "seconds_now", c_double)
        self.slot = _function(quick, "slot", c_int64, state)
        self.set_slot = _function(quick, "set_slot", None, state, c_int64)
        self.interrupt = _function(quick, "interrupt", None, state, c_int64)
        if not self._shuffles_like_numpy():
            raise OSError("it puts rows in another order than this NumPy")

    def _shuffles_like_numpy(self) -> bool:
        """Return whether the draws of NumPy's shuffle are still those that were written down in C."""
        one, other = np.random.default_rng(0), np.random.default_rng(0)
        mine, its = np.arange(100), np.arange(100)
        source = Source.of(one)
        self.shuffle(byref(State(n_rows=len(mine), order=address(mine), order_source=source)))
        other.shuffle(its)
        return bool((mine == its).all())


def _function(library: ctypes.CDLL, name: str, result: Any, *arguments: Any) -> Callable[..., Any]:
    function = library[f"ann_viz_{name}"]
    function.restype, function.argtypes = result, arguments
    return function


@cache
def installed(path: Path, level: str | None = None) -> Library | str:
    """Return the library at a path, or why it can't be used."""
    if not path.exists():
        return "it was not compiled when ANN Viz was installed, which takes a C compiler"
    try:
        return Library(path, level)
    except (OSError, AttributeError) as error:
        return f"its library can't be loaded ({error})"


def load(level: str | None = None) -> Library | None:
    """Return the library for this processor, or for an older instruction set; None where it is missing."""
    if os.environ.get(FORBIDDING, "").lower() == "numpy":
        return None
    found = installed(library_path(), level)
    return found if isinstance(found, Library) else None


def missing() -> str:
    """Return why there is no library, as the end of a sentence; empty where there is one."""
    if os.environ.get(FORBIDDING, "").lower() == "numpy":
        return f"{FORBIDDING}=numpy forbids it"
    found = installed(library_path())
    return found if isinstance(found, str) else ""
