"""Where the words and the files of a command go: a file, or standard output for ``-``, and then the words elsewhere."""

from __future__ import annotations

import io
import json
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import TextIO

from ann_viz.errors import OutputError
from ann_viz.files import STANDARD_OUTPUT, AnyPath, check_output, write_file
from ann_viz.printable import printable
from ann_viz.translation import translate

__all__ = ["check_delivery", "deliver", "exact_output", "say", "say_json", "words_beside"]


def check_delivery(output: str | None, *inputs: AnyPath, text: bool = False) -> None:
    """Refuse before any work what could not be written in the end.

    Parameters
    ----------
    output : str or None
        What ``-o`` says; None for no file.
    *inputs : path
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
            translate("What would be written here is no text for a terminal. Send it to a file, with > and a name.")
        )


def deliver(content: bytes, output: str, *inputs: AnyPath) -> None:
    """Write to where `check_delivery` found nothing wrong; raises OutputError."""
    if output == STANDARD_OUTPUT:
        sys.stdout.buffer.write(content)
    else:
        write_file(output, content, inputs=inputs)


@contextmanager
def exact_output() -> Iterator[TextIO]:
    """Standard output for data, which must arrive as they are; raises OutputError where it has no such letter."""
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(errors="strict")
    try:
        yield sys.stdout
    except UnicodeEncodeError as error:
        sentence = translate(
            "Standard output has no '{letter}' in its encoding, {encoding}. Write to a file with -o, or set the "
            "environment variable PYTHONIOENCODING to utf-8."
        )
        letter = printable(error.object[error.start])
        raise OutputError(sentence.format(letter=letter, encoding=sys.stdout.encoding)) from error


def words_beside(output: str | None) -> TextIO:
    """Return the stream for words: never among the bytes of a file."""
    return sys.stderr if output == STANDARD_OUTPUT else sys.stdout


def say(lines: Iterable[str], stream: TextIO | None = None) -> None:
    """Print lines, to standard output unless told otherwise, in which names may come from anyone's file."""
    for line in lines:
        print(printable(line), file=stream)


def say_json(value: object, stream: TextIO | None = None) -> None:
    """Print a value as JSON: what the stream lacks or what could steer a terminal is escaped, and nothing is lost."""
    text = json.dumps(value, indent=2, ensure_ascii=False)
    encoding = (stream or sys.stdout).encoding or "utf-8"
    shown = (each if each == "\n" or _is_fit(each, encoding) else json.dumps(each)[1:-1] for each in text)
    print("".join(shown), file=stream)


def _is_fit(letter: str, encoding: str) -> bool:
    return letter.isprintable() and (letter.isascii() or letter.encode(encoding, "ignore") != b"")
