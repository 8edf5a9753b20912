"""A network that another program trains, as the window sees it: asked for weights, and made numbers to draw."""

from __future__ import annotations

import math
import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from ann_viz.engine.activations import ACTIVATIONS
from ann_viz.engine.arrays import Array, layer_matrices
from ann_viz.engine.outputs import output_of
from ann_viz.errors import AnnVizError
from ann_viz.scene import NetworkNumbers
from ann_viz.session.job import Job, Progress
from ann_viz.translation import translate
from ann_viz.watch_wire import LOCALHOST, WISH, Greeting, frame_head, parameters_of, read_line, token_line

__all__ = ["WatchedMoment", "WatchedNetwork"]

_PATIENCE_S: Final = 10.0
_LOOK_AGAIN_S: Final = 0.2  # whether the window is closed
_MOST_LOSSES: Final = 4096
_FRESH: Final = 0.2  # how much of the smoothed loss is the newest one: those of single batches jump


@contextmanager
def _closed_on_error(connection: socket.socket) -> Iterator[None]:
    """Close a connection where the block fails."""
    try:
        yield
    except BaseException:
        connection.close()
        raise


@dataclass(frozen=True, slots=True, eq=False)
class WatchedMoment:
    """What is drawn of one step.

    Parameters
    ----------
    step : int
    loss : float
        NaN where it was not told.
    numbers : NetworkNumbers
        Weights, biases, and the signals of the row that was given; zeros without one.
    losses : (n, 2) ndarray
        Steps and smoothed losses so far.
    """

    step: int
    loss: float
    numbers: NetworkNumbers
    losses: NDArray[np.float64]


class WatchedNetwork:
    """Connects to the program and keeps the newest moment.

    Parameters
    ----------
    port : int
        Where it listens, on this machine.
    token : str
        What it was promised to be shown.

    Attributes
    ----------
    greeting : Greeting

    Raises
    ------
    AnnVizError
        When nobody is there, or says something else than a network.
    """

    def __init__(self, port: int, token: str) -> None:
        try:
            self._connection = socket.create_connection((LOCALHOST, port), _PATIENCE_S)
            with _closed_on_error(self._connection):
                self._connection.sendall(token_line(token))
                self.greeting = Greeting.from_line(read_line(self._connection))
        except (OSError, ValueError) as error:
            raise AnnVizError(translate("The program to be watched does not answer.")) from error
        self._newest: WatchedMoment | None = None
        self._taken = threading.Event()
        self._losses: list[tuple[int, float]] = []
        self._job: Job[None] = Job("watching", self._receive)

    @property
    def has_ended(self) -> bool:
        """Whether the program has let go."""
        return self._job.done

    def poll(self) -> WatchedMoment | None:
        """Return the newest moment if it has not been returned yet, and have the next one asked for."""
        moment, self._newest = self._newest, None
        if moment is not None:
            self._taken.set()
        return moment

    def close(self) -> None:
        """Let go; more than once is fine."""
        self._job.stop()
        self._taken.set()
        self._job.wait()
        self._connection.close()

    def _receive(self, progress: Progress, cancelled: Callable[[], bool]) -> None:
        """Ask for a frame, and for the next one when it was taken: what nobody draws is not copied either."""
        self._connection.settimeout(_LOOK_AGAIN_S)
        with suppress(ConnectionError):
            while (frame := self._next_frame(cancelled)) is not None:
                self._newest = self._moment_of(frame)
                self._taken.wait()
                self._taken.clear()

    def _next_frame(self, cancelled: Callable[[], bool]) -> bytearray | None:
        """Return the next frame, however long a step takes; None where one of the two has ended."""
        frame = bytearray(self.greeting.frame_bytes)
        view, n_read = memoryview(frame), 0
        self._connection.sendall(WISH)
        while n_read < len(frame):
            if cancelled():
                return None
            with suppress(TimeoutError):
                n = self._connection.recv_into(view[n_read:])
                if n == 0:
                    return None
                n_read += n
        return frame

    def _moment_of(self, frame: bytearray) -> WatchedMoment:
        step, loss = frame_head(frame)
        if math.isfinite(loss):
            before = self._losses[-1][1] if self._losses else loss
            self._losses.append((step, before + _FRESH * (loss - before)))
            if len(self._losses) > _MOST_LOSSES:
                del self._losses[1:-1:2]  # every second one, but never the first or the newest
        params = np.frombuffer(parameters_of(frame), dtype="<f4").astype(np.float32)
        matrices = layer_matrices(np.nan_to_num(params), self.greeting.sizes)
        W, b = tuple(matrix[:-1] for matrix in matrices), tuple(matrix[-1] for matrix in matrices)
        numbers = NetworkNumbers(weights=W, biases=b, values=self._signals(W, b))
        return WatchedMoment(step, loss, numbers, np.array(self._losses, np.float64).reshape(-1, 2))

    def _signals(self, W: tuple[Array, ...], b: tuple[Array, ...]) -> tuple[Array, ...]:
        """Return what the neurons of every column make of the row."""
        greeting = self.greeting
        if not greeting.row:
            return tuple(np.zeros(size, np.float32) for size in greeting.sizes)
        A = [np.asarray([greeting.row], np.float32)]
        for weights, bias, name in zip(W, b, greeting.activations, strict=True):
            Z = A[-1] @ weights + bias
            softmax = name == "softmax"
            A.append(output_of("multiclass", Z) if softmax else ACTIVATIONS[name or "linear"].evaluate(Z))
        return tuple(a[0] for a in A)
