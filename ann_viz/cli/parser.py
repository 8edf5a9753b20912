"""The parser of arguments that all commands share: what is wrong is said in one line."""

from __future__ import annotations

import argparse
import sys
from typing import Final, NoReturn

from ann_viz.files import STANDARD_OUTPUT
from ann_viz.printable import printable

__all__ = ["LONGEST_SENTENCE", "OR_STANDARD_OUTPUT", "USER_CAN_MEND", "OneLineParser"]

USER_CAN_MEND: Final = 2
LONGEST_SENTENCE: Final = 2000
OR_STANDARD_OUTPUT: Final = f"; {STANDARD_OUTPUT} writes it to standard output; messages then go to standard error"


class OneLineParser(argparse.ArgumentParser):
    """Says what is wrong in one line."""

    def exit(self, status: int = 0, message: str | None = None) -> NoReturn:
        """End the program, after what was written has gone out."""
        sys.stdout.flush()  # what goes wrong at the very end of the program nobody catches
        super().exit(status, message)

    def error(self, message: str) -> NoReturn:
        """Say what is wrong and where to read on, in one line."""
        self.exit(USER_CAN_MEND, f"{self.prog}: {printable(message, LONGEST_SENTENCE)}. See {self.prog} --help.\n")
