"""A crew on an existing Dask cluster, whose address the user trusts: it runs what it is sent.

Its workers need this program too. The extra ``cluster`` brings the client.
"""

from __future__ import annotations

import logging
import socket
import time
from concurrent.futures import CancelledError, Future
from contextlib import suppress
from importlib.util import find_spec
from typing import Final
from urllib.parse import urlsplit

from ann_viz.errors import AnnVizError
from ann_viz.printable import printable
from ann_viz.session.sweeping.problem import Problem
from ann_viz.session.sweeping.task import Result, Task
from ann_viz.session.sweeping.work import solve
from ann_viz.translation import translate

__all__ = ["ClusterCrew"]

_REACH_S: Final = 10
_TALKATIVE: Final = ("distributed", "distributed.client", "tornado", "tornado.application")
_AGAIN_S: Final = 0.2


class ClusterCrew:
    """The workers of a Dask cluster.

    Parameters
    ----------
    problem : Problem
        Sent to each of them once.
    address : str
        Of the scheduler: "tcp://host:8786".

    Raises
    ------
    AnnVizError
        When the client is not installed, or nobody answers there.
    """

    def __init__(self, problem: Problem, address: str) -> None:
        if find_spec("distributed") is None:
            raise AnnVizError(translate("A cluster needs the package 'distributed': pip install 'ann-viz[cluster]'."))
        from distributed import Client

        _be_quiet()
        try:
            _reach(address)
            self._client = Client(address, timeout=_REACH_S, set_as_default=False)
        except (OSError, ValueError, TimeoutError) as error:
            sentence = translate("No Dask scheduler answers at '{address}'. Its address is such as tcp://host:8786.")
            raise AnnVizError(sentence.format(address=printable(address))) from error
        try:
            self._client.wait_for_workers(1, timeout=_REACH_S)
            self._problem = self._client.scatter(problem, broadcast=True, hash=False)
            self._executor = self._client.get_executor(pure=False)
        except (OSError, TimeoutError) as error:
            self.close()
            sentence = translate("The Dask cluster at '{address}' has no workers.")
            raise AnnVizError(sentence.format(address=printable(address))) from error

    @property
    def n_workers(self) -> int:
        """How many tasks are done at once."""
        threads: dict[str, int] = self._client.nthreads()
        return max(1, sum(threads.values()))

    def submit(self, task: Task, state: str = "") -> Future[Result]:
        """Have a task done, from the state in which one before has left it."""
        future: Future[Result] = self._executor.submit(solve, self._problem, task, state)
        return future

    def is_lost(self, error: BaseException) -> bool:
        """Return whether scheduler or workers are gone: a new client may find others."""
        if isinstance(error, CancelledError | OSError | TimeoutError):
            return True
        return type(error).__module__.startswith("distributed")  # KilledWorker, CommClosedError, FutureCancelledError …

    def close(self) -> None:
        """Take the tasks back; workers end what they are at."""
        with suppress(Exception):  # a client whose scheduler is gone can't even say goodbye
            self._client.close(timeout=2)


def _be_quiet() -> None:
    """Let what the client logs go into our log alone, if there is one: a lost scheduler takes pages on its own."""
    for name in _TALKATIVE:
        logger = logging.getLogger(name)
        logger.handlers[:] = [logging.NullHandler()]
        logger.propagate = True


def _reach(address: str) -> None:
    """Wait a moment for somebody to listen: a client that finds nobody leaves a thread behind.

    Raises
    ------
    ValueError
        When it is no address.
    OSError
        When nobody did.
    """
    parts = urlsplit(address)
    if parts.hostname is None or parts.port is None:
        raise ValueError("it names no port of a machine")
    until = time.monotonic() + _REACH_S
    while True:
        try:
            socket.create_connection((parts.hostname, parts.port), timeout=_REACH_S).close()
        except OSError:
            if time.monotonic() > until:
                raise
            time.sleep(_AGAIN_S)
        else:
            return
