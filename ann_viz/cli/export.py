"""``ann-viz export``: a trained model as something that runs, counts or shows elsewhere."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ann_viz.cli.parser import OR_STANDARD_OUTPUT
from ann_viz.errors import ConfigError
from ann_viz.files import STANDARD_OUTPUT
from ann_viz.numerals import format_number
from ann_viz.output import check_delivery, deliver, say, words_beside

if TYPE_CHECKING:
    from ann_viz.session.exports import Format, Subject, Wish

__all__ = ["add_arguments", "run"]


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add what can be said, and what runs it."""
    parser.set_defaults(run=run)
    add = parser.add_argument
    add("model", metavar="MODEL", nargs="?", help="model or project, by `ann-viz train -o` or saved in the window")
    add("--to", metavar="FORMAT", help="such as python, onnx or page; `ann-viz export --list` names all of them")
    add("-o", "--output", metavar="FILE", help="where to write; its ending chooses the form" + OR_STANDARD_OUTPUT)
    add("--rows", action="store_true", help="let rows of the table be in the file; none are without it")
    add("--data", metavar="FILE", help="where the data of the project are, if not where they were")
    add("--set", metavar="NAME=VALUE", action="append", default=[], help="an option of the format, named by --list")
    add("--list", action="store_true", help="say which formats there are, what is inside, and what can be set")


def run(options: argparse.Namespace) -> None:
    """Run the command."""
    from ann_viz.session.exports import FORMATS, format_for, subject_in, wish_for

    if options.list:
        say(line for each in FORMATS for line in _told(each))
        return
    if options.model is None or options.to is None or options.output is None:
        raise ConfigError("Say which MODEL, which format --to, and the file with -o.", field="to")
    format = format_for(options.to)
    wish = wish_for(format, options.output, rows=options.rows, chosen=_chosen(format, options.set))
    format.check(wish)
    inputs = [options.model, *([options.data] if options.data else [])]
    check_delivery(options.output, *inputs)
    data = None if options.data is None else Path(options.data)
    with subject_in(Path(options.model), wants_data=format.wants_data or wish.rows, data=data) as subject:
        if subject.dataset is not None:
            inputs.append(str(subject.dataset.table.path))
        content = _written(format, subject, wish)
        deliver(content, options.output, *inputs)
        if options.output != STANDARD_OUTPUT:
            say([f"{format_number(len(content))} bytes written to {options.output}"], words_beside(options.output))
        if format.of(subject).one_of > 1:
            told = f"This format holds one of the {subject.n_networks} networks whose mean is the model"
            say([f"{told}, the first: it answers otherwise than `predict`."], sys.stderr)
        if subject.why_no_data:
            say([f"Without the data: {subject.why_no_data}"], sys.stderr)


def _written(format: Format, subject: Subject, wish: Wish) -> bytes:
    """Return the file; where it is made of what the window draws, with one that nobody sees."""
    if wish.suffix not in format.drawn:
        return format.write(subject, wish)
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    from ann_viz.app import with_easel

    with with_easel(subject) as drawn:
        return format.write(drawn, wish)


def _chosen(format: Format, settings: list[str]) -> dict[str, Any]:
    """Return options said as NAME=VALUE, each of the type its usual value has."""
    chosen: dict[str, Any] = {}
    for setting in settings:
        name, equals, value = setting.partition("=")
        if not equals:
            raise ConfigError(f"--set takes NAME=VALUE, not {setting!r}.", field="set")
        option = next((each for each in format.options if each.name == name), None)
        try:
            chosen[name] = value if option is None else type(option.default)(value)
        except ValueError:
            raise ConfigError(f"--set {name} takes a number, not {value!r}.", field=name) from None
    return chosen


def _told(format: Format) -> Iterator[str]:
    """Yield what there is to know of a format."""
    needs = f" (needs pip install 'ann-viz[{format.extra}]')" if format.missing else ""
    yield f"{format.name}  {' '.join(format.suffixes)}  {format.label}{needs}"
    yield f"    {format.about}" + (f" Whoever gets it needs {format.runs_with}." if format.runs_with else "")
    if format.of_one:
        yield "    of several networks whose mean is the model (train --accuracy) it holds the first only"
    yield f"    inside: {', '.join(format.inside)}" + (f"; with --rows {format.rows}" if format.rows else "")
    for option in format.options:
        numbers = "any text" if isinstance(option.default, str) else f"{option.least:g} to {option.most:g}"
        values = ", ".join(map(str, option.choices)) or numbers
        yield f"    --set {option.name}={option.default}  {option.help} ({values})"
