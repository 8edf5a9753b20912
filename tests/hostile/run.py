"""Attacks the program for as long as it is told to, and prints how often it gave way.

``python tests/hostile/run.py --minutes 30`` gives every kind of attack its turn; ``--kind model`` only those whose name
has that in it; ``--replay 17`` repeats one try that failed.
"""

from __future__ import annotations

import argparse
import resource
import signal
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import count, cycle
from types import FrameType

from attacks import KINDS, Kind, rng_of
from attacks.work import forget

TURN_S = 5.0
HANG_S = 240  # a busy machine is not taken for a hang
SHOWN = 5


@dataclass
class Tally:
    """What came of one kind of attack."""

    tries: int = 0
    seconds: float = 0.0
    slowest: float = 0.0
    failures: list[str] = field(default_factory=list)


def main() -> int:
    """Run the attacks; returns 1 when one succeeded."""
    options = _options()
    kinds = [kind for kind in KINDS.values() if options.kind in kind.name]
    tallies = {kind.name: Tally() for kind in kinds}
    for number in (signal.SIGINT, signal.SIGHUP):  # what nohup and shells have ignored, the attacked would ignore too
        if signal.getsignal(number) is signal.SIG_IGN:
            signal.signal(number, lambda *_: None)
    try:
        if options.replay is not None:
            for kind in kinds:
                _turn(kind, tallies[kind.name], options.seed, iter([options.replay]), 0.0)
        else:
            _attack_for(60.0 * options.minutes, kinds, tallies, options.seed)
    except KeyboardInterrupt:
        pass
    finally:
        forget()
    _print(tallies)
    return int(any(tally.failures for tally in tallies.values()))


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--minutes", type=float, default=30.0)
    parser.add_argument("--kind", default="", help="only kinds whose name has this in it")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--replay", type=int, help="the number of one try")
    return parser.parse_args()


def _attack_for(seconds: float, kinds: list[Kind], tallies: dict[str, Tally], seed: int) -> None:
    """Give the kinds their turns in rounds: short ones in a short run, so that the first round fits into it."""
    until = time.monotonic() + seconds
    numbers = {kind.name: count() for kind in kinds}
    turn = min(TURN_S, seconds / (2 * len(kinds)))
    for kind in cycle(kinds):
        tally = tallies[kind.name]
        if tally.tries and time.monotonic() > until:
            return
        _turn(kind, tally, seed, numbers[kind.name], turn)


def _turn(kind: Kind, tally: Tally, seed: int, numbers: Iterator[int], seconds: float) -> None:
    """Try until the turn is over, once at least."""
    begin = time.monotonic()
    for number in numbers:
        start = time.monotonic()
        try:
            with _not_longer_than(HANG_S):
                problem = kind.attack(rng_of(kind.name, seed, number))
        except TimeoutError:
            problem = f"hangs for {HANG_S} s"
        took = time.monotonic() - start
        tally.tries += 1
        tally.seconds += took
        tally.slowest = max(tally.slowest, took)
        if problem is not None:
            tally.failures.append(f"{kind.name}, try {number}: {problem}")
        if time.monotonic() > begin + seconds:
            return


@contextmanager
def _not_longer_than(seconds: int) -> Iterator[None]:
    def end(_signal: int, _frame: FrameType | None) -> None:
        raise TimeoutError

    before = signal.signal(signal.SIGALRM, end)
    signal.alarm(seconds)
    try:
        yield
    finally:
        signal.alarm(0)
        signal.signal(signal.SIGALRM, before)


def _print(tallies: dict[str, Tally]) -> None:
    width = max(map(len, tallies), default=0)
    print(f"{'kind':<{width}}  {'tries':>8}  {'failures':>8}  {'slowest':>8}")
    for name, tally in tallies.items():
        print(f"{name:<{width}}  {tally.tries:>8,}  {len(tally.failures):>8,}  {tally.slowest:>6.2f} s")
    megabytes = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / (1 << (20 if sys.platform == "darwin" else 10))
    print(f"most memory of this process: {megabytes:,.0f} MB")
    for tally in tallies.values():
        for failure in tally.failures[:SHOWN]:
            print("  " + failure)


if __name__ == "__main__":
    sys.exit(main())
