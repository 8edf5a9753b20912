"""``ann-viz demo``: train on the bank sample and say how it went."""

from __future__ import annotations

import argparse
import os
from contextlib import closing
from typing import Final

from ann_viz.cli.parser import OR_STANDARD_OUTPUT
from ann_viz.cli.progress import progress_teller
from ann_viz.cli.train import TRAINING_DEFAULTS
from ann_viz.files import STANDARD_OUTPUT
from ann_viz.output import check_delivery, deliver, say, words_beside
from ann_viz.resources import resource

__all__ = ["add_arguments", "run"]

BANK_SAMPLE: Final = ("samples", "bank_customers.csv")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add what can be said, and what runs it."""
    parser.set_defaults(run=run)
    parser.add_argument("--picture", metavar="PNG", help="save a picture of the window" + OR_STANDARD_OUTPUT)


def run(options: argparse.Namespace) -> None:
    """Run the command."""
    from ann_viz.engine import TrainConfig
    from ann_viz.session import Session
    from ann_viz.session.headless import learn, open_dataset
    from ann_viz.session.report import in_words

    sample = resource(*BANK_SAMPLE)
    check_delivery(options.picture, sample)
    words = words_beside(options.picture)
    with closing(Session(TrainConfig(**TRAINING_DEFAULTS))) as session:
        session.open(open_dataset(sample))
        outcome = learn(session, progress_teller(session, quiet=False))
        say(in_words(session, outcome), words)
        if options.picture is not None:
            os.environ["QT_QPA_PLATFORM"] = "offscreen"
            from ann_viz.app import picture  # the only command that needs Qt

            deliver(picture(session), options.picture, sample)
            if options.picture != STANDARD_OUTPUT:
                say([f"The picture is in {options.picture}."])
