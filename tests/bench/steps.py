"""Training steps per second against scikit-learn, PyTorch and JAX: same data, Adam, one thread each, one process.

Run by hand: ``python tests/bench/steps.py [--repeats 5]`` in an environment with the ``bench`` extra. A peer that is
not installed is left out and said so. The peers take turns within every repeat; medians make a Markdown table.
"""

from __future__ import annotations

import argparse
import os
import statistics
import time
from collections.abc import Callable
from itertools import pairwise

import numpy as np
from threadpoolctl import threadpool_limits

from ann_viz.engine import LayerConfig, Network, NetworkConfig, TrainConfig, Trainer

CASES = (((11, 6, 6, 1), 32, 7000, 10), ((64, 32, 16, 10), 32, 1280, 40), ((784, 128, 64, 10), 128, 6400, 4))
RATE = 0.001

Timed = Callable[[], float]


def data(sizes: tuple[int, ...], rows: int) -> tuple[np.ndarray, np.ndarray]:
    """Return inputs and whole-number classes."""
    rng = np.random.default_rng(0)
    X = rng.normal(size=(rows, sizes[0])).astype(np.float32)
    return X, rng.integers(0, max(2, sizes[-1]), rows)


def one_hot(labels: np.ndarray, k: int) -> np.ndarray:
    """Return targets as the engine wants them."""
    return labels[:, None].astype(np.float32) if k == 1 else np.eye(k, dtype=np.float32)[labels]


def ours(sizes: tuple[int, ...], batch: int, rows: int, epochs: int) -> Timed:
    """Prepare the engine of ANN Viz; shuffling and the losses of every epoch are part of the time."""
    X, labels = data(sizes, rows)
    task = "binary" if sizes[-1] == 1 else "multiclass"
    hidden = tuple(LayerConfig(neurons=n) for n in sizes[1:-1])
    config = NetworkConfig(n_inputs=sizes[0], n_outputs=sizes[-1], hidden=hidden, task=task)
    settings = TrainConfig(batch_size=batch, learning_rate=RATE, epochs=0)
    trainer = Trainer(Network(config), X, one_hot(labels, sizes[-1]), config=settings)
    steps = -(-rows // batch) * epochs

    def run() -> float:
        began = time.perf_counter()
        for _ in range(steps):
            next(trainer)
        return steps / (time.perf_counter() - began)

    return run


def scikit_learn(sizes: tuple[int, ...], batch: int, rows: int, epochs: int) -> Timed:
    """Prepare MLPClassifier.fit."""
    import warnings

    from sklearn.exceptions import ConvergenceWarning
    from sklearn.neural_network import MLPClassifier

    X, labels = data(sizes, rows)

    def run() -> float:
        model = MLPClassifier(
            sizes[1:-1], batch_size=batch, learning_rate_init=RATE, alpha=0.0, max_iter=epochs, tol=0.0,
            n_iter_no_change=10**6, random_state=0,
        )  # fmt: skip
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", ConvergenceWarning)
            began = time.perf_counter()
            model.fit(X, labels)
            return -(-rows // batch) * epochs / (time.perf_counter() - began)

    return run


def pytorch(sizes: tuple[int, ...], batch: int, rows: int, epochs: int) -> Timed:
    """Prepare eager PyTorch with fused Adam; the epoch's rows are shuffled once and sliced."""
    import torch

    torch.set_num_threads(1)
    X, labels = data(sizes, rows)
    layers: list[torch.nn.Module] = []
    for n_in, n_out in pairwise(sizes):
        layers += [torch.nn.Linear(n_in, n_out), torch.nn.ReLU()]
    model = torch.nn.Sequential(*layers[:-1])
    optimiser = torch.optim.Adam(model.parameters(), lr=RATE, fused=True)
    inputs = torch.from_numpy(X)
    if sizes[-1] == 1:
        targets, loss = torch.from_numpy(one_hot(labels, 1)), torch.nn.BCEWithLogitsLoss()
    else:
        targets, loss = torch.from_numpy(labels), torch.nn.CrossEntropyLoss()

    def run() -> float:
        began = time.perf_counter()
        for _ in range(epochs):
            order = torch.randperm(rows)
            shuffled, truth = inputs[order], targets[order]
            for start in range(0, rows, batch):
                optimiser.zero_grad(set_to_none=True)
                loss(model(shuffled[start : start + batch]), truth[start : start + batch]).backward()
                optimiser.step()
        return -(-rows // batch) * epochs / (time.perf_counter() - began)

    return run


def jax_scan(sizes: tuple[int, ...], batch: int, rows: int, epochs: int) -> Timed:
    """Prepare one compiled epoch (jit + scan) with Adam written out; compiling is not timed."""
    import jax
    import jax.numpy as jnp

    X, labels = data(sizes, rows)
    n = rows // batch
    key = jax.random.PRNGKey(0)
    params = [(jax.random.normal(key, (i, o)) * np.sqrt(2 / i), jnp.zeros(o)) for i, o in pairwise(sizes)]
    inputs, targets = jnp.asarray(X), jnp.asarray(one_hot(labels, sizes[-1]))

    def loss(params, x, y):
        for W, b in params[:-1]:
            x = jax.nn.relu(x @ W + b)
        z = x @ params[-1][0] + params[-1][1]
        if z.shape[1] == 1:
            return jnp.mean(jax.nn.softplus(z) - y * z)
        return -jnp.mean(jnp.sum(y * jax.nn.log_softmax(z), axis=1))

    def step(state, batch_rows):
        params, m, v, t = state
        gradients = jax.grad(loss)(params, *batch_rows)
        m = jax.tree.map(lambda a, g: 0.9 * a + 0.1 * g, m, gradients)
        v = jax.tree.map(lambda a, g: 0.999 * a + 0.001 * g * g, v, gradients)
        c1, c2 = 1 - 0.9**t, 1 - 0.999**t
        params = jax.tree.map(lambda p, a, b: p - RATE * (a / c1) / (jnp.sqrt(b / c2) + 1e-8), params, m, v)
        return (params, m, v, t + 1), None

    @jax.jit
    def epoch(state, key):
        order = jax.random.permutation(key, rows)[: n * batch]
        parts = (inputs[order].reshape(n, batch, -1), targets[order].reshape(n, batch, -1))
        return jax.lax.scan(step, state, parts)[0]

    zeros = jax.tree.map(jnp.zeros_like, params)
    first = (params, zeros, zeros, 1.0)
    jax.block_until_ready(epoch(first, key))

    def run() -> float:
        state = first
        began = time.perf_counter()
        for index in range(epochs):
            state = epoch(state, jax.random.fold_in(key, index))
        jax.block_until_ready(state)
        return n * epochs / (time.perf_counter() - began)

    return run


PEERS = {"ANN Viz": ours, "scikit-learn": scikit_learn, "PyTorch": pytorch, "JAX": jax_scan}


def main() -> None:
    """Measure and print a table of steps per second and ratios."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--repeats", type=int, default=5)
    repeats = parser.parse_args().repeats
    os.environ.setdefault("XLA_FLAGS", "--xla_cpu_multi_thread_eigen=false intra_op_parallelism_threads=1")
    threadpool_limits(1)  # NumPy's and scikit-learn's BLAS; PyTorch and JAX are told where they are imported
    print("| network, batch | " + " | ".join(f"{name}, steps/s" for name in PEERS) + " | ratios |")
    print("|---|" + "---|" * (len(PEERS) + 1))
    for sizes, batch, rows, epochs in CASES:
        runs: dict[str, Timed] = {}
        for name, prepare in PEERS.items():
            try:
                runs[name] = prepare(sizes, batch, rows, epochs)
            except ImportError:
                continue
        rates: dict[str, list[float]] = {name: [] for name in runs}
        for repeat in range(repeats + 1):
            for name, run in runs.items():
                rate = run()
                if repeat:  # the first round warms caches up
                    rates[name].append(rate)
        cells = [f"{statistics.median(rates[name]):,.0f}" if name in rates else "not installed" for name in PEERS]
        ratios = [
            f"{statistics.median(a / b for a, b in zip(rates['ANN Viz'], rates[name], strict=True)):.1f}× {name}"
            for name in rates
            if name != "ANN Viz"
        ]
        print(
            f"| {'-'.join(map(str, sizes))}, {batch} | " + " | ".join(cells) + f" | {', '.join(ratios)} |", flush=True
        )


if __name__ == "__main__":
    main()
