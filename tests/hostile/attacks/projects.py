"""Project files that somebody changed: told of, trained on or refused in one sentence."""

from __future__ import annotations

import warnings
from functools import cache
from pathlib import Path
from random import Random
from typing import Final

from ann_viz.errors import AnnVizError
from ann_viz.session.projectfile import load_project
from attacks.container import parts_of
from attacks.models import REFUSED, UNPRINTABLE, asked, target
from attacks.mutants import blind, structured
from attacks.registry import kind
from attacks.work import new_folder

COMMANDS: Final = 0.15
"""Share of the tries that train on, which takes fifty times as long."""


@cache
def _project() -> tuple[bytes, Path]:
    """A project of 20 epochs whose data lie beside it, and where its mutants are put."""
    rows = target("now").rows
    place = rows.parent / "p.annviz"
    hidden = ("--hidden", "4,3", "--optimizer", "momentum", "--dropout", "0.1")
    assert asked("train", rows, "--target", "left", "--epochs", "20", *hidden, "--json", "-o", place)[0] == 0
    return place.read_bytes(), place


@kind("project: bytes changed blindly", fast=60)
def blindly(rng: Random) -> str | None:
    """Its checksum tells."""
    content, place = _project()
    return _judged(rng, blind(rng, content), place)


@kind("project: changed and signed anew", fast=60)
def signed_anew(rng: Random) -> str | None:
    """By somebody who knows how it is built: what it says of its runs is checked."""
    content, place = _project()
    parts = parts_of(content)
    structured(rng, parts)
    return _judged(rng, parts.joined(signed=True), place)


def _judged(rng: Random, mutant: bytes, place: Path) -> str | None:
    place.unlink()  # a new file is written ten times as fast as an old one is emptied
    place.write_bytes(mutant)
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        try:
            load_project(place)
        except AnnVizError as error:
            if not str(error).isprintable():
                return f"refused in odd characters: {str(error)[:120]!r}"
        except Exception as error:  # noqa: BLE001 - whatever it is, it should not have come so far
            return f"traceback: {type(error).__name__}: {error}"[:200]
    return _trained_on(rng, place) if rng.random() < COMMANDS else None


def _trained_on(rng: Random, place: Path) -> str | None:
    arguments = rng.choice(
        (("info",), ("info", "--json"), ("train", "--epochs", "22", "-o", new_folder() / "o", "--resume"))
    )
    try:
        code, _, err = asked(*arguments, place)
    except Exception as error:  # noqa: BLE001 - as above
        return f"{arguments[0]} ends with a traceback: {type(error).__name__}: {error}"[:200]
    if code == REFUSED and UNPRINTABLE.search(err.splitlines()[-1]):
        return f"{arguments[0]} refuses, but not in one printable line: {err[-120:]!r}"
    return None if code in (0, REFUSED) else f"exit code {code}"
