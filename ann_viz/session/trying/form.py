"""How a form asks for the value of each column: which control, which choices, and what they are called."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, Literal
from unicodedata import east_asian_width

from ann_viz.data.columns.yes_no import called
from ann_viz.numerals import format_number
from ann_viz.session.trying.column_summary import ColumnSummary
from ann_viz.session.trying.values import Value, shown_value
from ann_viz.translation import translate

__all__ = ["Control", "brief", "choices_of", "control_of", "kind_icon", "label_of", "range_text"]

Control = Literal["slider", "segments", "list", "date", "text"]

MOST_SEGMENTS: Final = 5
MOST_LETTERS: Final = 32  # of all segments together, in a column of usual width
EDGES: Final = 2  # letters that would fit between a name and the next
LONGEST: Final = 28
TAIL: Final = 8
ICONS: Final = {"number": "hash", "category": "tags", "yes_no": "toggle-left", "date": "calendar", "text": "type"}


def brief(text: str) -> str:
    """Return a name or a value for a sentence: of a very long one its beginning and the end that tells it apart."""
    return text if len(text) <= LONGEST else f"{text[: LONGEST - TAIL - 1]}…{text[-TAIL:]}"


def kind_icon(summary: ColumnSummary) -> str:
    """Return the icon for what a column holds."""
    return ICONS[summary.feature.kind]


def choices_of(summary: ColumnSummary) -> tuple[tuple[Value, str], ...]:
    """Return the values that a column may be given, one by one, each with what it is called; none for many numbers."""
    feature = summary.feature
    if feature.kind == "yes_no":
        no, yes = feature.categories
        return tuple(zip((yes, no), called(no, yes)[::-1], strict=True))
    if feature.kind == "category":
        return tuple((text, text) for text, _ in summary.choices)
    if feature.kind == "number" and summary.whole and 0 < summary.high - summary.low < MOST_SEGMENTS:
        numbers = [float(number) for number in range(int(summary.low), int(summary.high) + 1)]
        return tuple((number, format_number(number, ".0f")) for number in numbers)
    return ()


def label_of(summary: ColumnSummary, value: Value) -> str:
    """Return a value of a column as it is called in the form and in sentences."""
    labels = dict(choices_of(summary)) if summary.feature.kind == "yes_no" else {}
    return labels.get(value) or shown_value(summary.feature, value)


def control_of(summary: ColumnSummary) -> Control:
    """Return the control for a column: one that shows all its values where these are few."""
    choices = choices_of(summary)
    if choices:
        return "segments" if _fit_side_by_side([label for _, label in choices]) else "list"
    if summary.feature.kind == "date":
        return "date"
    return "slider" if summary.feature.kind == "number" else "text"


def _fit_side_by_side(labels: Sequence[str]) -> bool:
    """Whether buttons of equal width have room for every name, also in bold and with the mark of a pinned row."""
    widest = max(sum(2 if east_asian_width(letter) in "WF" else 1 for letter in label) for label in labels)
    return len(labels) <= MOST_SEGMENTS and len(labels) * (widest + EDGES) <= MOST_LETTERS


def range_text(summary: ColumnSummary) -> str:
    """Return the range that the network has seen of a column: "350 to 850"; empty where there is none."""
    if not summary.low <= summary.high:
        return ""
    low, high = (shown_value(summary.feature, value) for value in (summary.low, summary.high))
    return translate("{low} to {high}").format(low=low, high=high)
