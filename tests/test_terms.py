"""One term per thing and voice: no text uses a word that ``resources/docs/terms.md`` has another one for."""

from __future__ import annotations

import ast
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

import pytest

import ann_viz
from ann_viz.resources import resource

CODE: Final = Path(ann_viz.__file__).parent
VOICES: Final = ("plain", "technical", "labels")
NOT_READ: Final = {"format", "about", "id", "show", "highlight", "setup", "see_also", "also", "term"}
"""Fields that nobody reads in a sentence: the glossary's headwords are the words themselves."""

NOUNS: Final = "numerals.py"  # nouns of both voices, put into their texts


def _page() -> str:
    return resource("docs", "terms.md").read_text(encoding="utf-8")


def forbidden() -> dict[str, list[str]]:
    """The words that each voice has another one for, as the table says."""
    rows = [line.split("|")[1:-1] for line in _page().splitlines() if line.startswith("|")][2:]
    return {voice: [word for row in rows for word in re.findall("`([^`]+)`", row[place])]
            for place, voice in enumerate(VOICES, start=4)}  # fmt: skip


def allowed() -> list[str]:
    """Phrases in which such a word is something else."""
    return re.findall("`([^`]+)`", _page().partition("These are other things")[2])


def said(content: Any, voice: str = "labels", place: str = "") -> Iterator[tuple[str, str, str]]:
    """Every text of a file, with its voice and where it stands."""
    if isinstance(content, dict):
        for key, value in content.items():
            if key not in NOT_READ:
                yield from said(value, key if key in VOICES else voice, f"{place}.{key}")
    elif isinstance(content, list):
        for number, value in enumerate(content):
            yield from said(value, voice, f"{place}[{number}]")
    elif isinstance(content, str):
        yield voice, place, content


def texts() -> Iterator[tuple[str, str, str]]:
    """Every text of the files, and every text in the code that is shown."""
    for folder in ("explain", "lessons"):
        for path in sorted(resource(folder).glob("*.json")):
            yield from (
                (voice, path.name + place, text) for voice, place, text in said(json.loads(path.read_text("utf-8")))
            )
    for path in sorted(CODE.rglob("*.py")):
        for call in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if not isinstance(call, ast.Call):
                continue
            if getattr(call.func, "attr", getattr(call.func, "id", "")) in (
                "tr",
                "translate",
                "translatable",
                "counted",
            ):
                for argument in call.args[:2]:
                    if isinstance(argument, ast.Constant) and isinstance(argument.value, str) and path.name != NOUNS:
                        yield "labels", f"{path.relative_to(CODE)}:{argument.lineno}", argument.value


def found(text: str, words: list[str]) -> list[str]:
    """Which of the words stand in a text; names in braces and of buttons and phrases that are something else do not."""
    plain = re.sub(r"\{[^}]*\}", "0", text)
    for phrase in allowed():
        plain = re.sub(re.escape(phrase), "…", plain, flags=re.IGNORECASE)
    return [word for word in words if re.search(rf"(?<![\w-]){re.escape(word)}s?(?![\w-])", plain)]


def test_every_text_keeps_to_its_terms() -> None:
    """Both voices of all files, and all labels."""
    words, everything = forbidden(), list(texts())
    assert len(everything) > 1500
    wrong = [f"{place} ({voice}): {used} in {text!r}" for voice, place, text in everything
             if (used := found(text, words[voice]))]  # fmt: skip
    assert wrong == []


def test_there_is_one_minus() -> None:
    """Before a number stands U+2212, never the shorter hyphen; 0-9 and names with one are no numbers."""
    wrong = [(place, text) for _, place, text in texts() if re.search(r"(?<![\w])-\d", text)]
    assert wrong == []


@pytest.mark.parametrize(
    ("text", "words"),
    [("After 3 epochs", ["epochs"]), ("After epoch 3", []), ("gradient descent", []), ("The gradients", ["gradient"]),
     ("{loss} now", []), ("Choose Gradients", [])],
)  # fmt: skip
def test_a_word_is_found_where_it_is_one(text: str, words: list[str]) -> None:
    """By itself and in the plural, not as a part of a name or of a value's name."""
    assert found(text, forbidden()["plain"]) == words
