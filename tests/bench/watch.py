"""What watching costs a loop of one's own: steps per second with a window that draws, and without.

Run by hand, on a machine with a display: ``python tests/bench/watch.py`` (needs PyTorch). Both loops take turns, so
that whatever else the machine does slows both.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from itertools import pairwise

import torch
from torch import nn

import ann_viz

TURNS = 6
TURN_S = 1.0


def loop(sizes: tuple[int, ...], n_rows: int) -> tuple[nn.Sequential, Callable[[], torch.Tensor]]:
    """Return a network and what does a step of it."""
    torch.manual_seed(1)
    layers: list[nn.Module] = []
    for n_in, n_out in pairwise(sizes):
        layers += [nn.Linear(n_in, n_out), nn.ReLU()]
    network = nn.Sequential(*layers[:-1])
    X, y = torch.randn(n_rows, sizes[0]), torch.randn(n_rows, sizes[-1])
    optimizer = torch.optim.Adam(network.parameters(), lr=0.001)

    def step() -> torch.Tensor:
        optimizer.zero_grad()
        loss = nn.functional.mse_loss(network(X), y)
        loss.backward()
        optimizer.step()
        return loss

    return network, step


def turn(step: Callable[[], torch.Tensor], show: Callable[[torch.Tensor], object]) -> tuple[int, float, float]:
    """Return the steps of one turn, and the processor time that steps and watching took."""
    n, learning, watching = 0, 0.0, 0.0
    end = time.perf_counter() + TURN_S
    while time.perf_counter() < end:
        begin = time.thread_time()
        loss = step()
        between = time.thread_time()
        show(loss)
        learning += between - begin
        watching += time.thread_time() - between
        n += 1
    return n, learning, watching


def main() -> None:
    """Print a line for each network."""
    torch.set_num_threads(1)
    empty = turn(lambda: torch.zeros(1), lambda loss: None)
    clock = empty[2] / empty[0]  # what the clock itself takes
    for sizes, n_rows in (((11, 6, 6, 1), 32), ((64, 32, 16, 10), 32), ((784, 128, 64, 10), 128)):
        network, step = loop(sizes, n_rows)
        with ann_viz.watch(network) as show:
            plain, watched = zip(
                *((turn(step, lambda loss: None), turn(step, show)) for _ in range(TURNS)), strict=True
            )
        n, learning, watching = (sum(values) for values in zip(*watched, strict=True))
        share = 100 * (watching - n * clock) / learning
        rates = [sum(each[0] for each in turns) / TURNS / TURN_S for turns in (plain, watched)]
        print(
            f"{sizes}: watching takes {share:.1f} % of the time that learning takes; "
            f"{rates[0]:.0f} → {rates[1]:.0f} steps/s beside the window's own process"
        )


if __name__ == "__main__":
    main()
