"""The words of the five steps and of the coach, read from ``resources/explain`` so that they change without code."""

from __future__ import annotations

import functools
import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, Final, Literal

from ann_viz.errors import DataError
from ann_viz.resources import resource

__all__ = [
    "STEPS",
    "CoachTexts",
    "StepText",
    "Voice",
    "filled",
    "load_coach_texts",
    "load_notes",
    "load_texts",
    "reading",
    "word",
    "word_or",
]

Voice = Literal["plain", "technical"]
STEPS: Final = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class StepText:
    """One step in both voices; bodies are templates with ``{names}`` of live values.

    Parameters
    ----------
    title : mapping of voice to str
        A few words for the ribbon.
    tip : str
        Of the command that tells it.
    body : mapping of voice to (mapping of case to str)
        Sentences; the case says for what kind of answer, ``"any"`` for all.
    """

    title: dict[Voice, str]
    tip: str
    body: dict[Voice, dict[str, str]]


@dataclass(frozen=True, slots=True, kw_only=True)
class CoachTexts:
    """What the coach says, as templates.

    Parameters
    ----------
    actions : mapping of action to str
        Labels of the buttons.
    titles, texts : mapping of rule to (mapping of voice to str)
        A few words, and a sentence or two.
    why : mapping of rule to tuple of str
        Names of the measures that stand behind it.
    words : mapping of rule to str
        Id of the glossary's word to read on at.
    measures : mapping of measure to (mapping of voice to str)
        One line of evidence each.
    effects : mapping of outcome to (mapping of voice to str)
        What came of a button.
    """

    actions: dict[str, str]
    titles: dict[str, dict[Voice, str]]
    texts: dict[str, dict[Voice, str]]
    why: dict[str, tuple[str, ...]]
    words: dict[str, str]
    measures: dict[str, dict[Voice, str]]
    effects: dict[str, dict[Voice, str]]


@functools.cache
def load_texts() -> tuple[StepText, ...]:
    """Read the texts of all five steps.

    Raises
    ------
    DataError
        When the file is missing or not as documented in it.
    """
    with reading("explain", "steps.json") as content:
        steps: list[dict[str, Any]] = content["steps"]
        texts = tuple(
            StepText(title=_both(step["title"]), tip=str(step["tip"]), body=_both(step["body"])) for step in steps
        )
    if len(texts) != STEPS:
        raise DataError(f"'steps.json' must tell {STEPS} steps, not {len(texts)}.")
    return texts


@functools.cache
def load_notes() -> dict[str, dict[Voice, str]]:
    """Read what is added to a step where a setting makes a difference, by the name of the note.

    Raises
    ------
    DataError
        When the file is missing or not as documented in it.
    """
    with reading("explain", "steps.json") as content:
        return {name: _both(note) for name, note in content["notes"].items()}


@functools.cache
def load_coach_texts() -> CoachTexts:
    """Read what the coach says.

    Raises
    ------
    DataError
        When the file is missing or not as documented in it.
    """
    with reading("explain", "coach.json") as content:
        rules: dict[str, dict[str, Any]] = content["rules"]
        return CoachTexts(
            actions=dict(content["actions"]),
            titles={name: _both(rule["title"]) for name, rule in rules.items()},
            texts={name: _both(rule["text"]) for name, rule in rules.items()},
            why={name: tuple(rule["why"]) for name, rule in rules.items()},
            words={name: str(rule["word"]) for name, rule in rules.items()},
            measures={name: _both(line) for name, line in content["measures"].items()},
            effects={name: _both(line) for name, line in content["effects"].items()},
        )


def filled(template: str, values: Mapping[str, str]) -> str:
    """Return a text with live values; two stars in a name from the data make nothing bold."""
    return template.format_map(_Plain(values))


class _Plain:
    """Values of which none makes anything bold; those that `values` makes up on request are made up still."""

    def __init__(self, values: Mapping[str, str]) -> None:
        self._values = values

    def __getitem__(self, name: str) -> str:
        return self._values[name].replace("**", "*\N{WORD JOINER}*")


def word(name: str, /, **values: object) -> str:
    """Return words that stand between the numbers of a formula, with `values` put in.

    Raises
    ------
    DataError
        When the file of these words is missing or not as documented in it.
    """
    return _load_words()[name].format(**values)


def word_or(name: str, otherwise: str) -> str:
    """Return words likewise, or others where the file has none of that name."""
    return _load_words().get(name, otherwise)


@functools.cache
def _load_words() -> dict[str, str]:
    with reading("explain", "formulas.json") as content:
        return dict(content["words"])


@contextmanager
def reading(folder: str, name: str) -> Iterator[dict[str, Any]]:
    """Read a file of texts; whatever turns out to be wrong with it is said with its name, as a DataError."""
    try:
        yield json.loads(resource(folder, name).read_text(encoding="utf-8"))
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise DataError(f"The explanations in '{name}' can't be read.", hint=f"({error!r})") from error


def _both(voices: dict[str, Any]) -> dict[Voice, Any]:
    return {"plain": voices["plain"], "technical": voices["technical"]}
