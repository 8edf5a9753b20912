"""The one entry point: a window for a person, or a headless command for a script.

``ann-viz`` and ``ann-viz FILE.csv`` open the window; everything else (``train``, ``predict``, ``demo``, options) goes
to the command line, which starts without Qt. ``--debug``, wherever it stands, has a log written of either.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from pathlib import PurePath
from typing import Final

from ann_viz.signals import end_on_signals  # the rest is imported when these are in place

__all__ = ["main"]

USER_CAN_MEND: Final = 2
DEBUG: Final = "--debug"
NO_THREAD: Final = "can't start new thread"  # Python's words where the system has no memory for its stack


def main(arguments: Sequence[str] | None = None) -> int:
    """Run ANN Viz.

    Parameters
    ----------
    arguments : sequence of str, optional
        What stands after the program's name. Taken from the command line if left out, and then the process is ours:
        its signals and its streams are attended to.

    Returns
    -------
    int
        The exit code: 0, or 2 for what the user can mend.
    """
    if arguments is None:
        _take_over()
    given = list(sys.argv[1:] if arguments is None else arguments)
    if DEBUG in given:
        given = [each for each in given if each != DEBUG]
        try:
            _start_log(given)
        except OSError as error:
            return _refuse(f"The log can't be written to '{error.filename}': {error.strerror}.")
    try:
        return _open_window(given) if _asks_for_window(given) else _run_command(given)
    except ImportError as error:
        from ann_viz.qt_libraries import explain

        sentence = explain(error)
        if sentence is None:
            raise
        return _refuse(sentence)
    except MemoryError:
        return _refuse_for_memory()
    except RuntimeError as error:
        if NO_THREAD not in str(error):
            raise
        return _refuse_for_memory()


def _take_over() -> None:
    end_on_signals()
    from ann_viz.streams import prepare_streams

    prepare_streams()


def _start_log(arguments: list[str]) -> None:
    from ann_viz.app_folder import app_folder  # neither is needed without a log
    from ann_viz.diagnostics import start_log

    path = start_log(app_folder(), arguments)
    print(f"ann-viz: what happens is written to {path}", file=sys.stderr)


def _asks_for_window(arguments: Sequence[str]) -> bool:
    """Tell a lone file from a command: commands are bare words, a file has an ending or a folder."""
    if not arguments:
        return True
    first = arguments[0]
    is_file = "/" in first or os.sep in first or PurePath(first).suffix != ""
    return len(arguments) == 1 and not first.startswith("-") and is_file


def _open_window(arguments: list[str]) -> int:
    from ann_viz.qt_libraries import platform_problem

    problem = platform_problem()
    if problem is not None:
        return _refuse(problem)
    from ann_viz.app import main as open_window  # Qt is loaded only for a window

    return open_window(arguments)


def _run_command(arguments: list[str]) -> int:
    from ann_viz.cli import main as run_command

    return run_command(arguments)


def _refuse_for_memory() -> int:
    from ann_viz.errors import NO_MEMORY
    from ann_viz.translation import translate

    return _refuse(translate(NO_MEMORY))


def _refuse(sentence: str) -> int:
    from ann_viz.printable import printable

    print(f"ann-viz: {printable(sentence)}", file=sys.stderr)
    return USER_CAN_MEND


if __name__ == "__main__":
    sys.exit(main())
