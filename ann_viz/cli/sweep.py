"""``ann-viz sweep``: try many settings on one file, here or on a cluster, and say which learn best."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from typing import TYPE_CHECKING, Any

from ann_viz.cli.progress import share_teller
from ann_viz.cli.reading import add_reading, overrides
from ann_viz.errors import ConfigError
from ann_viz.numerals import count, counted
from ann_viz.output import say, say_json

if TYPE_CHECKING:
    from ann_viz.session.sweeping.plan import Plan
    from ann_viz.session.sweeping.problem import Problem
    from ann_viz.session.sweeping.sweep import Sweep

__all__ = ["add_arguments", "run"]


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add what can be said, and what runs it."""
    parser.set_defaults(run=run)
    add = parser.add_argument
    add("file", metavar="FILE", help="CSV file with one row for each case")
    add("--target", metavar="COLUMN", required=True, help="the column to predict")
    add_reading(parser)
    add(
        "--search",
        choices=("random", "grid", "halving"),
        default="random",
        help="random draws (default), every combination, or all short and the better half longer",
    )
    add(
        "--grid",
        metavar="NAME=A/B",
        nargs="+",
        action="extend",
        default=[],
        help="what to try, such as hidden=6,6/64,32 learning_rate=0.001/0.01 l2=0.0001..0.1; a range is drawn from "
        "evenly over its powers (default: learning rate, hidden layers, L2 and batch, around what is usual)",
    )
    add("--runs", type=int, default=40, metavar="N", help="how many to try; with --search grid all (default 40)")
    add("--seeds", type=int, default=5, metavar="N", help="how often each is trained, from other seeds (default 5)")
    add("--epochs", type=int, default=100, metavar="N", help="passes over the training rows at most (default 100)")
    add("--patience", type=int, default=12, metavar="N", help="epochs without improvement, 0 for never (default 12)")
    add("--seed", type=int, default=3, metavar="N", help="of the split, the draws, and the first seed (default 3)")
    add(
        "--best", choices=("loss", "auc", "accuracy", "rmse"), default="loss", help="what makes the best (default loss)"
    )
    add("--no-baselines", dest="baselines", action="store_false", help="leave out what the runs are compared with")
    add("--workers", type=int, metavar="N", help="processes on this machine (default: as many as cores)")
    add("--scheduler", metavar="ADDRESS", help="of a Dask cluster that you trust, such as tcp://host:8786")
    add(
        "--journal",
        metavar="FILE",
        help="keep every result in this file as soon as it is there; the same command with it goes on after a stop",
    )
    add("--json", action="store_true", help="print one JSON object")


def run(options: argparse.Namespace) -> None:
    """Run the command."""
    from ann_viz.session.headless import open_dataset
    from ann_viz.session.starting import fitting_network
    from ann_viz.session.suggested import suggest_training
    from ann_viz.session.sweeping.problem import problem_of
    from ann_viz.session.sweeping.report import sweep_json, sweep_lines

    space = _space(options)
    if options.workers is not None and options.workers < 1:
        raise ConfigError("--workers must be 1 or more.", field="workers")
    with closing(
        open_dataset(options.file, target=options.target, seed=options.seed, overrides=overrides(options))
    ) as dataset:
        suggestion = suggest_training(dataset, seed=options.seed)
        problem = problem_of(dataset, suggestion.network(fitting_network(dataset, None)), suggestion.training)
    plan = _plan(options, problem, space)
    if len(problem.X) < problem.n_train:
        rows, there = count(len(problem.X), "row"), count(problem.n_train, "training row")
        say([f"Learning from {rows} of {there}: the others would not fit into every process."], sys.stderr)
    with _sweep(options, plan, problem) as sweep:
        sweep.work(_teller(sweep, quiet=options.json), lambda: False)
        if options.json:
            say_json(sweep_json(sweep))
        else:
            say(sweep_lines(sweep))


def _space(options: argparse.Namespace) -> tuple[Any, ...]:
    """Return what is to be varied, in the order of the table; empty for what is usual."""
    from ann_viz.session.sweeping.plan import parse_domain
    from ann_viz.session.sweeping.settings import SETTINGS

    asked = dict(parse_domain(text) for text in options.grid)
    if not asked and options.search == "grid":
        sentence = "Say what to combine, such as --grid hidden=6,6/64,32 learning_rate=0.001/0.01."
        raise ConfigError(sentence, field="grid")
    return tuple((name, asked[name]) for name in SETTINGS if name in asked)


def _plan(options: argparse.Namespace, problem: Problem, space: tuple[Any, ...]) -> Plan:
    from ann_viz.session.sweeping.baselines import baseline_models
    from ann_viz.session.sweeping.plan import Plan
    from ann_viz.session.sweeping.spaces import measures_of, usual_space

    allowed = measures_of(problem.network.task)
    if options.best not in allowed:
        sentence = f"--best {options.best} does not fit this target. Choose one of {', '.join(allowed)}."
        raise ConfigError(sentence, field="best")
    return Plan(
        space=space or usual_space(problem.network, problem.training),
        search=options.search,
        runs=options.runs,
        seeds=options.seeds,
        epochs=options.epochs,
        patience=options.patience or None,
        seed=options.seed,
        measure=options.best,
        baselines=baseline_models() if options.baselines else (),
    )


@contextmanager
def _sweep(options: argparse.Namespace, plan: Plan, problem: Problem) -> Iterator[Sweep]:
    """Yield the sweep, with what its journal holds already."""
    from functools import partial

    from ann_viz.session.sweeping.cluster import ClusterCrew
    from ann_viz.session.sweeping.crew import LocalCrew
    from ann_viz.session.sweeping.kept_results import KeptResults
    from ann_viz.session.sweeping.sweep import Sweep

    make_crew: Any = partial(LocalCrew, n_workers=options.workers)
    if options.scheduler is not None:
        make_crew = partial(ClusterCrew, address=options.scheduler)
    if options.journal is None:
        yield Sweep(plan, problem, make_crew=make_crew)
        return
    with closing(KeptResults(options.journal, problem, inputs=[options.file])) as kept:
        if kept.results:
            there = counted(
                "{n} result is in the journal already.", "{n} results are in the journal already.", len(kept.results)
            )
            say([there], sys.stderr)
        kept.begin(plan)
        yield Sweep(plan, problem, results=kept.results, keep=kept.keep, make_crew=make_crew)


def _teller(sweep: Sweep, *, quiet: bool) -> Callable[[float], None]:
    """Return what tells how far the sweep is."""
    from ann_viz.session.sweeping.words import done_words, time_words

    tell_share = share_teller(quiet=quiet)
    if tell_share is None:
        return lambda _: None

    def tell(share: float) -> None:
        left = time_words(sweep.seconds_left()) if share < 1 else ""
        done = done_words(sweep.plan, len(sweep.runs()), sweep.n_results)
        tell_share(share, f"runs done: {done}" + (f"; {left} left" if left else ""))

    return tell
