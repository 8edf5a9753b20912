"""How many threads NumPy's linear algebra may take: one core is left to the window, and to whatever else is at work.

The window and the command line take as many, so that they come to the same bits.
"""

from __future__ import annotations

import os
from typing import Final

__all__ = ["leave_a_core"]

_VARIABLES: Final = ("OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "VECLIB_MAXIMUM_THREADS")
"""Each is read by a library that NumPy may be built with. Their threads wait for each other: long, where it is busy."""


def leave_a_core() -> None:
    """Tell the libraries, unless somebody has told them already; to be called before NumPy is imported."""
    usual = os.environ.get("OPENBLAS_NUM_THREADS", str(max(1, (os.cpu_count() or 1) - 1)))
    for name in _VARIABLES:
        os.environ.setdefault(name, usual)
