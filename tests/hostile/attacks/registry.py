"""Kinds of attack, by name. Each is a function that tries once and says what gave way, or nothing.

A new kind is a function in a module of this package under ``@kind("what is attacked")``; the module is named in
``__init__.py``.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from random import Random
from typing import Final

__all__ = ["KINDS", "Attack", "Kind", "kind", "rng_of"]

Attack = Callable[[Random], str | None]


@dataclass(frozen=True)
class Kind:
    """One kind of attack.

    Parameters
    ----------
    name : str
    attack : callable
        Gets a source of chance, from which alone it decides what to do; returns None when all held, else a sentence.
    fast : int
        How many tries the fast part of the suite makes.
    """

    name: str
    attack: Attack
    fast: int


KINDS: Final[dict[str, Kind]] = {}


def kind(name: str, *, fast: int) -> Callable[[Attack], Attack]:
    """Register a function as a kind of attack."""

    def register(attack: Attack) -> Attack:
        KINDS[name] = Kind(name, attack, fast)
        return attack

    return register


def rng_of(name: str, seed: int, number: int) -> Random:
    """The source of chance of one try, so that it can be repeated alone."""
    return Random(f"{name} {seed} {number}")
