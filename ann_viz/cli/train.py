"""``ann-viz train``: learn to predict one column of a file, anew or from where a project stopped."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from ann_viz.cli.parser import OR_STANDARD_OUTPUT
from ann_viz.cli.progress import progress_teller
from ann_viz.cli.reading import add_reading, overrides
from ann_viz.errors import ConfigError
from ann_viz.files import AnyPath
from ann_viz.output import check_delivery, deliver, say, say_json, words_beside

if TYPE_CHECKING:
    from ann_viz.session import Session

__all__ = ["add_arguments", "run"]


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add what can be said, and what runs it."""
    parser.set_defaults(run=run)
    add = parser.add_argument
    add("file", metavar="FILE", nargs="?", help="CSV file with one row for each case")
    add("--target", metavar="COLUMN", help="the column to predict")
    add("--resume", metavar="PROJECT", help="go on where this project stopped; --epochs then says how many in all")
    add_reading(parser)
    add("--hidden", metavar="N,N,…", help="neurons per hidden layer; 0 for none (default 64,32)")
    add("--activation", default="relu", metavar="NAME", help="of the hidden layers: relu (default), tanh, gelu …")
    add("--seed", type=int, default=3, help="of the split, the starting weights and the order of rows (default 3)")
    for field, kind, help_text in TRAINING_OPTIONS:
        add(f"--{field.replace('_', '-')}", type=kind, metavar=kind.__name__.upper(), help=help_text)
    add(
        "--accuracy",
        action="store_true",
        help="train two more networks from other seeds; the mean of the three is the model (three times the training)",
    )
    add("--engine", choices=("numpy", "turbo", "auto"), default="numpy", help="auto is the quicker one (default numpy)")
    add("--json", action="store_true", help="print the scores, and what became of the data, as one JSON object")
    add(
        "-o",
        "--output",
        metavar="MODEL",
        help="save the trained network as a project, for `predict` and `train --resume`" + OR_STANDARD_OUTPUT,
    )


TRAINING_OPTIONS: Final[tuple[tuple[str, Callable[[str], Any], str], ...]] = (
    ("epochs", int, "passes over the training rows at most, 0 for no end (default 30 to 300, as the rows are many)"),
    ("optimizer", str, "adam (default), adamw, sgd, momentum, rmsprop …"),
    ("learning_rate", float, "default 0.005; 0.01 for a first layer of up to 16 neurons, 0.02 of up to 8"),
    ("batch_size", int, "rows per step, 0 for all (default 32 to 256, as the rows are many)"),
    ("l1", float, "penalty on the size of weights"),
    ("l2", float, "penalty on their squares (default 2 over the number of training rows)"),
    ("dropout", float, "share of hidden neurons switched off in each step (default 0.1 below 2,000 training rows)"),
    ("momentum", float, "for momentum and nesterov (default 0.9)"),
    ("clip_norm", float, "longest gradient let through"),
    ("patience", int, "epochs without improvement before stopping, 0 for never (default 40)"),
    ("average_epochs", float, "judge and keep the average of the weights over so many epochs, 0 for none (default 3)"),
    ("target_loss", float, "stop when the training loss gets as low as this"),
    ("max_seconds", float, "stop after this many seconds"),
    ("schedule", str, "of the learning rate: constant (default), step, cosine …"),
    ("schedule_epochs", int, "epochs between drops of the learning rate (default 10)"),
    ("schedule_factor", float, "what a drop multiplies it by (default 0.5)"),
    ("class_weights", str, "balanced: rare classes count as much as common ones"),
)


def run(options: argparse.Namespace) -> None:
    """Run the command."""
    from ann_viz.engine import TrainConfig
    from ann_viz.session import Session
    from ann_viz.session.headless import open_dataset
    from ann_viz.session.suggested import suggest_training

    if options.resume is not None:
        _resume(options)
        return
    if options.file is None or options.target is None:
        raise ConfigError("Say which FILE and which --target, or which project to --resume.", field="file")
    check_delivery(options.output, options.file)
    chosen = _chosen(options)
    layers = None if options.hidden is None else _sizes(options.hidden)
    TrainConfig(**chosen)  # a value out of range is said before the file is read
    with closing(Session(engine=options.engine)) as session:
        dataset = open_dataset(options.file, target=options.target, seed=options.seed, overrides=overrides(options))
        suggestion = suggest_training(dataset, layers, seed=options.seed).changed(chosen, options.activation)
        session.open(dataset, suggestion, seed=options.seed)
        _learn(session, options, options.file)


def _chosen(options: argparse.Namespace) -> dict[str, Any]:
    """Return the settings of training that were said."""
    said = {field: getattr(options, field) for field, _, _ in TRAINING_OPTIONS}
    chosen = {field: value for field, value in said.items() if value is not None}
    if chosen.get("patience") == 0:
        chosen["patience"] = None
    return chosen


def _resume(options: argparse.Namespace) -> None:
    from ann_viz.engine import TrainConfig
    from ann_viz.session import Session
    from ann_viz.session.headless import resume

    said = [f"--{field.replace('_', '-')}" for field, _, _ in TRAINING_OPTIONS if getattr(options, field) is not None]
    other = [name for name in said if name != "--epochs"] + (["--target"] if options.target is not None else [])
    if other:
        raise ConfigError(f"With --resume the settings are those of the project: leave {other[0]} out.", field=other[0])
    data = None if options.file is None else Path(options.file)
    options.output = options.output or options.resume  # the project that goes on may be replaced, its data never
    check_delivery(options.output, *([] if data is None else [data]))
    with closing(Session(TrainConfig())) as session:
        resume(session, Path(options.resume), data=data, epochs=options.epochs)
        dataset = session.dataset
        assert dataset is not None  # a project has data
        _learn(session, options, dataset.table.path)


def _learn(session: Session, options: argparse.Namespace, *inputs: AnyPath) -> None:
    """Train what is open, deliver it, and tell the scores."""
    from ann_viz.session.headless import learn
    from ann_viz.session.projectfile import project_bytes
    from ann_viz.session.report import as_json, as_table
    from ann_viz.session.training_receipt import training_receipt, training_sentences

    check_delivery(options.output, *inputs)  # where the data lie that a project names is known only now
    words, dataset = words_beside(options.output), session.dataset
    run = session.current_run
    accuracy = options.accuracy or (run is not None and run.mean_of is not None)  # as a project that goes on did before
    assert dataset is not None  # whoever calls has opened one
    if not options.json or words is not sys.stderr:
        say(training_sentences(training_receipt(dataset)), sys.stderr)
    outcome = learn(session, progress_teller(session, quiet=options.json), accuracy=accuracy)
    if len(dataset.test):
        session.ask_test_rows()  # their scores are told below: the project counts that
    try:
        if options.output is not None:
            deliver(project_bytes(session.project()), options.output, *inputs)
    finally:  # neither a model that can't be written nor words that can't be said take the other away
        if options.json:
            say_json(as_json(session, outcome), words)
        else:
            say(as_table(session, outcome), words)


def _sizes(hidden: str) -> tuple[int, ...]:
    """Return the numbers of neurons that were said."""
    try:
        sizes = [int(size) for size in hidden.split(",") if size.strip()]
    except ValueError:
        message = f"--hidden takes numbers with commas between, such as 6,6, not {hidden!r}."
        raise ConfigError(message, field="hidden") from None
    return () if sizes == [0] else tuple(sizes)
