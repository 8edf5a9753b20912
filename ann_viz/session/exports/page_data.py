"""All that the web page knows, as plain values: the model, its replay, how numbers are drawn, and every word it shows.

The page's scripts hold no rule of ours a second time where the rule can be written down as numbers: positions, the
thickness and opacity of every level, the strength of tints and the ticks of the chart come from `ann_viz.scene`.
"""

from __future__ import annotations

import math
from base64 import b64encode
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from datetime import date
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from ann_viz.data import Dataset
from ann_viz.data.encoding.inputs import MISSING, cells_of
from ann_viz.engine import HistoryView, Snapshot
from ann_viz.explain import wording
from ann_viz.numerals import format_number
from ann_viz.scene.loss_curves import tick_texts, ticks, visible_range
from ann_viz.scene.scales import drawable, weight_reference
from ann_viz.scene.thickness import Thickness
from ann_viz.session.exports.course import evenly
from ann_viz.session.exports.page_drawing import page_drawing
from ann_viz.session.exports.page_words import glossary, words
from ann_viz.session.exports.portable import PortableColumn
from ann_viz.session.exports.subject import Subject
from ann_viz.session.exports.telling import Scored, epoch_of, lead, provenance, title_of, useful_columns
from ann_viz.session.exports.to_portable import portable_model
from ann_viz.session.exports.typical import typical_values
from ann_viz.short_names import told_apart
from ann_viz.tokens import THEMES
from ann_viz.translation import translate

__all__ = ["page_data", "replay_of", "row_values"]

MOST_MOMENTS: Final = 300
"""No slider on a page tells more of them apart."""

MOST_REPLAY_BYTES: Final = 1_300_000
"""Of a large network fewer moments are kept; as text they take a third more, so that the page stays below 2 MB."""

MOST_POINTS: Final = 600  # of the loss curve
MOST_ROWS: Final = 50
LARGEST_HALF: Final = 6e4  # float16 ends at 65,504
MOST_SEGMENTS: Final = 5  # beside each other; more choices are a list
SLIDER_STEPS: Final = 200
COLOURS: Final = (
    *("bg", "surface", "surface2", "surface3", "canvas", "grid", "border", "border_strong", "text", "text2", "muted"),
    *("accent", "fill", "fill_hover", "on_fill", "accent_soft", "positive", "positive_soft", "negative"),
    *("negative_soft", "train", "validation", "node_base", "knob", "ink_dark", "ink_light"),
)


def page_data(
    subject: Subject,
    course: Sequence[Snapshot],
    found: Scored | None,
    chosen: Mapping[str, Any],
    *,
    rows: bool,
    today: date,
) -> dict[str, Any]:
    """Return everything the page is made of, as JSON values.

    Parameters
    ----------
    subject : Subject
    course : sequence of Snapshot
        The moments of the replay; without them the page shows the trained network alone.
    found : Scored or None
        How good it is, where its rows are at hand.
    chosen : mapping
        The options of the format.
    rows : bool
        Whether rows of the table are to be inside.
    today : date
    """
    portable, model = portable_model(subject.model), subject.model
    typical = typical_values(portable, subject.dataset)
    order, names = _order(subject, found), _output_names(subject)
    return {
        "title": chosen["title"] or title_of(subject.model.recipe),
        "lead": [chosen["lead"]] if chosen["lead"] else list(lead(subject, found)),
        "look": chosen["look"],
        "show": {name: chosen[name] == "yes" for name in ("replay", "form", "glossary", "source")},
        "words": words(subject),
        "glossary": glossary(subject),
        "provenance": provenance(subject, today),
        "columns": [_column(column, subject, value) for column, value in zip(portable.columns, typical, strict=True)],
        "order": order,
        "names": wording.neuron_names(model, model.network.config),
        "output": asdict(portable.output) | {"names": names, "short": _short(names)},
        "network": {
            "sizes": list(portable.sizes),
            "activations": [layer.activation for layer in portable.layers],
            "weights": _base64(model.network.params, "<f4"),
        },
        "replay": replay_of(subject, course) if chosen["replay"] == "yes" else None,
        "full": _full(subject),
        "curve": _curve(subject.history, course),
        "drawing": page_drawing(subject, portable),
        "colours": {name: {key: getattr(THEMES[name], key) for key in COLOURS} for name in ("light", "dark")},
        "rows": _rows(subject.dataset) if rows and subject.dataset is not None else [],
    }


def _base64(array: NDArray[Any], kind: str) -> str:
    return b64encode(np.ascontiguousarray(array, kind).tobytes()).decode("ascii")


# The replay -----------------------------------------------------------------------------------------------------------
def replay_of(subject: Subject, course: Sequence[Snapshot]) -> dict[str, Any] | None:
    """Return the weights at the end of epochs as float16, and what was drawn at full thickness at each."""
    if not course:
        return None
    n_bytes = 2 * len(course[0].params)
    shown = epoch_of(subject) or 0
    moments = evenly(course, min(MOST_MOMENTS, max(2, MOST_REPLAY_BYTES // n_bytes)), shown)
    scale = Thickness()
    networks = [moment.model() for moment in moments]  # as the losses of the curve are theirs
    for moment, network in zip(moments, networks, strict=True):
        scale = scale.renewed(moment.moment, network.W)
    params = np.stack([np.clip(drawable(network.params), -LARGEST_HALF, LARGEST_HALF) for network in networks])
    epochs = [moment.epoch for moment in moments]
    nearest = min(range(len(epochs)), key=lambda place: abs(epochs[place] - shown))
    return {
        "epochs": epochs,
        "weights": _base64(params, "<f2"),
        "full": [scale.at(moment.moment) for moment in moments],
        "shown": nearest,
        "last": course[-1].epoch,
        "best": course[-1].best_epoch,
    }


def _full(subject: Subject) -> float:
    """Return what is drawn at full thickness where there is no replay."""
    return weight_reference(drawable(np.concatenate([W.ravel() for W in subject.model.network.W])))


def _curve(history: HistoryView | None, course: Sequence[Snapshot]) -> dict[str, Any] | None:
    """Return the losses with the axes to draw them on."""
    if history is None or len(history) < 2:
        return None
    if course and len(course[-1].history) > len(history):
        history = course[-1].history
    every = -(-len(history) // MOST_POINTS)
    places = np.unique([*range(0, len(history), every), len(history) - 1])
    curves = [history.train_loss[places]]
    if history.is_validated:
        curves.append(history.validation_loss[places])
    low, high = visible_range(tuple(curves))
    heights, last = ticks(low, high, 5), float(history.epoch[-1])
    across = ticks(0, last, 6, whole=True)
    return {
        "epochs": [int(epoch) for epoch in history.epoch[places]],
        "losses": [[_rounded(value) for value in curve] for curve in curves],
        "low": low,
        "high": high,
        "ticks": list(zip(heights, tick_texts(heights), strict=True)),
        "across": [[epoch, format_number(epoch, ",.0f")] for epoch in across],
    }


def _rounded(value: float) -> float | None:
    return float(f"{value:.5g}") if math.isfinite(value) else None


# The form -------------------------------------------------------------------------------------------------------------
def _order(subject: Subject, found: Scored | None) -> list[int]:
    """Return the places of the columns, the most useful first; as in the file where nobody knows."""
    places = {feature.column: place for place, feature in enumerate(subject.model.encoder.features)}
    if subject.dataset is None or found is None:
        return list(places.values())
    return [places[name] for name, _ in useful_columns(subject.dataset, subject.model.network, found.part)]


def _column(column: PortableColumn, subject: Subject, typical: Any) -> dict[str, Any]:
    """Return a column with how its field is to look."""
    known: dict[str, Any] = asdict(column)
    known["inputs"] = [
        {**asdict(each), "steps": [[step.kind, *step.numbers] for step in each.steps]} for each in column.inputs
    ]
    known["typical"] = typical
    if column.categories == ("0", "1"):
        known["texts"] = [translate("no"), translate("yes")]
    if column.kind in ("number", "date"):
        whole = _is_whole(column, subject.dataset)
        span = column.high - column.low
        known["whole"] = whole
        known["step"] = _step(span, whole)
        if column.kind == "number" and whole and 0 < span < MOST_SEGMENTS:
            known["choices"] = [column.low + place for place in range(round(span) + 1)]
        known["hasTime"] = subject.dataset is not None and subject.dataset.table.column(column.name).has_time
    return known


def _is_whole(column: PortableColumn, dataset: Dataset | None) -> bool:
    if dataset is not None:
        return dataset.table.column(column.name).whole
    return all(float(value).is_integer() for value in (column.low, column.high, column.typical))


def _step(span: float, whole: bool) -> float:
    """Return a step of one digit that divides a range into some two hundred."""
    if span <= 0:
        return 1.0
    step = 10.0 ** math.floor(math.log10(span / SLIDER_STEPS))
    return max(1.0, step) if whole else step


def _output_names(subject: Subject) -> list[str]:
    model = subject.model
    if model.recipe.task == "binary":
        return list(wording.binary_names(model))
    return list(model.encoder.class_names) or [model.recipe.target]


def _short(names: Sequence[str]) -> list[tuple[str, ...]]:
    """Return the forms of names for less room, the longer first."""
    return [told_apart(names), told_apart(names, bare=True)]


# Rows, if they are wanted ---------------------------------------------------------------------------------------------
def _rows(dataset: Dataset) -> list[dict[str, Any]]:
    part = dataset.judged_part
    numbers = np.asarray(dataset.rows(part)[:MOST_ROWS]).tolist()
    return [
        {
            "name": wording.row_name(dataset, index),
            "values": row_values(dataset, index),
            "truth": wording.truth(dataset, np.asarray(dataset.Y[index : index + 1])[0]).text,
        }
        for index in numbers
    ]


def row_values(dataset: Dataset, index: int) -> list[float | str | None]:
    """Return a row's cells as the page's form has them: numbers, texts, None for no value; dates as days since 1970."""
    row, table = int(dataset.source_rows[index]), dataset.table
    features = dataset.encoder.features
    read = table.read([cells_of(feature, table) for feature in features], row, row + 1)
    texts = dict(zip((column.name for column in table.columns), dataset.raw(index), strict=True))
    values: list[float | str | None] = []
    for feature, cells in zip(features, read, strict=True):
        value = cells[0]
        if feature.kind in ("number", "date"):
            values.append(None if math.isnan(value) else float(value))
        elif feature.kind == "text":
            values.append(value)
        elif value >= 0:
            values.append(feature.categories[int(value)])
        else:
            values.append(None if value == MISSING else texts[feature.column])
    return values
