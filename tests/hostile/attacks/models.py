"""Model files that somebody changed: refused in one sentence, or they answer as the original does."""

from __future__ import annotations

import csv
import io
import math
import re
import warnings
from collections.abc import Callable
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from random import Random
from typing import Any, Final

import numpy as np

from ann_viz.cli import main
from ann_viz.errors import AnnVizError
from ann_viz.session import Model, load_model
from attacks.container import parts_of
from attacks.mutants import blind, structured
from attacks.registry import kind
from attacks.work import new_folder

MODELS: Final = Path(__file__).parents[2] / "session" / "models"
REFUSED: Final = 2
COMMANDS: Final = 0.1
"""Share of the tries that go through the whole command, which takes ten times as long."""

ROWS: Final = (
    {"age": "33", "joined": "2021-07-16", "colour": "green", "member": "yes"},
    {"age": "", "joined": "1999-12-31", "colour": "purple", "member": None},
    {"age": "1e9", "joined": "soon", "colour": "red", "member": "no"},
)
UNPRINTABLE: Final = re.compile(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")


@dataclass(frozen=True)
class Target:
    """A model file, the rows it is asked about and its answers."""

    content: bytes
    rows: Path
    place: Path
    answers: str
    by_row: list[Any]


@cache
def target(name: str) -> Target:
    """The stored file of an older format, or for "now" one that the program saves itself."""
    folder = new_folder()
    rows = folder / "rows.csv"
    rows.write_bytes((MODELS / "rows.csv").read_bytes())
    place = folder / "m.annviz"
    if name == "now":
        asked("train", rows, "--target", "left", "--hidden", "4,3", "--epochs", "20", "--json", "-o", place)
        content = parts_of(place.read_bytes()).joined(signed=True)  # its parts in an order that is always the same
    else:
        content = (MODELS / f"{name}.annviz").read_bytes()
    place.write_bytes(content)
    code, answers, _ = asked("predict", place, rows)
    assert code == 0
    return Target(content, rows, place, answers, answers_of(load_model(place)))


def asked(*arguments: object) -> tuple[int, str, str]:
    """Run a command; return its code and what it printed."""
    with redirect_stdout(io.StringIO()) as out, redirect_stderr(io.StringIO()) as err:
        code = main([str(argument) for argument in arguments])
    return code, out.getvalue(), err.getvalue()


def judged(mutant: bytes, original: Target, rng: Random, *, exact: bool) -> str | None:
    """Let a changed model answer, and say what is wrong with how it does."""
    if mutant == original.content:
        return None
    original.place.unlink()  # a new file is written ten times as fast as an old one is emptied
    original.place.write_bytes(mutant)
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        try:
            problem = _problem_of_loading(original, exact=exact)
            return problem or (_problem_of_command(original, exact=exact) if rng.random() < COMMANDS else None)
        except Exception as error:  # noqa: BLE001 - whatever it is, it should not have come so far
            return f"traceback: {type(error).__name__}: {error}"[:200]


def _problem_of_loading(original: Target, *, exact: bool) -> str | None:
    try:
        answers = answers_of(load_model(original.place))
    except AnnVizError as error:
        return None if str(error).isprintable() else f"refused in odd characters: {str(error)[:120]!r}"
    if exact:
        return None if answers == original.by_row else "answers otherwise"
    return None if all(map(str, answers)) else "has no answer"


def answers_of(model: Model) -> list[Any]:
    """The answers for a few rows, read without a table."""
    X = np.array([model.encoder.encode_row(row) for row in ROWS])
    with np.errstate(all="ignore"):  # the command says it when a row has no answer
        output = model.network.predict(X)
    return [*model.encoder.decode_target(output), *output.ravel().tolist()]


def _problem_of_command(original: Target, *, exact: bool) -> str | None:
    code, out, err = asked("predict", original.place, original.rows)
    if code == REFUSED:
        if err.count("\n") != 1 or UNPRINTABLE.search(err.rstrip("\n")):
            return f"refused, but not in one printable line: {err[:120]!r}"
        return "refused after it had answered" if out else None
    if code != 0:
        return f"exit code {code}"
    if exact:
        return None if out == original.answers else "answers otherwise"
    return _problem_of_answers(out)


def _problem_of_answers(out: str) -> str | None:
    """Whether answers that may differ from the original's are at least numbers."""
    for row in csv.DictReader(io.StringIO(out)):
        for name, cell in row.items():
            if name is not None and name.startswith("probability_") and not math.isfinite(float(cell)):
                return f"answers {cell}"
    return None


def _attack(name: str, change: Callable[[Random, bytes], bytes], *, exact: bool) -> Callable[[Random], str | None]:
    def attack(rng: Random) -> str | None:
        original = target(name)
        return judged(change(rng, original.content), original, rng, exact=exact)

    return attack


def _structured(rng: Random, content: bytes) -> bytes:
    return _changed_parts(rng, content, signed=False)


def _structured_and_signed(rng: Random, content: bytes) -> bytes:
    return _changed_parts(rng, content, signed=True)


def _changed_parts(rng: Random, content: bytes, *, signed: bool) -> bytes:
    parts = parts_of(content)
    structured(rng, parts)
    return parts.joined(signed=signed)


def _either(rng: Random, content: bytes) -> bytes:
    return rng.choice((blind, _structured))(rng, content)


kind("model: bytes changed blindly", fast=800)(_attack("now", blind, exact=True))
kind("model: its parts changed", fast=400)(_attack("now", _structured, exact=True))
kind("model: changed and signed anew", fast=200)(_attack("now", _structured_and_signed, exact=False))
kind("model: format 2 changed", fast=50)(_attack("format2", _either, exact=False))
kind("model: format 1 changed", fast=50)(_attack("format1", _either, exact=False))
