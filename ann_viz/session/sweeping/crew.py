"""Who does the tasks of a sweep: processes on this machine, each with the problem, handed over once."""

from __future__ import annotations

import os
import pickle
import signal
import sys
import threading
from collections.abc import Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager, suppress
from multiprocessing.connection import Connection
from multiprocessing.context import SpawnContext, SpawnProcess
from pathlib import Path
from typing import TYPE_CHECKING, Final, Protocol

from ann_viz.temporary import TemporaryFolder

if TYPE_CHECKING:
    from ann_viz.session.sweeping.problem import Problem
    from ann_viz.session.sweeping.task import Result, Task

__all__ = ["Crew", "LocalCrew", "n_cores"]


class Crew(Protocol):
    """Does tasks somewhere else."""

    @property
    def n_workers(self) -> int:
        """How many tasks are done at once."""
        ...

    def submit(self, task: Task, state: str = "") -> Future[Result]:
        """Have a task done, from the state in which one before has left it."""
        ...

    def is_lost(self, error: BaseException) -> bool:
        """Return whether what went wrong is the crew's end, not the task's: another crew can go on with it."""
        ...

    def close(self) -> None:
        """End it, and whatever it is at."""
        ...


def n_cores() -> int:
    """Return how many cores this process may use."""
    affinity = getattr(os, "sched_getaffinity", None)  # not on every system
    return os.cpu_count() or 1 if affinity is None else len(affinity(0))


class LocalCrew:
    """Processes on this machine, as many as cores, at a lower priority and with one thread each.

    Parameters
    ----------
    problem : Problem
        Read by each of them when it starts, from a file: sent through a pipe, every process would have to be up before
        the next one could start.
    n_workers : int, optional
        How many.
    """

    def __init__(self, problem: Problem, n_workers: int | None = None) -> None:
        self.n_workers = n_workers or n_cores()
        context = _OneThreadEach()
        self._folder = TemporaryFolder()
        path = self._folder.write_bytes("problem", [pickle.dumps(problem)])
        held, self._lifeline = context.Pipe(duplex=False)
        with _environment(_NO_WORDS):
            self._pool = ProcessPoolExecutor(self.n_workers, context, initializer=_begin_work, initargs=(path, held))

    def submit(self, task: Task, state: str = "") -> Future[Result]:
        """Have a task done, from the state in which one before has left it."""
        return self._pool.submit(_work, task, state)

    def is_lost(self, error: BaseException) -> bool:
        """Return whether a process has been killed: the pool is of no use then."""
        return isinstance(error, BrokenProcessPool)

    def close(self) -> None:
        """End the processes on the spot."""
        self._lifeline.close()
        self._pool.shutdown(wait=False, cancel_futures=True)
        self._folder.remove()


# How a process is started --------------------------------------------------------------------------------------------
_ONE_THREAD: Final = dict.fromkeys(
    ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS", "VECLIB_MAXIMUM_THREADS"), "1"
)

_NO_WORDS: Final = {"PYTHONWARNINGS": "ignore::UserWarning:multiprocessing.resource_tracker"}
"""Python's own process that cleans up behind others is started with these: after Ctrl+C it would tell of its work."""


class _OneThreadProcess(SpawnProcess):
    """A process whose libraries of linear algebra take one core: they ask the environment when they are loaded."""

    def start(self) -> None:
        """Start it."""
        with _environment(_ONE_THREAD):
            super().start()


class _OneThreadEach(SpawnContext):
    """Starts such processes."""

    Process = _OneThreadProcess


@contextmanager
def _environment(values: dict[str, str]) -> Iterator[None]:
    before = {name: os.environ.get(name) for name in values}
    os.environ.update(values)
    try:
        yield
    finally:
        for name, value in before.items():
            if value is None:
                os.environ.pop(name, None)
            else:
                os.environ[name] = value


# In the process ------------------------------------------------------------------------------------------------------
_problems: Final[list[Problem]] = []
"""The one problem of this process; in the program itself there is none."""


def _begin_work(problem: Path, lifeline: Connection) -> None:
    """Prepare a process that has just been started."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl+C is for the program that started it, which then ends it
    threading.Thread(target=_end_with, args=(lifeline,), name="end with the program", daemon=True).start()
    try:
        _problems.append(pickle.loads(problem.read_bytes()))
    except FileNotFoundError:  # the others have done all before this one was up
        os._exit(0)
    _step_back()


def _work(task: Task, state: str) -> Result:
    from ann_viz.session.sweeping.work import solve

    return solve(_problems[0], task, state)


def _end_with(lifeline: Connection) -> None:
    """End this process when the other end of a pipe is closed: by the crew, or because its program is gone.

    An event of `multiprocessing` would wait for ever for a process that was killed while it listened.
    """
    lifeline.poll(None)
    os._exit(0)


def _step_back() -> None:
    """Let whatever somebody looks at go first."""
    if sys.platform == "win32":
        import ctypes

        below_normal = 0x4000
        kernel = ctypes.windll.kernel32
        kernel.SetPriorityClass(kernel.GetCurrentProcess(), below_normal)
    else:
        with suppress(OSError):
            os.nice(10)
