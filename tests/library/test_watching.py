"""Watching one's own loop: the weights arrive as they are, strangers are told nothing, and it is cheap."""

from __future__ import annotations

import doctest
import io
import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from importlib.util import find_spec
from typing import Any

import numpy as np
import pytest

import ann_viz
from ann_viz.cli import main
from ann_viz.errors import AnnVizError
from ann_viz.library import watching
from ann_viz.session.watched import WatchedMoment, WatchedNetwork
from ann_viz.watch_wire import LOCALHOST, Greeting

SIZES = (2, 3, 1)


def network() -> tuple[list[np.ndarray], list[np.ndarray]]:
    rng = np.random.default_rng(1)
    return [rng.normal(size=shape) for shape in ((2, 3), (3, 1))], [np.zeros(3), np.zeros(1)]


@contextmanager
def watched(model: Any, **told: Any) -> Iterator[tuple[Any, WatchedNetwork]]:
    """A loop and what a window would have of it, in one process."""
    with ann_viz.watch(model, window=False, **told) as step, closing(WatchedNetwork(step.port, step.token)) as seen:
        yield step, seen


def next_moment(step: Any, seen: WatchedNetwork, loss: float | None = None) -> WatchedMoment:
    """Go on until the window has been shown a step."""
    until = time.monotonic() + 10
    while time.monotonic() < until:
        step(loss)
        moment = seen.poll()
        if moment is not None:
            return moment
    raise AssertionError("nothing was shown")


def test_the_window_sees_the_weights_of_the_step_it_names() -> None:
    # Intention: what is drawn are the numbers of the loop, changed in place between two steps.
    W, b = network()
    with watched((W, b), activations=["relu", "sigmoid"], row=[1.0, -1.0], inputs=["x", "y"]) as (step, seen):
        assert seen.greeting.sizes == SIZES and seen.greeting.inputs == ("x", "y")
        next_moment(step, seen)
        W[0] *= 2
        b[1] += 1
        next_moment(step, seen, 0.5)  # may have been asked for before
        moment = next_moment(step, seen, 0.5)
        assert moment.step <= step.steps and moment.loss == 0.5
        for mine, theirs in zip((*W, *b), (*moment.numbers.weights, *moment.numbers.biases), strict=True):
            np.testing.assert_allclose(theirs, mine, rtol=1e-6)
        hidden = np.maximum(np.array([1.0, -1.0]) @ W[0], 0)
        np.testing.assert_allclose(moment.numbers.values[1], hidden, rtol=1e-5)
        np.testing.assert_allclose(moment.numbers.values[2], 1 / (1 + np.exp(-(hidden @ W[1] + 1))), rtol=1e-5)
        assert moment.losses[-1, 0] == moment.step


def test_the_last_step_is_shown_and_then_the_end() -> None:
    W, b = network()
    with watched((W, b)) as (step, seen):
        next_moment(step, seen)
        W[0][:] = 7.0
        step.close(0.25)
        until = time.monotonic() + 10
        moments = []
        while not seen.has_ended and time.monotonic() < until:
            moments.append(seen.poll())
        last = [each for each in (*moments, seen.poll()) if each is not None][-1]
        assert seen.has_ended and last.loss == 0.25 and (last.numbers.weights[0] == 7.0).all()


def test_a_window_that_goes_stops_nothing() -> None:
    W, b = network()
    with ann_viz.watch((W, b), window=False) as step:
        with closing(WatchedNetwork(step.port, step.token)) as seen:
            next_moment(step, seen)
        for _ in range(100):
            step(0.1)
    assert step.steps > 100


def test_nobody_without_the_token_is_told_anything() -> None:
    # Intention: any program of this machine may connect; only the window that was opened is answered.
    with ann_viz.watch(network(), window=False) as step:
        assert len(step.token) == 64
        for wrong in (b"\n", b"0" * 64 + b"\n", b"x" * 200):
            with socket.create_connection((LOCALHOST, step.port), 5) as stranger:
                stranger.sendall(wrong)
                with suppress(ConnectionResetError):
                    assert stranger.recv(100) == b""
        with closing(WatchedNetwork(step.port, step.token)) as seen:
            assert seen.greeting.sizes == SIZES


def test_it_listens_on_this_machine_alone() -> None:
    # Intention: not even by another address of the same machine.
    with ann_viz.watch(network(), window=False) as step, pytest.raises(OSError):
        socket.create_connection(("127.0.0.2", step.port), 1)


def test_a_network_that_changes_its_size_is_another_one() -> None:
    W, b = network()
    with watched((W, b)) as (step, seen):
        next_moment(step, seen)
        W[1], b[1] = np.ones((3, 2)), np.zeros(2)
        with pytest.raises(TypeError, match=r"Call ann_viz\.watch again"):
            next_moment(step, seen)
        W[1], b[1] = np.ones((3, 1)), np.zeros(1)


def test_a_program_that_is_not_there_is_one_sentence() -> None:
    with socket.create_server((LOCALHOST, 0)) as server:
        port = server.getsockname()[1]
    with pytest.raises(AnnVizError, match="does not answer"):
        WatchedNetwork(port, "0" * 64)


@pytest.mark.parametrize(
    "changes",
    [{"sizes": (3,)}, {"sizes": (2, 0, 1)}, {"sizes": (9999, 9999, 1)}, {"inputs": ("x",)}, {"activations": ("relu",)}],
)
def test_a_greeting_that_makes_no_sense_is_refused(changes: dict[str, Any]) -> None:
    good = {"title": "", "sizes": SIZES, "activations": ("relu", "")}
    assert Greeting.from_line(Greeting(**good).line()) == Greeting(**good)
    with pytest.raises(ValueError):
        Greeting(**{**good, **changes})


@pytest.mark.parametrize(
    ("model", "says"),
    [
        (object(), "object can't be watched"),
        (([np.ones((2, 3)), np.ones((4, 1))], [np.ones(3), np.ones(1)]), "4 inputs can't follow"),
        (([np.ones((2, 3))], [np.ones(2)]), "a bias for each"),
        (([np.ones(3)], [np.ones(2)]), "two dimensions"),
        (([], []), "no layer"),
    ],
)
def test_what_can_not_be_watched_is_said(model: Any, says: str) -> None:
    with pytest.raises(TypeError, match=says):
        ann_viz.watch(model, window=False)
    with pytest.raises(TypeError, match="2 layers have as many activations"):
        ann_viz.watch(network(), activations=["relu"], window=False)


def test_the_command_of_the_window_is_not_for_people(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    for text in ("", "{}", '{"port": "x", "token": 1}'):
        monkeypatch.setattr("sys.stdin", io.StringIO(text))
        assert main(["watch"]) == 2
        assert "run by ann_viz.watch(model)" in capsys.readouterr().err


def test_the_example_is_true() -> None:
    done = doctest.testmod(watching)
    assert done.attempted == 4 and done.failed == 0


def test_a_torch_network_is_read() -> None:
    torch = pytest.importorskip("torch")
    nn = torch.nn
    model = nn.Sequential(nn.Linear(2, 3), nn.Dropout(0.5), nn.Sequential(nn.GELU(), nn.Linear(3, 1, bias=False)))
    loss = torch.tensor(0.5, requires_grad=True)
    with watched(model) as (step, seen):
        assert seen.greeting.activations == ("gelu", "linear")
        moment = next_moment(step, seen, loss)
        np.testing.assert_array_equal(moment.numbers.weights[0], model[0].weight.detach().numpy().T)
        assert moment.loss == 0.5 and not moment.numbers.biases[1].any()
    with pytest.raises(TypeError, match="Conv1d can't be shown"):
        ann_viz.watch(nn.Sequential(nn.Linear(2, 2), nn.Conv1d(1, 1, 1)), window=False)


KERAS = """
import keras, numpy as np, ann_viz
from ann_viz.session.watched import WatchedNetwork

layers = [keras.Input((3,)), keras.layers.Dense(4, "relu"), keras.layers.Dropout(0.1), keras.layers.Dense(2)]
network = keras.Sequential(layers)
network.compile(optimizer="adam", loss="mse")
step = ann_viz.watch(network, window=False)
seen = WatchedNetwork(step.port, step.token)
told = keras.callbacks.LambdaCallback(on_train_batch_end=lambda batch, logs: step(logs["loss"]))
network.fit(np.ones((64, 3)), np.ones((64, 2)), epochs=5, verbose=0, callbacks=[told])
assert seen.greeting.sizes == (3, 4, 2) and seen.greeting.activations == ("relu", "linear"), seen.greeting
while (moment := seen.poll()) is None:
    step()
assert moment.numbers.weights[1].shape == (4, 2) and step.steps >= 10
seen.close()
step.close()
"""


@pytest.mark.slow
def test_a_keras_network_is_read() -> None:
    # Intention: in a process of its own, as Keras warns on import in its own ways; with PyTorch a model is both.
    backend = next((name for name in ("tensorflow", "jax", "torch") if find_spec(name)), None)
    if backend is None or find_spec("keras") is None:
        pytest.skip("Keras is not installed")
    environment = os.environ | {"KERAS_BACKEND": backend}
    done = subprocess.run([sys.executable, "-c", KERAS], env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


def test_a_step_that_nobody_looks_at_costs_next_to_nothing() -> None:
    # Intention: less than a twentieth of the quickest loop there is, of some 20 µs a step.
    with ann_viz.watch(network(), window=False) as step:
        begin = time.process_time()
        for _ in range(20_000):
            step(0.5)
        assert (time.process_time() - begin) / 20_000 < 5e-6
