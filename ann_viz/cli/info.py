"""``ann-viz info``: what is in a model or project file."""

from __future__ import annotations

import argparse
from pathlib import Path

from ann_viz.output import say, say_json

__all__ = ["add_arguments", "run"]


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add what can be said, and what runs it."""
    parser.set_defaults(run=run)
    parser.add_argument("file", metavar="FILE", help="written by `ann-viz train -o` or saved in the window")
    parser.add_argument("--json", action="store_true", help="print one JSON object")


def run(options: argparse.Namespace) -> None:
    """Run the command."""
    from ann_viz.session.project_info import file_info, info_lines

    known = file_info(options.file)
    if options.json:
        say_json(known)
    else:
        say(info_lines(Path(options.file).name, known))
