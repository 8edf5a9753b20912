"""Reads lessons from JSON files, and says of a broken one in which step what is wrong and what would be right."""

from __future__ import annotations

import functools
import json
import re
import stat
from collections.abc import Iterable
from pathlib import Path
from string import Formatter
from typing import Any, Final, NoReturn

from ann_viz.engine import MOST_HIDDEN_LAYERS, LayerConfig, TrainConfig
from ann_viz.errors import ConfigError, DataError
from ann_viz.explain.lesson import LINES, PAGES, QUESTIONS, TOUR, Both, Lesson, LessonStep, Setup
from ann_viz.explain.lesson_expectations import EXPECTATIONS
from ann_viz.explain.lesson_values import VALUES
from ann_viz.numerals import format_number
from ann_viz.resources import resource
from ann_viz.typed_json import parse_json

__all__ = ["own_lessons", "read_lesson"]

LARGEST_FILE: Final = 1_000_000
MOST_STEPS: Final = 50
LARGEST_SEED: Final = 2**31 - 1
_LESSON_KEYS: Final = ("about", "id", "title", "tip", "minutes", "steps")
_STEP_KEYS: Final = ("text", "setup", "highlight", "expect", "choices", "right", "done", "wrong")
_SETUP_KEYS: Final = (
    "sample", "keep_open", "rows", "scaled", "layers", "activation", "training", "seed", "reset", "row", "lines",
    "speed", "tell", "page",
)  # fmt: skip
_VOICES: Final = ("plain", "technical")
_SPEEDS: Final = ("phase", "max")
_WHOLE: Final = ("batch_size", "epochs", "schedule_epochs", "patience", "seed")
_SAMPLE: Final = re.compile(r"[\w-]+\.csv", re.ASCII)


@functools.cache
def own_lessons() -> tuple[Lesson, ...]:
    """Read the lessons that come with the program, the tour as the last; raises DataError."""
    return tuple(read_lesson(resource("lessons", name)) for name in (*QUESTIONS, TOUR))


def read_lesson(path: Path) -> Lesson:
    """Read one lesson.

    Raises
    ------
    DataError
        When the file can't be read or is no lesson; the message names the file, the step and what is allowed there.
    """
    try:
        content = parse_json(_text(path))
    except OSError as error:
        raise DataError(f"{path.name} can't be opened: {error.strerror or error}.") from error
    except UnicodeDecodeError as error:
        raise DataError(f"{path.name} is no text in UTF-8.", hint="Save it as UTF-8.") from error
    except json.JSONDecodeError as error:
        raise DataError(f"{path.name}, line {error.lineno}: this is no valid JSON ({error.msg}).") from error
    except ValueError as error:
        raise DataError(f"{path.name} is no valid JSON ({error}).") from error
    return parse_lesson(content, path.name)


def _text(path: Path) -> str:
    """What a file holds, of which no more is read than a lesson may have: pipes and some files never end."""
    if not stat.S_ISREG(path.stat().st_mode):
        raise DataError(f"{path.name} is not an ordinary file.")
    with path.open("rb") as file:
        content = file.read(LARGEST_FILE + 1)
    if len(content) > LARGEST_FILE:
        raise DataError(f"{path.name} is too large for a lesson: more than {LARGEST_FILE // 1_000_000} MB.")
    return content.decode("utf-8")


def parse_lesson(content: object, name: str) -> Lesson:
    """Make a lesson of what a file holds; raises DataError with `name` of the file in its message."""
    part = _Part(name)
    values = part.fields(content, _LESSON_KEYS, needed=("id", "title", "minutes", "steps"))
    steps = values["steps"]
    if not isinstance(steps, list) or not 1 <= len(steps) <= MOST_STEPS:
        part.refuse(f"'steps' must be a list of 1 to {MOST_STEPS} steps")
    return Lesson(
        id=part.text(values, "id"),
        title=part.text(values, "title"),
        minutes=part.whole(values, "minutes", 1, 60),
        steps=tuple(_step(each, _Part(f"{name}, step {number}")) for number, each in enumerate(steps, 1)),
    )


class _Part:
    """A place in a file; what is refused there is said with its name."""

    def __init__(self, place: str) -> None:
        self.place = place

    def refuse(self, what: str) -> NoReturn:
        raise DataError(f"{self.place}: {what}.")

    def fields(self, value: object, allowed: Iterable[str], needed: Iterable[str] = ()) -> dict[str, Any]:
        allowed = tuple(allowed)
        if not isinstance(value, dict):
            self.refuse(f"an object with {_listed(allowed)} belongs here, not {_shown(value)}")
        for key in value:
            if key not in allowed:
                self.refuse(f"{_shown(key)} is not known here. Allowed: {_listed(allowed)}")
        for key in needed:
            if key not in value:
                self.refuse(f"'{key}' is missing")
        return value

    def text(self, values: dict[str, Any], key: str) -> str:
        value = values[key]
        if not isinstance(value, str) or not value.strip():
            self.refuse(f"'{key}' must be a text, not {_shown(value)}")
        return value

    def whole(self, values: dict[str, Any], key: str, smallest: int, largest: int) -> int:
        value = values[key]
        if isinstance(value, bool) or not isinstance(value, int) or not smallest <= value <= largest:
            self.refuse(
                f"'{key}' must be a whole number from {format_number(smallest)} to {format_number(largest)}, "
                f"not {_shown(value)}"
            )
        return value

    def flag(self, values: dict[str, Any], key: str) -> bool:
        value = values.get(key, False)
        if not isinstance(value, bool):
            self.refuse(f"'{key}' must be true or false, not {_shown(value)}")
        return value

    def choice(self, values: dict[str, Any], key: str, allowed: tuple[str, ...]) -> str:
        value = values[key]
        if not isinstance(value, str) or value not in allowed:
            self.refuse(f"'{key}' can't be {_shown(value)}. Allowed: {_listed(allowed)}")
        return value

    def both(self, values: dict[str, Any], key: str) -> Both:
        """Read a text in both voices, with known names only."""
        return self.voices(values[key], key)

    def voices(self, value: object, key: str) -> Both:
        inside = _Part(f"{self.place}, '{key}'")
        texts = inside.fields(value, _VOICES, needed=_VOICES)
        for voice in _VOICES:
            inside.check_names(inside.text(texts, voice))
        return Both(texts["plain"], texts["technical"])

    def check_names(self, text: str) -> None:
        """Refuse a ``{name}`` that nothing fills."""
        try:
            parsed = list(Formatter().parse(text))
        except ValueError:
            self.refuse(f"a brace is open or too much in {_shown(text)}. Write {{{{ for a brace that is meant")
        for _, name, form, conversion in parsed:
            if name is None:
                continue
            if form or conversion:
                self.refuse(f"write only the name between the braces: {{{name}}}")
            if name not in VALUES:
                self.refuse(f"{{{name}}} is no known value. Allowed: {', '.join(sorted(VALUES))}")


def _step(content: object, part: _Part) -> LessonStep:
    values = part.fields(content, _STEP_KEYS, needed=("text",))
    expect, value = _expectation(values.get("expect", "next"), part)
    choices = values.get("choices", [])
    if not isinstance(choices, list) or len(choices) == 1 or len(choices) > 4:
        part.refuse("'choices' must be a list of 2 to 4 answers")
    if bool(choices) != (expect == "answered"):
        part.refuse("'choices' and the expectation 'answered' belong together; one of them is missing")
    return LessonStep(
        text=part.both(values, "text"),
        setup=_setup(values["setup"], _Part(f"{part.place}, 'setup'")) if "setup" in values else Setup(),
        highlight=part.text(values, "highlight") if "highlight" in values else None,
        expect=expect,
        value=value,
        choices=tuple(part.voices(each, f"choices {number}") for number, each in enumerate(choices, 1)),
        right=part.whole(values, "right", 0, max(0, len(choices) - 1)) if "right" in values else 0,
        done=part.both(values, "done") if "done" in values else None,
        wrong=part.both(values, "wrong") if "wrong" in values else None,
    )


def _expectation(content: object, part: _Part) -> tuple[str, str | float | None]:
    """Read a name, or an object of one name and its value."""
    if isinstance(content, dict) and len(content) == 1:
        (name, value), *_ = content.items()
    else:
        name, value = content, None
    if not isinstance(name, str) or name not in EXPECTATIONS:
        part.refuse(f"'expect' can't be {_shown(content)}. Allowed: {_listed(EXPECTATIONS)}")
    expectation = EXPECTATIONS[name]
    if expectation.allowed:
        return name, part.choice({f"expect.{name}": value}, f"expect.{name}", expectation.allowed)
    if expectation.takes_number and expectation.whole:
        smallest, largest = int(expectation.smallest), int(expectation.largest)
        return name, part.whole({f"expect.{name}": value}, f"expect.{name}", smallest, largest)
    if expectation.takes_number:
        return name, _number(value, f"expect.{name}", expectation.smallest, expectation.largest, part)
    if value is not None:
        part.refuse(f'\'expect.{name}\' takes no value; write "expect": "{name}"')
    return name, None


def _number(value: object, key: str, smallest: float, largest: float, part: _Part) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float) or not smallest <= value <= largest:
        part.refuse(
            f"'{key}' must be a number from {format_number(smallest, 'g')} to {format_number(largest, 'g')}, "
            f"not {_shown(value)}"
        )
    return float(value)


def _setup(content: object, part: _Part) -> Setup:
    from ann_viz.data import MIN_ROWS

    values = part.fields(content, _SETUP_KEYS)
    sample = part.text(values, "sample") if "sample" in values else None
    if sample is not None and not (_SAMPLE.fullmatch(sample) and resource("samples", sample).is_file()):
        known = sorted(path.name for path in resource("samples").glob("*.csv"))
        part.refuse(f"there is no sample {_shown(sample)}. Allowed: {_listed(known)}")
    activation = part.text(values, "activation") if "activation" in values else "relu"
    return Setup(
        sample=sample,
        keep_open=part.flag(values, "keep_open"),
        rows=part.whole(values, "rows", MIN_ROWS, 1_000_000) if "rows" in values else None,
        scaled=part.flag({"scaled": True} | values, "scaled"),
        layers=_layers(values["layers"], activation, part) if "layers" in values else None,
        activation=activation,
        training=_training(values.get("training", {}), part),
        seed=part.whole(values, "seed", 0, LARGEST_SEED) if "seed" in values else None,
        reset=part.flag(values, "reset"),
        row=part.whole(values, "row", 1, 1_000_000_000) if "row" in values else None,
        lines=part.choice(values, "lines", LINES) if "lines" in values else None,
        speed=_speed(values["speed"], part) if "speed" in values else None,
        tell=part.whole(values, "tell", 1, 5) if "tell" in values else None,
        page=part.choice(values, "page", PAGES) if "page" in values else None,
    )


def _layers(content: object, activation: str, part: _Part) -> tuple[int, ...]:
    if not isinstance(content, list) or len(content) > MOST_HIDDEN_LAYERS:
        part.refuse(f"'layers' must be a list of up to {MOST_HIDDEN_LAYERS} numbers of neurons, not {_shown(content)}")
    layers = tuple(part.whole({"layers": each}, "layers", 1, 4096) for each in content)
    try:
        LayerConfig(activation=activation)  # checks what it is given
    except ConfigError as error:
        part.refuse(str(error).rstrip("."))
    return layers


def _training(content: object, part: _Part) -> dict[str, Any]:
    allowed = sorted(TrainConfig.__dataclass_fields__)
    values = part.fields(content, allowed)
    for key in values:
        if key in _WHOLE and values[key] is not None:
            part.whole(values, key, 0, 10_000_000)
    try:
        TrainConfig(**values)
    except (ConfigError, TypeError, OverflowError) as error:
        part.refuse(f"'training' can't be used: {str(error).rstrip('.')}")
    return dict(values)


def _speed(value: object, part: _Part) -> str | float:
    if isinstance(value, str) and value in _SPEEDS:
        return value
    if isinstance(value, str):
        part.refuse(f"'speed' can't be {_shown(value)}. Allowed: {_listed(_SPEEDS)}, or a number of epochs a second")
    return _number(value, "speed", 0.01, 1000, part)


def _shown(value: object) -> str:
    """Return a value as it stands in the file, shortened."""
    text = json.dumps(value, ensure_ascii=False)
    return text if len(text) <= 60 else f"{text[:57]}…"


def _listed(names: Iterable[str]) -> str:
    return ", ".join(f"'{name}'" for name in names)
