"""Where the words and the files of a command go: a file, or standard output for ``-``, and then the words elsewhere."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable
from typing import TextIO

from ann_viz.errors import OutputError
from ann_viz.files import STANDARD_OUTPUT, check_output, write_file
from ann_viz.printable import printable
from ann_viz.translation import translate

__all__ = ["check_delivery", "deliver", "say", "say_json", "words_beside"]


def check_delivery(output: str | None, *inputs: str, text: bool = False) -> None:
    """Refuse before any work what could not be written in the end.

    Parameters
    ----------
    output : str or None
        What ``-o`` says; None for no file.
    *inputs : str
        Files that are read.
    text : bool
        Whether what is written may be shown on a terminal.

    Raises
    ------
    OutputError
        When it can't be written there.
    """
    if output is None:
        return
    if output != STANDARD_OUTPUT:
        check_output(output, inputs=inputs)
    elif not text and sys.stdout.isatty():
        raise OutputError(
            translate("What is written here is no text for a terminal. Send it to a file, with > and a name.")
        )


def deliver(content: bytes, output: str, *inputs: str) -> None:
    """Write to where `check_delivery` found nothing wrong; raises OutputError."""
    if output == STANDARD_OUTPUT:
        sys.stdout.buffer.write(content)
    else:
        write_file(output, content, inputs=inputs)


def words_beside(output: str | None) -> TextIO:
    """Return the stream for words: never among the bytes of a file."""
    return sys.stderr if output == STANDARD_OUTPUT else sys.stdout


def say(lines: Iterable[str], stream: TextIO | None = None) -> None:
    """Print lines, to standard output unless told otherwise, in which names may come from anyone's file."""
    for line in lines:
        print(printable(line), file=stream)


def say_json(value: object, stream: TextIO | None = None) -> None:
    """Print a value as JSON: letters of all scripts as they are, what could steer a terminal escaped, nothing lost."""
    text = json.dumps(value, indent=2, ensure_ascii=False)
    shown = (each if each.isprintable() or each == "\n" else json.dumps(each)[1:-1] for each in text)
    print("".join(shown), file=stream)
