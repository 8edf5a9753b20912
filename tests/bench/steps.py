"""Training steps per second against scikit-learn, PyTorch and JAX: same data, Adam, one thread each, one process.

Run by hand: ``python tests/bench/steps.py [--repeats 5]`` in an environment with the ``bench`` extra. A peer that is
not installed is left out and said so. The peers take turns within every repeat; medians make a Markdown table, by wall
clock and by processor time, whose difference is what other programs of the machine took.
"""

from __future__ import annotations

import argparse
import os
import statistics
import time
from collections.abc import Callable, Sequence
from itertools import pairwise
from typing import NamedTuple

import numpy as np
from threadpoolctl import threadpool_info, threadpool_limits

from ann_viz.engine import LayerConfig, Network, NetworkConfig, TrainConfig, Trainer
from ann_viz.engine.compiled.library import load, missing
from ann_viz.engine.compiled.turbo import TurboTrainer

CASES = (
    ((11, 6, 6, 1), 32, 7000, 10),
    ((64, 32, 16, 10), 32, 1280, 40),
    ((784, 128, 64, 10), 128, 6400, 4),
    ((2, 4, 2, 1), 10, 500, 100),
    ((12, 6, 6, 1), 1, 1000, 4),
)
RATE = 0.001


class Rate(NamedTuple):
    """Steps per second."""

    wall: float
    cpu: float


Timed = Callable[[], Rate]


def timed(n_steps: int, work: Callable[[], object]) -> Rate:
    """Return how fast so many steps were."""
    wall, cpu = time.perf_counter(), time.process_time()
    work()
    return Rate(n_steps / (time.perf_counter() - wall), n_steps / (time.process_time() - cpu))


def data(sizes: tuple[int, ...], rows: int) -> tuple[np.ndarray, np.ndarray]:
    """Return inputs and whole-number classes."""
    rng = np.random.default_rng(0)
    X = rng.normal(size=(rows, sizes[0])).astype(np.float32)
    return X, rng.integers(0, max(2, sizes[-1]), rows)


def one_hot(labels: np.ndarray, k: int) -> np.ndarray:
    """Return targets as the engine wants them."""
    return labels[:, None].astype(np.float32) if k == 1 else np.eye(k, dtype=np.float32)[labels]


def ours(make: Callable[..., Trainer], times: int) -> Callable[[tuple[int, ...], int, int, int], Timed]:
    """Return what prepares an engine of ANN Viz; shuffling and the losses of every epoch are part of the time.

    A quick one does more epochs, so that all are timed for about as long.
    """

    def prepare(sizes: tuple[int, ...], batch: int, rows: int, epochs: int) -> Timed:
        X, labels = data(sizes, rows)
        task = "binary" if sizes[-1] == 1 else "multiclass"
        hidden = tuple(LayerConfig(neurons=n) for n in sizes[1:-1])
        config = NetworkConfig(n_inputs=sizes[0], n_outputs=sizes[-1], hidden=hidden, task=task)
        settings = TrainConfig(batch_size=batch, learning_rate=RATE, epochs=0)
        trainer = make(Network(config), X, one_hot(labels, sizes[-1]), config=settings)

        def work() -> None:
            until = trainer.epoch + times * epochs
            while trainer.epoch < until:
                trainer.advance(until)

        return lambda: timed(times * epochs * -(-rows // batch), work)

    return prepare


def turbo(*arguments: object, **others: object) -> Trainer:
    """Make a compiled trainer."""
    library = load()
    if library is None:
        raise ImportError(missing())
    return TurboTrainer(*arguments, library=library, **others)


def scikit_learn(sizes: tuple[int, ...], batch: int, rows: int, epochs: int) -> Timed:
    """Prepare MLPClassifier.fit."""
    import warnings

    from sklearn.exceptions import ConvergenceWarning
    from sklearn.neural_network import MLPClassifier

    X, labels = data(sizes, rows)

    def work() -> None:
        model = MLPClassifier(
            sizes[1:-1], batch_size=batch, learning_rate_init=RATE, alpha=0.0, max_iter=epochs, tol=0.0,
            n_iter_no_change=10**6, random_state=0,
        )  # fmt: skip
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", ConvergenceWarning)
            model.fit(X, labels)

    return lambda: timed(-(-rows // batch) * epochs, work)


def pytorch(*, whole: bool) -> Callable[[tuple[int, ...], int, int, int], Timed]:
    """Return what prepares PyTorch with fused Adam, eager or with the whole step as one compiled graph."""

    def prepare(sizes: tuple[int, ...], batch: int, rows: int, epochs: int) -> Timed:
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

        def step(x: torch.Tensor, y: torch.Tensor) -> None:
            optimiser.zero_grad(set_to_none=True)
            loss(model(x), y).backward()
            optimiser.step()

        if whole:
            step = torch.compile(step)
            step(inputs[:batch], targets[:batch])

        def work() -> None:
            for _ in range(epochs):
                order = torch.randperm(rows)[: rows // batch * batch]
                shuffled, truth = inputs[order], targets[order]
                for start in range(0, len(order), batch):
                    step(shuffled[start : start + batch], truth[start : start + batch])

        return lambda: timed(rows // batch * epochs, work)

    return prepare


def jax_scan(*, tuned: bool) -> Callable[[tuple[int, ...], int, int, int], Timed]:
    """Return what prepares one compiled epoch (jit + scan) with Adam written out; compiling is not timed.

    Tuned: all parameters in one vector, so that Adam is one loop, and four steps of the scan unrolled.
    """

    def prepare(sizes: tuple[int, ...], batch: int, rows: int, epochs: int) -> Timed:
        import jax
        import jax.numpy as jnp
        from jax.flatten_util import ravel_pytree

        X, labels = data(sizes, rows)
        n = rows // batch
        key = jax.random.PRNGKey(0)
        params = [(jax.random.normal(key, (i, o)) * np.sqrt(2 / i), jnp.zeros(o)) for i, o in pairwise(sizes)]
        inputs, targets = jnp.asarray(X), jnp.asarray(one_hot(labels, sizes[-1]))
        flat, unravel = ravel_pytree(params) if tuned else (params, lambda given: given)

        def loss(given, x, y):
            params = unravel(given)
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
            return jax.lax.scan(step, state, parts, unroll=4 if tuned else 1)[0]

        zeros = jax.tree.map(jnp.zeros_like, flat)
        first = (flat, zeros, zeros, 1.0)
        jax.block_until_ready(epoch(first, key))

        def work() -> None:
            state = first
            for index in range(epochs):
                state = epoch(state, jax.random.fold_in(key, index))
            jax.block_until_ready(state)

        return lambda: timed(n * epochs, work)

    return prepare


PEERS = {
    "Turbo": ours(turbo, 10),
    "NumPy": ours(Trainer, 1),
    "JAX": jax_scan(tuned=False),
    "JAX, tuned": jax_scan(tuned=True),
    "PyTorch": pytorch(whole=False),
    "PyTorch, compiled": pytorch(whole=True),
    "scikit-learn": scikit_learn,
}


def tell_turbo() -> str:
    """Return the instruction set of the compiled engine."""
    library = load()
    return missing() if library is None else f"{library.level}, 1 thread"


def tell_blas() -> str:
    """Return what multiplies matrices for NumPy and scikit-learn, which brings its own beside SciPy."""
    pools = threadpool_info()
    return "; ".join(
        f"{each['internal_api']} {each.get('architecture', '')}, {each['num_threads']} thread" for each in pools
    )


def tell_pytorch() -> str:
    """Return the newest instruction set that PyTorch makes use of."""
    import torch

    torch.set_num_threads(1)
    return f"{torch.__version__}, {torch.backends.cpu.get_cpu_capability()}, {torch.get_num_threads()} thread"


def tell_jax() -> str:
    """Return what XLA compiles for: all that this processor has, unless its flags say less."""
    import jax

    library = load()
    newest = "unknown" if library is None else library.levels[-1]
    return f"{jax.__version__}, compiled for this processor ({newest}), 1 thread ({os.environ['XLA_FLAGS']})"


def tell_machine(peers: Sequence[str]) -> None:
    """Print what computes in every peer: its version, instruction set and threads."""
    tellers = {
        "Turbo": tell_turbo,
        "NumPy": tell_blas,
        "JAX": tell_jax,
        "PyTorch": tell_pytorch,
        "scikit-learn": tell_blas,
    }
    for name in peers:
        if name in tellers:  # the variants of a peer compute with the same
            try:
                print(f"{name}: {tellers[name]()}")
            except ImportError as error:
                print(f"{name}: {error}")
    print()


def measure(case: tuple[tuple[int, ...], int, int, int], peers: list[str], repeats: int) -> dict[str, list[Rate]]:
    """Return the rates of these peers as far as they are there, repeat by repeat."""
    runs: dict[str, Timed] = {}
    for name in peers:
        try:
            runs[name] = PEERS[name](*case)
        except Exception as error:  # noqa: BLE001 - whatever a peer lacks, the others are measured
            print(f"{name} is left out: {type(error).__name__}: {str(error).splitlines()[0]}")
    rates: dict[str, list[Rate]] = {name: [] for name in runs}
    for repeat in range(repeats + 1):
        for name, run in runs.items():
            rate = run()
            if repeat:  # the first round warms caches up
                rates[name].append(rate)
    return rates


def main() -> None:
    """Measure and print tables of steps per second and ratios."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--repeats", type=int, default=5)
    parser.add_argument("--peers", nargs="+", choices=PEERS, default=list(PEERS), help="only these")
    options = parser.parse_args()
    os.environ.setdefault("XLA_FLAGS", "--xla_cpu_multi_thread_eigen=false intra_op_parallelism_threads=1")
    threadpool_limits(1)  # NumPy's and scikit-learn's BLAS; PyTorch and JAX are told where they are imported
    tell_machine(options.peers)
    results = [(case, measure(case, options.peers, options.repeats)) for case in CASES]
    for clock in ("wall", "cpu"):
        kind = "wall" if clock == "wall" else "processor"
        print(f"\nSteps per second of {kind} time; in brackets how many times the first is quicker\n")
        print("| network, batch | " + " | ".join(options.peers) + " |")
        print("|---|" + "---|" * len(options.peers))
        for (sizes, batch, _, _), rates in results:
            cells = []
            for name in options.peers:
                if name not in rates:
                    cells.append("–")
                    continue
                mine, its = ([getattr(rate, clock) for rate in rates[peer]] for peer in (next(iter(rates)), name))
                ratio = statistics.median(a / b for a, b in zip(mine, its, strict=True))
                cells.append(f"{statistics.median(its):,.0f}" + ("" if name == "Turbo" else f" ({ratio:.1f}×)"))
            print(f"| {'-'.join(map(str, sizes))}, {batch} | " + " | ".join(cells) + " |", flush=True)


if __name__ == "__main__":
    main()
