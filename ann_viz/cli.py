"""The command line: inspect, train, predict and demo, with the same session as the window but without Qt.

The engine and the CSV reader are imported by the command that needs them, so that ``--help`` is quick.
"""

from __future__ import annotations

import argparse
import logging
import math
import os
import sys
from collections.abc import Callable, Sequence
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, NoReturn

from ann_viz import __version__
from ann_viz.errors import AnnVizError, ConfigError, DataError
from ann_viz.files import STANDARD_OUTPUT, AnyPath
from ann_viz.numerals import count
from ann_viz.output import check_delivery, deliver, exact_output, say, say_json, words_beside
from ann_viz.printable import printable
from ann_viz.resources import resource

if TYPE_CHECKING:
    from ann_viz.engine import LayerConfig, Snapshot
    from ann_viz.session import Receipt, Session
    from ann_viz.session.spreadsheet import FormulaCells

__all__ = ["main"]

_log: Final = logging.getLogger(__name__)
USER_CAN_MEND: Final = 2
BAR_WIDTH: Final = 24
LONGEST_SENTENCE: Final = 2000
OR_STANDARD_OUTPUT: Final = f"; {STANDARD_OUTPUT} writes it to standard output; messages then go to standard error"
BANK_SAMPLE: Final = ("samples", "bank_customers.csv")

# What differs from the window's defaults, where someone watches and decides when it is enough.
TRAINING_DEFAULTS: Final[dict[str, Any]] = {"patience": 30, "l2": 0.001}


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command.

    Parameters
    ----------
    arguments : sequence of str, optional
        What stands after the program's name; taken from the command line if left out.

    Returns
    -------
    int
        0; 2 for what the user can mend, with one line on stderr.
    """
    try:
        options = _parser().parse_args(arguments)
        run: Callable[[argparse.Namespace], None] = options.run
        import numpy as np

        with np.errstate(all="ignore"):  # what has overflown is written as such; no warning stands beside it
            run(options)
        sys.stdout.flush()
    except AnnVizError as error:
        _log.info("ended with an error", exc_info=error)
        print(f"ann-viz: {printable(' '.join(str(error).split()), LONGEST_SENTENCE)}", file=sys.stderr)
        return USER_CAN_MEND
    except BrokenPipeError:  # the reader of our output, such as `head`, has had enough
        _log.info("nobody reads on")
    return 0


# What can be asked --------------------------------------------------------------------------------------------------
class _Parser(argparse.ArgumentParser):
    """Says what is wrong in one line."""

    def exit(self, status: int = 0, message: str | None = None) -> NoReturn:
        sys.stdout.flush()  # what goes wrong at the very end of the program nobody catches
        super().exit(status, message)

    def error(self, message: str) -> NoReturn:
        self.exit(USER_CAN_MEND, f"{self.prog}: {printable(message, LONGEST_SENTENCE)}. See {self.prog} --help.\n")


class _Version(argparse.Action):
    """Says the version, and looks for the compiled engine only then."""

    def __call__(self, parser: argparse.ArgumentParser, *_: object) -> None:
        from ann_viz.engine.compiled.choice import about_turbo

        say([f"ann-viz {__version__}", about_turbo()])
        parser.exit()


def _parser() -> argparse.ArgumentParser:
    parser = _Parser(
        prog="ann-viz",
        description="Watch a neural network learn from your own CSV file.",
        epilog="Without a command, or with a FILE alone, the window opens. With --debug anywhere, a log is written for "
        "whoever looks for a fault; the first line says where it lies.",
    )
    parser.add_argument("--version", action=_Version, nargs=0, help="say which version this is and which engine it has")
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    _add_inspect(commands.add_parser("inspect", help="say what is understood of a CSV file"))
    _add_train(commands.add_parser("train", help="learn to predict one column of a CSV file"))
    _add_predict(commands.add_parser("predict", help="answer for every row of a CSV file"))
    _add_info(commands.add_parser("info", help="say what is in a model or project file"))
    _add_demo(commands.add_parser("demo", help="train on the bank sample and say how it went"))
    return parser


def _add_inspect(parser: argparse.ArgumentParser) -> None:
    parser.set_defaults(run=_inspect)
    parser.add_argument("file", metavar="FILE", help="CSV file, also packed (.gz, .zst), or Parquet")
    parser.add_argument("--target", metavar="COLUMN", help="the column to predict (default: suggested)")
    _add_reading(parser)
    parser.add_argument("--json", action="store_true", help="print one JSON object")


def _add_reading(parser: argparse.ArgumentParser) -> None:
    """Options for whoever knows better how the file is written."""
    add = parser.add_argument
    add("--delimiter", metavar="CHARACTER", type=_delimiter, help="between cells: , ; tab … (default: detected)")
    add("--encoding", metavar="NAME", help="such as utf-8 or cp1252 (default: detected)")
    add("--no-header", dest="header", action="store_const", const=False, help="the first row is data already")
    add("--decimal", metavar="MARK", choices=(".", ","), help="decimal mark: a point or a comma (default: detected)")
    orders = ("dmy", "mdy", "ymd")
    add("--date-order", metavar="ORDER", choices=orders, help="of dates: dmy, mdy or ymd (default: detected)")
    add(
        "--thousands",
        metavar="MARK",
        type=_thousands,
        help="between groups of three digits, or none (default: detected)",
    )
    add("--quote", metavar="CHARACTER", type=_quote, help="around texts, or none (default: detected)")
    add("--skip-lines", metavar="N", type=int, help="lines above the table (default: detected)")
    add("--missing", metavar="WORD,WORD", type=_words, help="words that mean 'no value', with commas between")
    add("--pad", dest="ragged", action="store_const", const="pad", help="fill up rows that are too short")
    add("--totals", choices=("keep", "skip"), help="whether rows such as 'Total' are used (default keep)")
    add("--sheet", metavar="NAME", help="of a spreadsheet (default: the first with cells)")


def _delimiter(text: str) -> str:
    """A delimiter as it can be typed in a shell."""
    return {"tab": "\t", "\\t": "\t", "space": " ", "blank": " "}.get(text.casefold(), text)


def _quote(text: str) -> str:
    """A quote as it can be typed in a shell; the empty text stands for none."""
    return {"none": "", "double": '"', "single": "'"}.get(text.casefold(), text)


def _thousands(text: str) -> str:
    """A mark between groups of digits; the empty text stands for none."""
    return {"none": "", "space": " ", "blank": " "}.get(text.casefold(), text)


def _words(text: str) -> tuple[str, ...]:
    """Words with commas between; the empty cell is always missing."""
    return ("", *dict.fromkeys(word.strip() for word in text.split(",") if word.strip()))


def _overrides(options: argparse.Namespace) -> dict[str, object]:
    chosen = {field: getattr(options, field) for field in READING_OPTIONS}
    none = dict.fromkeys(field for field in ("quote", "thousands") if chosen[field] == "")
    return {field: value for field, value in chosen.items() if value is not None} | none


READING_OPTIONS: Final = (
    *("delimiter", "encoding", "header", "decimal", "thousands", "quote", "skip_lines", "missing", "ragged", "totals"),
    *("date_order", "sheet"),
)
"""Fields of `Dialect` that can be said on the command line."""


def _add_train(parser: argparse.ArgumentParser) -> None:
    parser.set_defaults(run=_train)
    add = parser.add_argument
    add("file", metavar="FILE", nargs="?", help="CSV file with one row for each case")
    add("--target", metavar="COLUMN", help="the column to predict")
    add("--resume", metavar="PROJECT", help="go on where this project stopped; --epochs then says how many in all")
    _add_reading(parser)
    add("--hidden", default="6,6", metavar="N,N,…", help="neurons per hidden layer; 0 for none (default 6,6)")
    add("--activation", default="relu", metavar="NAME", help="of the hidden layers: relu (default), tanh, gelu …")
    add("--seed", type=int, default=3, help="of the split, the starting weights and the order of rows (default 3)")
    for field, kind, help_text in TRAINING_OPTIONS:
        add(f"--{field.replace('_', '-')}", type=kind, metavar=kind.__name__.upper(), help=help_text)
    add("--engine", choices=("numpy", "turbo", "auto"), default="numpy", help="auto is the quicker one (default numpy)")
    add("--json", action="store_true", help="print the scores, and what became of the data, as one JSON object")
    add(
        "-o",
        "--output",
        metavar="MODEL",
        help="save the trained network as a project, for `predict` and `train --resume`" + OR_STANDARD_OUTPUT,
    )


TRAINING_OPTIONS: Final[tuple[tuple[str, Callable[[str], Any], str], ...]] = (
    ("epochs", int, "passes over the training rows at most (default 200)"),
    ("optimizer", str, "adam (default), adamw, sgd, momentum, rmsprop …"),
    ("learning_rate", float, "default 0.01"),
    ("batch_size", int, "rows per step, 0 for all (default 32)"),
    ("l1", float, "penalty on the size of weights"),
    ("l2", float, "penalty on their squares (default 0.001)"),
    ("dropout", float, "share of hidden neurons switched off in each step"),
    ("momentum", float, "for momentum and nesterov (default 0.9)"),
    ("clip_norm", float, "longest gradient let through"),
    ("patience", int, "epochs without improvement before stopping, 0 for never (default 30)"),
    ("target_loss", float, "stop when the training loss gets as low as this"),
    ("max_seconds", float, "stop after this many seconds"),
    ("schedule", str, "of the learning rate: constant (default), step, cosine …"),
    ("schedule_epochs", int, "epochs between drops of the learning rate (default 10)"),
    ("schedule_factor", float, "what a drop multiplies it by (default 0.5)"),
    ("class_weights", str, "balanced: rare classes count as much as common ones"),
)


def _add_predict(parser: argparse.ArgumentParser) -> None:
    parser.set_defaults(run=_predict)
    add = parser.add_argument
    add("model", metavar="MODEL", help="written by `ann-viz train -o`")
    add("file", metavar="FILE", help="file with the columns the model was trained on, of any kind that train reads")
    _add_reading(parser)
    add("-o", "--output", metavar="CSV", help="where to write (default: standard output, also named -)")
    add(
        "--strict",
        action="store_true",
        help="write nothing and end with 2 where a row gets no answer, or one that rests on a cell filled, unknown or "
        "not read, or on a column missing, written otherwise than in training, or found by its place alone",
    )
    add("--fill-columns", action="store_true", help="answer though columns are missing, filling them like empty cells")
    add(
        "--json",
        action="store_true",
        help="print one JSON object about what was left out, filled or unknown: to standard output, or to standard "
        "error where the answers go there",
    )
    add(
        "--escape-formulas",
        action="store_true",
        help="put ' before cells that a spreadsheet would run: text that begins with =, +, -, @, a tab or a line end",
    )


def _add_info(parser: argparse.ArgumentParser) -> None:
    parser.set_defaults(run=_info)
    parser.add_argument("file", metavar="FILE", help="written by `ann-viz train -o` or saved in the window")
    parser.add_argument("--json", action="store_true", help="print one JSON object")


def _add_demo(parser: argparse.ArgumentParser) -> None:
    parser.set_defaults(run=_demo)
    parser.add_argument("--picture", metavar="PNG", help="save a picture of the window" + OR_STANDARD_OUTPUT)


# What is done -------------------------------------------------------------------------------------------------------
def _inspect(options: argparse.Namespace) -> None:
    from ann_viz.data import open_table
    from ann_viz.session.inspection import inspect_table, inspection_lines

    with open_table(options.file, overrides=_overrides(options)) as table:
        known = inspect_table(table, options.target)
        if options.json:
            say_json(known)
        else:
            say(inspection_lines(table.name, known))


def _train(options: argparse.Namespace) -> None:
    from ann_viz.engine import TrainConfig
    from ann_viz.session import Session
    from ann_viz.session.headless import open_dataset

    if options.resume is not None:
        _resume(options)
        return
    if options.file is None or options.target is None:
        raise ConfigError("Say which FILE and which --target, or which project to --resume.", field="file")
    check_delivery(options.output, options.file)
    chosen = {field: getattr(options, field) for field, _, _ in TRAINING_OPTIONS}
    changes = TRAINING_DEFAULTS | {field: value for field, value in chosen.items() if value is not None}
    changes["patience"] = changes["patience"] or None
    config = TrainConfig(**changes, seed=options.seed)
    layers = _layers(options.hidden, options.activation)
    with closing(Session(config, options.engine)) as session:
        dataset = open_dataset(options.file, target=options.target, seed=options.seed, overrides=_overrides(options))
        session.open(dataset)
        session.set_network(hidden=layers, seed=options.seed)
        _learn(session, options, options.file)


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
    assert dataset is not None  # whoever calls has opened one
    if not options.json or words is not sys.stderr:
        say(training_sentences(training_receipt(dataset)), sys.stderr)
    outcome = learn(session, _progress(session, quiet=options.json))
    try:
        if options.output is not None:
            deliver(project_bytes(session.project()), options.output, *inputs)
    finally:  # neither a model that can't be written nor words that can't be said take the other away
        if options.json:
            say_json(as_json(session, outcome), words)
        else:
            say(as_table(session, outcome), words)


def _info(options: argparse.Namespace) -> None:
    from ann_viz.session.project_info import file_info, info_lines

    known = file_info(options.file)
    if options.json:
        say_json(known)
    else:
        say(info_lines(Path(options.file).name, known))


def _layers(hidden: str, activation: str) -> tuple[LayerConfig, ...]:
    from ann_viz.engine import LayerConfig

    try:
        sizes = [int(size) for size in hidden.split(",") if size.strip()]
    except ValueError:
        message = f"--hidden takes numbers with commas between, such as 6,6, not {hidden!r}."
        raise ConfigError(message, field="hidden") from None
    if sizes == [0]:
        return ()
    return tuple(LayerConfig(neurons=size, activation=activation) for size in sizes)


def _predict(options: argparse.Namespace) -> None:
    from ann_viz.session import examine, load_model, open_for, predict_file, predict_table
    from ann_viz.session.spreadsheet import FormulaCells

    inputs = (options.model, options.file)
    check_delivery(options.output, *inputs, text=True)
    model = load_model(options.model)
    formulas = FormulaCells(escape=options.escape_formulas)
    with open_for(model, options.file, overrides=_overrides(options), fill_columns=options.fill_columns) as rows:
        if options.strict:  # first, as what was written to a stream can't be taken back
            receipt = examine(rows)
            if receipt.changed_answers:
                _tell_receipt(options, receipt, formulas)
                raise DataError("Nothing is written: some answers would rest on more than the file says (--strict).")
        if options.output in (None, STANDARD_OUTPUT):
            with exact_output() as output:
                receipt = predict_table(rows, output, formulas)
        else:
            receipt = predict_file(rows, options.output, formulas, inputs=inputs)
            say([f"{count(receipt.n_rows, 'row')} written to {options.output}"], sys.stderr)
        _tell_receipt(options, receipt, formulas)


def _tell_receipt(options: argparse.Namespace, receipt: Receipt, formulas: FormulaCells) -> None:
    from ann_viz.session.receipt import receipt_json
    from ann_viz.session.receipt_words import receipt_sentences

    sentences = receipt_sentences(receipt)
    if formulas.count:
        sentences.append(_about_formulas(formulas))
    known = receipt_json(receipt) | {"formula_cells": formulas.count} if options.json else None
    _tell(sentences, known, options.output or STANDARD_OUTPUT)


def _tell(sentences: Sequence[str], known: dict[str, Any] | None, output: str | None) -> None:
    """Say sentences on standard error, and what is known as JSON beside the output; where JSON goes, it is alone."""
    words = words_beside(output)
    if known is None or words is not sys.stderr:
        say(sentences, sys.stderr)
    if known is not None:
        say_json({**known, "sentences": list(sentences)}, words)


def _about_formulas(formulas: FormulaCells) -> str:
    verb = "begins" if formulas.count == 1 else "begin"
    cells = f"{count(formulas.count, 'cell')} {verb} with =, +, -, @, a tab or a line end"
    if formulas.escape:
        return f"{cells}; each has an apostrophe in front, so that spreadsheets show it."
    return f"{cells}; --escape-formulas keeps spreadsheets from running them."


def _demo(options: argparse.Namespace) -> None:
    from ann_viz.engine import TrainConfig
    from ann_viz.session import Session
    from ann_viz.session.headless import learn, open_dataset
    from ann_viz.session.report import in_words

    sample = resource(*BANK_SAMPLE)
    check_delivery(options.picture, sample)
    words = words_beside(options.picture)
    with closing(Session(TrainConfig(**TRAINING_DEFAULTS))) as session:
        session.open(open_dataset(sample))
        outcome = learn(session, _progress(session, quiet=False))
        say(in_words(session, outcome), words)
        if options.picture is not None:
            os.environ["QT_QPA_PLATFORM"] = "offscreen"
            from ann_viz.app import picture  # the only command that needs Qt

            deliver(picture(session), options.picture, sample)
            if options.picture != STANDARD_OUTPUT:
                say([f"The picture is in {options.picture}."])


def _progress(session: Session, *, quiet: bool) -> Callable[[Snapshot], None] | None:
    """Return what draws a bar on a terminal, writes some ten lines into a log, or, asked to be quiet there, nothing."""
    on_terminal = sys.stderr.isatty()
    if quiet and not on_terminal:
        return None
    reached = -1

    def tell(snapshot: Snapshot) -> None:
        nonlocal reached
        n_epochs = session.train_config.epochs or snapshot.epoch or 1
        share = 1.0 if snapshot.finished else snapshot.epoch / n_epochs
        losses = f"loss {snapshot.history.last('train_loss'):.4f}"
        validation_loss = snapshot.history.last("validation_loss")
        if math.isfinite(validation_loss):
            losses += f", validation {validation_loss:.4f}"
        text = f"epoch {snapshot.epoch} of {n_epochs}  {losses}"
        if on_terminal:
            bar = "█" * round(share * BAR_WIDTH)
            end = "\n" if snapshot.finished else ""
            print(f"\r{bar:·<{BAR_WIDTH}} {text}\033[K", end=end, file=sys.stderr, flush=True)
        elif int(share * 10) > reached:
            reached = int(share * 10)
            print(text, file=sys.stderr)

    return tell
