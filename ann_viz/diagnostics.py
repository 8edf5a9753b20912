"""What a maintainer needs to find a fault on somebody else's machine: versions, and a log of what happened.

The log is written only when it was asked for (``--debug``); until then a line costs one look at a level. It never holds
a cell of anyone's table: files appear by name and size, and an error without its message where that may quote data.
"""

from __future__ import annotations

import linecache
import logging
import os
import platform
import re
import sys
import threading
import traceback
from collections import deque
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from time import perf_counter
from types import TracebackType
from typing import Final, TypeAlias

from ann_viz import __version__

__all__ = ["last_lines", "start_log", "timed", "versions"]

LOG_FILE: Final = "debug.log"
CRASH_FILE: Final = "crash.log"
MOST_BYTES: Final = 1_000_000
N_OLDER_FILES: Final = 3
MOST_FRAMES: Final = 30
LIBRARIES: Final = ("PySide6-Essentials", "pyqtgraph", "numpy", "duckdb", "chardet", "safetensors")

# Their messages speak of code, never of data.
_ABOUT_CODE: Final = (AttributeError, ImportError, IndexError, MemoryError, NameError, RecursionError, TypeError)
_FOLDERS: Final = re.compile(r"(?:[A-Za-z]:)?[\\/]?(?:[^\\/'\"():=]+[\\/])+")

_app_log: Final = logging.getLogger("ann_viz")
_log: Final = logging.getLogger(__name__)

_ErrorInfo: TypeAlias = tuple[type[BaseException], BaseException, TracebackType | None] | tuple[None, None, None]


def versions() -> list[str]:
    """Return lines that name the versions of the program, of what it is made of, and of the system."""
    return [
        f"ANN Viz {__version__}, Python {platform.python_version()} ({platform.python_implementation()})",
        ", ".join(f"{name} {_version(name)}" for name in LIBRARIES),
        f"{platform.platform()}, {os.cpu_count()} cores",
    ]


def _version(name: str) -> str:
    from importlib import metadata  # slow, and needed for a report only

    try:
        return metadata.version(name)
    except metadata.PackageNotFoundError:
        return "missing"


def start_log(folder: Path, arguments: Sequence[str]) -> Path:
    """Write what happens from now on to a file in `folder`, and where the process was when it crashed to another.

    Parameters
    ----------
    folder : Path
        Made if it isn't there.
    arguments : sequence of str
        What the program was started with; of paths only the last part is written.

    Returns
    -------
    Path
        The file. Grown to a megabyte, it becomes ``debug.log.1``; three of these are kept. When it can't be written
        any more, that is said once, and it ends there.

    Raises
    ------
    OSError
        When it can't be written.
    """
    import faulthandler  # slow as the next, and needed for a log only
    from logging.handlers import RotatingFileHandler

    class LogFile(_GivesUp, RotatingFileHandler):
        pass

    folder.mkdir(parents=True, exist_ok=True)
    path = folder / LOG_FILE
    handler = LogFile(path, maxBytes=MOST_BYTES, backupCount=N_OLDER_FILES, encoding="utf-8")
    handler.setFormatter(_DiscreetFormatter("%(asctime)s %(levelname)s %(threadName)s %(name)s: %(message)s"))
    _app_log.addHandler(handler)
    _app_log.setLevel(logging.DEBUG)
    _log_what_nobody_catches()
    if not faulthandler.is_enabled():  # who enabled it wants to read it elsewhere
        # Never closed: the process may crash at any time.
        faulthandler.enable(os.open(folder / CRASH_FILE, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600))
    for line in (*versions(), f"arguments: {' '.join(map(_without_folders, arguments)) or 'none'}"):
        _log.info("%s", line)
    return path


def last_lines(count: int = 40) -> list[str]:
    """Return the newest lines of the log; none where no log is written."""
    files = [handler.baseFilename for handler in _app_log.handlers if isinstance(handler, logging.FileHandler)]
    return Path(files[0]).read_text(encoding="utf-8").splitlines()[-count:] if files else []


@contextmanager
def timed(what: str) -> Iterator[None]:
    """Log how long something took and whether it ended well; also a decorator.

    Parameters
    ----------
    what : str
        What is done, such as "reading a file".
    """
    begin = perf_counter()
    try:
        yield
    except BaseException as error:
        _log.info("%s ended after %.3f s with %s", what, perf_counter() - begin, type(error).__name__)
        raise
    _log.info("%s took %.3f s", what, perf_counter() - begin)


def _log_what_nobody_catches() -> None:
    """Let the interpreter's hooks write to the log before they do what they did."""
    tell, tell_of_thread = sys.excepthook, threading.excepthook

    def on_exception(kind: type[BaseException], value: BaseException, trace: TracebackType | None) -> None:
        _app_log.critical("nobody caught this", exc_info=(kind, value, trace))
        tell(kind, value, trace)

    def on_thread_exception(arguments: threading.ExceptHookArgs) -> None:
        _app_log.critical("nobody caught this", exc_info=arguments.exc_value)
        tell_of_thread(arguments)

    sys.excepthook, threading.excepthook = on_exception, on_thread_exception


class _GivesUp(logging.Handler):
    """Ends a log that the system lets nobody write, in place of a traceback for every line of it."""

    def handleError(self, record: logging.LogRecord) -> None:  # noqa: N802 - logging's name
        """Say so and stop listening; a mistake in the program keeps its traceback."""
        error = sys.exc_info()[1]
        if not isinstance(error, OSError):
            super().handleError(record)
            return
        _app_log.removeHandler(self)
        with suppress(OSError):  # what is still in its buffer goes the same way
            self.close()
        print(f"ann-viz: The log ends here, it can't be written: {error.strerror or error}.", file=sys.stderr)


class _DiscreetFormatter(logging.Formatter):
    """Writes where an error was raised, but no folder of this machine and no message that may quote data."""

    def formatException(self, ei: _ErrorInfo) -> str:  # noqa: N802 - logging's name
        """Return what led to the error, its frames, and what it is."""
        return "" if ei[1] is None else "\n".join(_discreet_lines(ei[1]))


def _discreet_lines(error: BaseException) -> Iterator[str]:
    earlier = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
    if earlier is not None:
        yield from _discreet_lines(earlier)
        yield "which led to"
    for frame, line in deque(traceback.walk_tb(error.__traceback__), MOST_FRAMES):
        code = frame.f_code
        source = linecache.getline(code.co_filename, line).strip()
        yield f"  {frame.f_globals.get('__name__')}:{line} in {code.co_name}: {source}"
    yield f"{type(error).__name__}: {_discreet_message(error)}".removesuffix(": ")


def _discreet_message(error: BaseException) -> str:
    if isinstance(error, OSError):
        return error.strerror or ""  # without the file's name
    return _without_folders(str(error)) if isinstance(error, _ABOUT_CODE) else ""


def _without_folders(text: str) -> str:
    return _FOLDERS.sub("", text)
