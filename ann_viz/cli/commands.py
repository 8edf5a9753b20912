"""Every command of ``ann-viz``, and how one is run: errors that the user can mend are one line on standard error."""

from __future__ import annotations

import argparse
import logging
import sys
from collections.abc import Callable, Sequence
from typing import Final

from ann_viz import __version__
from ann_viz.blas_threads import leave_a_core
from ann_viz.cli import demo, export, info, inspect, predict, sweep, train, watch
from ann_viz.cli.parser import LONGEST_SENTENCE, USER_CAN_MEND, OneLineParser
from ann_viz.errors import AnnVizError
from ann_viz.output import say
from ann_viz.printable import printable

__all__ = ["COMMANDS", "main"]

_log: Final = logging.getLogger(__name__)

COMMANDS: Final[tuple[tuple[str, Callable[[argparse.ArgumentParser], None], str], ...]] = (
    ("inspect", inspect.add_arguments, "say what is understood of a CSV file"),
    ("train", train.add_arguments, "learn to predict one column of a CSV file"),
    ("sweep", sweep.add_arguments, "try many settings, each from several seeds, and say which learn best"),
    ("predict", predict.add_arguments, "answer for every row of a CSV file"),
    ("export", export.add_arguments, "take a trained model along: as a script, for other programs, as a page"),
    ("info", info.add_arguments, "say what is in a model or project file"),
    ("demo", demo.add_arguments, "train on the bank sample and say how it went"),
    ("watch", watch.add_arguments, "show a network that another program trains; run by ann_viz.watch"),
)
"""Name, what adds its arguments and says what runs it, and what ``--help`` says of it."""


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
    leave_a_core()
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


class _Version(argparse.Action):
    """Says the version, and looks for the compiled engine only then."""

    def __call__(self, parser: argparse.ArgumentParser, *_: object) -> None:
        from ann_viz.engine.compiled.choice import about_turbo

        say([f"ann-viz {__version__}", about_turbo()])
        parser.exit()


def _parser() -> argparse.ArgumentParser:
    parser = OneLineParser(
        prog="ann-viz",
        description="Watch a neural network learn from your own CSV file.",
        epilog="Without a command, or with a FILE alone, the window opens. With --debug anywhere, a log is written for "
        "whoever looks for a fault; the first line says where it lies.",
    )
    parser.add_argument("--version", action=_Version, nargs=0, help="say which version this is and which engine it has")
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    for name, add_arguments, help_text in COMMANDS:
        add_arguments(commands.add_parser(name, help=help_text))
    return parser
