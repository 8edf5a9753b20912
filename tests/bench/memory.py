"""Memory of training: Python allocations that a step leaves or needs at its peak, and growth of the process in a run.

Run by hand: ``python tests/bench/memory.py [--epochs 30]``. Prints a Markdown table; Linux only for the last column.
"""

from __future__ import annotations

import argparse
import os
import tracemalloc
from pathlib import Path

import numpy as np

from ann_viz.engine import LayerConfig, Network, NetworkConfig, TrainConfig, Trainer

CASES = (((11, 6, 6, 1), 32, 7000), ((64, 32, 16, 10), 32, 1280), ((784, 128, 64, 10), 128, 6400))


def trainer_of(sizes: tuple[int, ...], batch: int, rows: int) -> Trainer:
    """Return a trainer on random rows that never stops by itself."""
    rng = np.random.default_rng(0)
    X = rng.normal(size=(rows, sizes[0])).astype(np.float32)
    labels = rng.integers(0, max(2, sizes[-1]), rows)
    Y = labels[:, None].astype(np.float32) if sizes[-1] == 1 else np.eye(sizes[-1], dtype=np.float32)[labels]
    config = NetworkConfig(
        n_inputs=sizes[0],
        n_outputs=sizes[-1],
        hidden=tuple(LayerConfig(neurons=n) for n in sizes[1:-1]),
        task="binary" if sizes[-1] == 1 else "multiclass",
    )
    return Trainer(Network(config), X, Y, config=TrainConfig(batch_size=batch, learning_rate=0.001, epochs=0))


def run_epochs(trainer: Trainer, epochs: int) -> None:
    """Train that many whole epochs."""
    for _ in range(epochs * trainer.n_batches):
        next(trainer)


def resident_bytes() -> int:
    """Return the resident memory of this process."""
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE")


def peak_of_steps(trainer: Trainer) -> int:
    """Return the most bytes alive at once above the start, over the steps inside one epoch."""
    tracemalloc.start()
    steps = trainer.n_batches - 2
    next(trainer)
    tracemalloc.reset_peak()
    before = tracemalloc.get_traced_memory()[0]
    for _ in range(steps):
        next(trainer)
    peak = tracemalloc.get_traced_memory()[1] - before
    tracemalloc.stop()
    return peak


def main() -> None:
    """Measure and print a table in KB."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--epochs", type=int, default=30)
    epochs = parser.parse_args().epochs
    print(f"| network, batch | peak of steps, KB | left after {epochs} epochs, KB | process growth, KB |")
    print("|---|---|---|---|")
    for sizes, batch, rows in CASES:
        trainer = trainer_of(sizes, batch, rows)
        run_epochs(trainer, 2)  # buffers are made and the history has doubled before anything is counted
        peak = peak_of_steps(trainer)
        next(trainer)
        resident = resident_bytes()
        run_epochs(trainer, epochs)
        growth = resident_bytes() - resident
        tracemalloc.start()
        before = tracemalloc.get_traced_memory()[0]
        run_epochs(trainer, epochs)
        left = tracemalloc.get_traced_memory()[0] - before
        tracemalloc.stop()
        cells = " | ".join(f"{number / 1024:,.1f}" for number in (peak, left, growth))
        print(f"| {'-'.join(map(str, sizes))}, {batch} | {cells} |", flush=True)


if __name__ == "__main__":
    main()
