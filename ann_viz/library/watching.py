"""Watching one's own training loop: one call per step, and a window in another process draws the network as it learns.

The loop waits for nobody. A step that nobody wants to see costs a look at the clock; when the window has asked for a
picture, the next step sends the weights. No thread of ours runs beside the loop, which would have to share its time.
"""

from __future__ import annotations

import atexit
import hmac
import json
import math
import secrets
import socket
import subprocess
import sys
import threading
from collections.abc import Sequence
from contextlib import suppress
from time import perf_counter
from types import TracebackType
from typing import Any, Final, Self

from ann_viz.library.watched_models import watched_model
from ann_viz.watch_wire import LOCALHOST, WISH, Greeting, frame_bytes, read_line, token_line

__all__ = ["Watch", "watch"]

_TOKEN_BYTES: Final = 32
_PATIENCE_S: Final = 2.0  # with somebody who connects and does not show the token, and with a window that reads nothing
_LAST_PICTURE_S: Final = 0.5
_START_S: Final = 20.0  # the longest that a loop waits for its window
_START_LOOK_S: Final = 0.05
_LOOK_AGAIN_S: Final = 0.005
_REST_S: Final = 0.03  # after a frame: nobody sees more than thirty pictures a second


class Watch:
    """A network being watched; call it once per step. A context manager, which shows the last step at its end.

    Parameters
    ----------
    model, activations
        As for `watch`.
    greeting : dict
        Fields of `Greeting` beside sizes and activations.

    Attributes
    ----------
    steps : int
        How often it was called.
    port : int
    token : str
        Where it listens, and what it wants to be shown.
    """

    def __init__(self, model: Any, activations: Sequence[str] | None, greeting: dict[str, Any]) -> None:
        self._model = watched_model(model, activations)
        self.greeting = Greeting(sizes=self._model.sizes, activations=self._model.activations, **greeting)
        self.steps = 0
        self.token = secrets.token_hex(_TOKEN_BYTES)
        self._server = socket.create_server((LOCALHOST, 0), backlog=1)
        self.port: int = self._server.getsockname()[1]
        self._connection: socket.socket | None = None
        self._connected = threading.Event()
        self._look_at = 0.0  # the moment from which on a step asks whether a picture is wanted
        self._window: subprocess.Popen[bytes] | None = None
        self._thread = threading.Thread(target=self._accept, name="ann-viz watch", daemon=True)
        self._thread.start()
        atexit.register(self.close)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def __call__(self, loss: Any = None) -> None:
        """Say that a step is done.

        Parameters
        ----------
        loss : float, or a tensor with one number, optional
            Looked at only when it is drawn.
        """
        self.steps += 1
        if self._connection is not None and perf_counter() >= self._look_at:
            self._answer(loss, 0.0)

    def _answer(self, loss: Any, patience_s: float) -> None:
        """Send a frame if one is wanted, or is within some time; a window that has gone is let go."""
        assert self._connection is not None  # whoever calls has looked
        try:
            self._connection.settimeout(patience_s)
            wish = self._connection.recv(1)
            if wish != WISH:
                raise ConnectionError
            number = math.nan if loss is None else float(getattr(loss, "item", lambda: loss)())  # of a tensor
            frame = frame_bytes(self.steps, number, self._model.params())
            if len(frame) != self.greeting.frame_bytes:
                raise TypeError("The layers have other sizes than at first. Call ann_viz.watch again.")
            self._connection.settimeout(_PATIENCE_S)
            self._connection.sendall(frame)
            self._look_at = perf_counter() + _REST_S
        except (BlockingIOError, TimeoutError):
            self._look_at = perf_counter() + _LOOK_AGAIN_S
        except OSError:
            self._connection.close()
            self._connection = None

    def open_window(self) -> None:
        """Open the window and wait until it shows the network, so that the first step is seen as well.

        It is told where to connect by a pipe that nobody else can read.
        """
        command = [sys.executable, "-m", "ann_viz", "watch"]
        # No stream of ours stays open with the window, or whoever reads what we print would wait for it to be closed.
        pipe, nowhere = subprocess.PIPE, subprocess.DEVNULL
        self._window = subprocess.Popen(command, stdin=pipe, stdout=nowhere, stderr=pipe)
        assert self._window.stdin is not None and self._window.stderr is not None  # asked for above
        with suppress(OSError), self._window.stdin as told:  # it may have ended at once
            told.write(json.dumps({"port": self.port, "token": self.token}).encode("ascii"))
        until = perf_counter() + _START_S
        while self._window.poll() is None and perf_counter() < until and not self._connected.wait(_START_LOOK_S):
            pass
        with self._window.stderr as said:
            if self._window.poll() is not None:
                print(said.read().decode("utf-8", "replace").strip(), file=sys.stderr)

    def wait(self) -> None:
        """Show the last step, and wait until the window is closed."""
        self.close()
        if self._window is not None:
            self._window.wait()

    def close(self, loss: Any = None) -> None:
        """Show the last step and let go; the window stays open. More than once is fine."""
        atexit.unregister(self.close)
        with suppress(OSError):
            self._server.shutdown(socket.SHUT_RDWR)  # whoever waits for somebody to connect waits no longer
        self._server.close()
        self._thread.join(_PATIENCE_S)
        if self._connection is not None:
            self._answer(loss, _LAST_PICTURE_S)
        if self._connection is not None:
            self._connection.close()
            self._connection = None

    # The thread that waits for the window ---------------------------------------------------------------------------
    def _accept(self) -> None:
        """Wait for somebody who knows the token; what others say is never answered."""
        with suppress(OSError):  # it has been closed
            while self._connection is None:
                connection, _ = self._server.accept()
                if self._knows_token(connection):
                    connection.sendall(self.greeting.line())
                    self._connection = connection
                    self._connected.set()
                else:
                    connection.close()

    def _knows_token(self, connection: socket.socket) -> bool:
        connection.settimeout(_PATIENCE_S)
        try:
            line = read_line(connection, len(token_line(self.token)))
        except (OSError, ValueError):
            return False
        return hmac.compare_digest(line + b"\n", token_line(self.token))


def watch(
    model: Any,
    *,
    title: str = "",
    activations: Sequence[str] | None = None,
    inputs: Sequence[str] = (),
    outputs: Sequence[str] = (),
    row: Sequence[float] = (),
    window: bool = True,
) -> Watch:
    """Open a window that shows a network of yours while your own loop trains it.

    Parameters
    ----------
    model : torch.nn.Sequential, keras.Model, or (weights, biases)
        Of fully connected layers; lists are of NumPy arrays ``W (n_in, n_out)`` and ``b (n_out,)``.
    title : str
        Of the window.
    activations : sequence of str, optional
        Of every layer, such as "relu", where the model does not say.
    inputs, outputs : sequence of str, optional
        Names to stand beside the circles.
    row : sequence of float, optional
        Inputs of one row, whose signals fill the circles.
    window : bool
        Whether to open the window at once; see `Watch.open_window`.

    Returns
    -------
    Watch
        To be called once per step, with the loss if you like.

    Raises
    ------
    TypeError
        When it is no network of fully connected layers.

    Examples
    --------
    >>> import ann_viz, numpy as np
    >>> W, b = [np.ones((2, 3)), np.ones((3, 1))], [np.zeros(3), np.zeros(1)]
    >>> with ann_viz.watch((W, b), activations=["relu", "sigmoid"], window=False) as step:
    ...     for _ in range(5):
    ...         W[0] *= 0.9  # learn
    ...         step(loss=0.5)
    >>> step.steps
    5
    """
    greeting = {"title": title, "inputs": tuple(inputs), "outputs": tuple(outputs)}
    watcher = Watch(model, activations, {**greeting, "row": tuple(map(float, row))})
    if window:
        watcher.open_window()
    return watcher
