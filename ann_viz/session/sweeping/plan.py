"""What a sweep tries: values of some settings, drawn at random, all combinations, or narrowed down on the way.

A plan is a value, and all that it asks for follows from it and the results so far. So a sweep goes on after whatever
stopped it: what is asked for and not among the results is still to be done.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import accumulate, product
from typing import Final, Literal, TypeAlias, get_args

import numpy as np

from ann_viz.errors import ConfigError
from ann_viz.session.setup import MOST_SEEDS
from ann_viz.session.sweeping.settings import check_value, setting_named
from ann_viz.session.sweeping.task import ModelName, Settings, Task, Value
from ann_viz.translation import translate

__all__ = ["SEARCHES", "Domain", "Measure", "Plan", "Search", "Span", "parse_domain"]

Search = Literal["random", "grid", "halving"]
SEARCHES: Final[tuple[Search, ...]] = get_args(Search)
Measure = Literal["loss", "auc", "accuracy", "rmse"]
"""By which runs are ranked: the lowest loss or error, or the highest share or area."""

MOST_RUNS: Final = 10_000
MOST_REPEATS: Final = 100
_MOST_EPOCHS: Final = 10_000_000
_SHORTEST: Final = 3  # epochs of a first round
_HALVINGS: Final = 3
_DRAWS_PER_RUN: Final = 50  # where few combinations are left, a draw is often one that was drawn already
_DIGITS: Final = 2  # of a value that was drawn: 0.0057


@dataclass(frozen=True, slots=True)
class Span:
    """All values between two, drawn evenly on a scale of powers.

    Parameters
    ----------
    low, high : float
        Both included, above 0.
    """

    low: float
    high: float

    def __post_init__(self) -> None:
        if not 0 < self.low <= self.high < math.inf:
            raise ConfigError(
                translate("A range goes from a number above 0 up to a larger one, such as 0.001..0.1."), field="grid"
            )


Domain: TypeAlias = tuple[Value, ...] | Span
"""What may be tried of one setting."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """What is tried.

    Parameters
    ----------
    space : tuple of (str, Domain)
        Names of `SETTINGS` and what is tried of each.
    search : str
        One of `SEARCHES`. "grid" takes every combination. "halving" begins all runs short, and goes on with the
        better half until they are twice as long, three times.
    runs : int
        How many at most, unless all combinations are asked for.
    seeds : int
        How often each run is repeated with another seed.
    epochs, patience : int, int or None
        Of every run, the last ones when it is narrowed down.
    seed : int
        Of the draws, and the first of the runs' seeds.
    measure : str
        One of `MEASURES`.
    baselines : tuple of str
        Models to compare with, trained on the same rows.

    References
    ----------
    K. Jamieson and A. Talwalkar, "Non-stochastic Best Arm Identification and Hyperparameter Optimization", 2016
    (successive halving); J. Bergstra and Y. Bengio, "Random Search for Hyper-Parameter Optimization", 2012.
    """

    space: tuple[tuple[str, Domain], ...]
    search: Search = "random"
    runs: int = 40
    seeds: int = 5
    epochs: int = 100
    patience: int | None = 12
    seed: int = 3
    measure: Measure = "loss"
    baselines: tuple[ModelName, ...] = ()

    def __post_init__(self) -> None:
        if not self.space:
            raise ConfigError(translate("Nothing is to be varied: choose at least one setting."), field="grid")
        for name, domain in self.space:
            if setting_named(name).name != name or domain == ():
                sentence = translate("The setting '{name}' has no values to try.")
                raise ConfigError(sentence.format(name=name), field="grid")
            for value in (domain.low, domain.high) if isinstance(domain, Span) else domain:
                check_value(name, value)
        _within(self.runs, MOST_RUNS, translate("runs"))
        _within(self.seeds, MOST_REPEATS, translate("seeds"))
        _within(self.epochs, _MOST_EPOCHS, translate("epochs"))
        _within(self.patience or 1, _MOST_EPOCHS, translate("epochs of patience"))
        if self.search == "grid" and any(isinstance(domain, Span) for _, domain in self.space):
            raise ConfigError(
                translate("Every combination needs single values, not a range: write them as 0.001/0.01."), field="grid"
            )
        if self.search == "grid" and self.n_combinations > MOST_RUNS:
            raise ConfigError(
                translate("These are {n} combinations; at most {most} can be tried. Take fewer values.").format(
                    n=self.n_combinations, most=MOST_RUNS
                ),
                field="grid",
            )

    @property
    def n_combinations(self) -> float:
        """How many combinations of values there are; infinity with a range."""
        return math.prod(math.inf if isinstance(domain, Span) else len(domain) for _, domain in self.space)

    @property
    def is_higher_better(self) -> bool:
        """Whether the measure grows with how good a run is."""
        return self.measure in ("auc", "accuracy")

    def candidates(self) -> tuple[Settings, ...]:
        """Return what is tried, in order; with more runs the first ones are the same."""
        return _candidates(self.space, None if self.search == "grid" else self.runs, self.seed)

    def tasks_of(self, settings: Settings, epochs: int) -> tuple[Task, ...]:
        """Return the repetitions of one run, to be left after so many epochs."""
        total = self.epochs if epochs < self.epochs else 0
        return tuple(
            Task(
                settings=settings,
                seed=(self.seed + number) % MOST_SEEDS,
                epochs=epochs,
                total=total,
                patience=self.patience,
            )
            for number in range(self.seeds)
        )

    def before(self, task: Task) -> Task | None:
        """Return the task that one goes on from; None for one that begins."""
        shorter = [epochs for epochs in self.rounds() if epochs < task.epochs]
        if task.model != "network" or not shorter:
            return None
        return replace(task, epochs=shorter[-1], total=self.epochs)

    def epochs_of(self, task: Task) -> int:
        """Return how many epochs a task adds to what was there before."""
        before = self.before(task)
        return task.epochs if before is None else task.epochs - before.epochs

    def baseline_tasks(self) -> tuple[Task, ...]:
        """Return what the models to compare with are asked: once what no seed changes, else with every seed."""
        return tuple(
            Task(seed=(self.seed + number) % MOST_SEEDS, epochs=self.epochs, patience=self.patience, model=model)
            for model in self.baselines
            for number in range(1 if model == "guessing" else self.seeds)
        )

    def rounds(self) -> tuple[int, ...]:
        """Return the epochs of the rounds, one but when it is narrowed down."""
        if self.search != "halving":
            return (self.epochs,)
        short = (self.epochs >> halvings for halvings in range(_HALVINGS, 0, -1))
        return (*(epochs for epochs in short if epochs >= _SHORTEST), self.epochs)

    def _sizes(self) -> list[tuple[int, int]]:
        """Return how many runs every round has, and how long they are."""
        n_runs = len(self.candidates())
        return [(math.ceil(n_runs / 2**n_round), epochs) for n_round, epochs in enumerate(self.rounds())]

    def round_of(self, n_results: int) -> int:
        """Return in which round a sweep is that has so many results, from 1."""
        ends = list(accumulate(self.seeds * n_runs for n_runs, _ in self._sizes()))
        n_done = n_results - len(self.baseline_tasks())  # which come first
        return 1 + sum(n_done >= end for end in ends[:-1])

    @property
    def n_tasks(self) -> int:
        """How many results there are in the end."""
        return self.seeds * sum(n_runs for n_runs, _ in self._sizes()) + len(self.baseline_tasks())

    @property
    def n_epochs(self) -> int:
        """How many epochs all runs have together, if none ends early; what goes on does not begin again."""
        sizes = self._sizes()
        begun = (0, *(epochs for _, epochs in sizes))
        return self.seeds * sum(n * (epochs - before) for (n, epochs), before in zip(sizes, begun, strict=False))


def _within(value: int, most: int, noun: str) -> None:
    if not 1 <= value <= most:
        sentence = translate("The number of {what} must lie between 1 and {most}, not at {value}.")
        raise ConfigError(sentence.format(what=noun, most=most, value=value), field=noun)


def parse_domain(text: str) -> tuple[str, Domain]:
    """Read what may be tried of a setting: "learning_rate=0.001/0.01", or a range "learning_rate=0.001..0.1".

    Raises
    ------
    ConfigError
        When it is none.
    """
    name, is_said, values = text.partition("=")
    setting = setting_named(name.strip())
    low, is_range, high = values.partition("..")
    try:
        if is_range and setting.is_number:
            return setting.name, Span(float(low), float(high))
        found = tuple(dict.fromkeys(setting.parse(value) for value in values.split("/")))
    except ValueError:
        found = ()
    if not is_said or not found or "" in found:
        sentence = translate("'{text}' says no values: write them as {name}=first/second.")
        raise ConfigError(sentence.format(text=text, name=setting.name), field="grid")
    return setting.name, found


@lru_cache(maxsize=8)  # asked for again and again while a sweep runs
def _candidates(space: tuple[tuple[str, Domain], ...], runs: int | None, seed: int) -> tuple[Settings, ...]:
    """Return so many combinations of values, or every one."""
    return tuple(_every(space) if runs is None else _drawn(space, runs, seed))


def _every(space: Sequence[tuple[str, Domain]]) -> Iterator[Settings]:
    names = [name for name, _ in space]
    for values in product(*(domain for _, domain in space if not isinstance(domain, Span))):
        yield tuple(zip(names, values, strict=True))


def _drawn(space: Sequence[tuple[str, Domain]], runs: int, seed: int) -> Iterator[Settings]:
    """Draw different combinations; fewer where there are no more, or hardly any."""
    rng = np.random.default_rng(seed)
    seen: set[Settings] = set()
    for _ in range(runs * _DRAWS_PER_RUN):
        settings = tuple((name, _draw(domain, rng)) for name, domain in space)
        if settings not in seen:
            seen.add(settings)
            yield settings
        if len(seen) == runs:
            return


def _draw(domain: Domain, rng: np.random.Generator) -> Value:
    if not isinstance(domain, Span):
        return domain[int(rng.integers(len(domain)))]
    value = math.exp(rng.uniform(math.log(domain.low), math.log(domain.high)))
    return min(max(float(f"{value:.{_DIGITS}g}"), domain.low), domain.high)
