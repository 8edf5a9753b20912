"""What ends the program from outside: Ctrl+C, SIGTERM, and SIGHUP from a terminal that was closed.

An exception raised at whatever line is being run would have to find its way through libraries that swallow it or take
it for an error of their own. So a command is ended on the spot: outputs are old or new at any moment (`ann_viz.files`),
and what is half done is removed first. The window ends in its own way (`ann_viz.ui.window.ending`).
"""

from __future__ import annotations

import os
import signal
from contextlib import suppress
from types import FrameType
from typing import Final

from ann_viz.unfinished import remove_unfinished

__all__ = ["OF_SIGNALS", "end_now", "end_on_signals", "ending_signals"]

OF_SIGNALS: Final = 128
"""Added to the number of the signal, it is the exit code, as shells have it: 130, 143, 129."""

_ENDING: Final = ("SIGINT", "SIGTERM", "SIGHUP", "SIGBREAK")
_STANDARD_ERROR: Final = 2


def ending_signals() -> list[signal.Signals]:
    """Return those that end the program here: not what this system lacks, nor what it was started to ignore (nohup)."""
    known = [signal.Signals[name] for name in _ENDING if name in signal.Signals.__members__]
    return [each for each in known if signal.getsignal(each) not in (signal.SIG_IGN, None)]


def end_on_signals() -> None:
    """Have these signals end the process cleanly from now on."""
    for each in ending_signals():
        signal.signal(each, end_now)


def end_now(number: int, _frame: FrameType | None) -> None:
    """Remove what is half done, say so, and go; a handler of signals."""
    for each in ending_signals():
        signal.signal(each, signal.SIG_IGN)
    remove_unfinished()
    signal.signal(number, signal.SIG_DFL)  # should nobody take the words, the next one ends it
    with suppress(OSError):
        line = b"\n" if os.isatty(_STANDARD_ERROR) else b""  # below the bar of progress
        os.write(_STANDARD_ERROR, line + b"ann-viz: stopped\n")
    os._exit(OF_SIGNALS + number)
