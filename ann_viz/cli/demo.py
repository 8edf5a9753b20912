"""``ann-viz demo``: train on the bank sample and say how it went."""

from __future__ import annotations

import argparse
import os
from contextlib import closing
from typing import Final

from ann_viz.cli.parser import OR_STANDARD_OUTPUT
from ann_viz.cli.progress import progress_teller
from ann_viz.files import STANDARD_OUTPUT
from ann_viz.output import check_delivery, deliver, say, words_beside
from ann_viz.resources import resource

__all__ = ["add_arguments", "run"]

BANK_SAMPLE: Final = "bank_customers.csv"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add what can be said, and what runs it."""
    parser.set_defaults(run=run)
    parser.add_argument("--picture", metavar="PNG", help="save a picture of the window" + OR_STANDARD_OUTPUT)


def run(options: argparse.Namespace) -> None:
    """Run the command."""
    from ann_viz.session import Session
    from ann_viz.session.headless import learn
    from ann_viz.session.report import in_words
    from ann_viz.session.samples import find_sample, open_sample
    from ann_viz.session.suggested import suggest_training

    found, sample = find_sample(BANK_SAMPLE), resource("samples", BANK_SAMPLE)
    assert found is not None  # it is in the list
    check_delivery(options.picture, sample)
    words = words_beside(options.picture)
    with closing(Session()) as session:
        dataset = open_sample(found)
        session.open(dataset, suggest_training(dataset))
        outcome = learn(session, progress_teller(session, quiet=False))
        say(in_words(session, outcome), words)
        if options.picture is not None:
            os.environ["QT_QPA_PLATFORM"] = "offscreen"
            from ann_viz.app import picture  # the only command that needs Qt

            deliver(picture(session), options.picture, sample)
            if options.picture != STANDARD_OUTPUT:
                say([f"The picture is in {options.picture}."])
