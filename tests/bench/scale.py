"""How long an epoch takes as rows and widths grow: Turbo, NumPy and the peers of `steps.py`, on one core.

Run by hand: ``python tests/bench/scale.py [--repeats 3] [--peers Turbo NumPy JAX]`` in an environment with the extra
``bench``. The rows of all cases are in memory; the peers take turns within every repeat, and medians are printed in
seconds of wall clock and of processor time.
"""

from __future__ import annotations

import argparse
import statistics

from steps import PEERS, measure, take_cores, tell_machine

CASES = (
    ((20, 32, 32, 1), 1000, 10_000, 20),
    ((20, 32, 32, 1), 1000, 100_000, 4),
    ((20, 32, 32, 1), 1000, 1_000_000, 1),
    ((20, 256, 256, 1), 256, 20_000, 1),
    ((20, 1024, 1024, 1), 256, 5_000, 1),
)
"""Sizes of the network, batch, rows, epochs of a round."""


def main() -> None:
    """Measure and print a table for either clock."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--repeats", type=int, default=3)
    parser.add_argument("--peers", nargs="+", choices=PEERS, default=["Turbo", "NumPy", "JAX", "JAX, tuned"])
    parser.add_argument("--cores", type=int, default=1, help="that the peers may take")
    options = parser.parse_args()
    take_cores(options.cores)
    tell_machine(options.peers)
    results = [(case, measure(case, options.peers, options.repeats)) for case in CASES]
    for clock, kind in (("wall", "wall"), ("cpu", "processor")):
        print(f"\nSeconds of {kind} time for an epoch\n")
        print("| rows × columns, network, batch | " + " | ".join(options.peers) + " |")
        print("|---|" + "---|" * len(options.peers))
        for (sizes, batch, rows, _), rates in results:
            cells = []
            for name in options.peers:
                per_second = [getattr(rate, clock) for rate in rates.get(name, [])]
                cells.append(f"{-(-rows // batch) / statistics.median(per_second):.3f}" if per_second else "–")
            hidden = "-".join(map(str, sizes[1:]))
            print(f"| {rows:,} × {sizes[0]}, {hidden}, {batch} | " + " | ".join(cells) + " |", flush=True)


if __name__ == "__main__":
    main()
