"""``ann-viz inspect``: what is understood of a file."""

from __future__ import annotations

import argparse

from ann_viz.cli.reading import add_reading, overrides
from ann_viz.output import say, say_json

__all__ = ["add_arguments", "run"]


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add what can be said, and what runs it."""
    parser.set_defaults(run=run)
    parser.add_argument("file", metavar="FILE", help="CSV file, also packed (.gz, .zst), or Parquet")
    parser.add_argument("--target", metavar="COLUMN", help="the column to predict (default: suggested)")
    add_reading(parser)
    parser.add_argument("--json", action="store_true", help="print one JSON object")


def run(options: argparse.Namespace) -> None:
    """Run the command."""
    from ann_viz.data import open_table
    from ann_viz.session.inspection import inspect_table, inspection_lines

    with open_table(options.file, overrides=overrides(options)) as table:
        known = inspect_table(table, options.target)
        if options.json:
            say_json(known)
        else:
            say(inspection_lines(table.name, known))
