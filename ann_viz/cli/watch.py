"""``ann-viz watch``: the window that ``ann_viz.watch`` opens for a program that trains a network of its own."""

from __future__ import annotations

import argparse
import os
import sys
from dataclasses import dataclass
from typing import Final

from ann_viz.errors import ConfigError, OutputError
from ann_viz.typed_json import parse_json, typed

__all__ = ["add_arguments", "run"]

MOST_LETTERS: Final = 1000
POLITE: Final = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class Address:
    """Where the program listens, on this machine, and what it wants to be shown."""

    port: int
    token: str


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add what runs it."""
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> None:
    """Run the command; where to connect stands on standard input, which nobody else can read."""
    text = "" if sys.stdin.isatty() else sys.stdin.read(MOST_LETTERS)
    try:
        address = typed(Address, parse_json(text))
    except ValueError:
        message = "This command is run by ann_viz.watch(model), in a Python program that trains a network."
        raise ConfigError(message, field="watch") from None
    from ann_viz.qt_libraries import platform_problem

    problem = platform_problem()
    if problem is not None:
        raise OutputError(problem)
    from ann_viz.app import watch  # Qt is loaded only for a window

    if sys.platform != "win32":
        os.nice(POLITE)  # where there are few cores, the loop goes first
    watch(address.port, address.token)
