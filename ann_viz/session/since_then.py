"""What has changed between a past moment that is looked at and the newest weights of the same run."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from ann_viz.engine import Snapshot
from ann_viz.explain.wording import Answer, verdict
from ann_viz.numerals import FINE_DECIMALS, compact, fixed, fixed_signed, format_number, short_number
from ann_viz.scene import Connection, Element, Neuron
from ann_viz.session.document import Document
from ann_viz.session.tips import title
from ann_viz.session.trying.form import brief
from ann_viz.translation import translate

if TYPE_CHECKING:
    from ann_viz.explain.neuron import LayerNames

__all__ = ["Change", "SinceThen", "since_then"]


@dataclass(frozen=True, slots=True)
class Change:
    """One thing then and now.

    Parameters
    ----------
    name : str
    then, now : str
    difference : str
        With its sign; empty where there is none to be told.
    short : str
        Then and now where there is little room: a number that is cut would be another one.
    """

    name: str
    then: str
    now: str
    difference: str = ""
    short: str = ""


@dataclass(frozen=True, slots=True)
class SinceThen:
    """What the card tells.

    Parameters
    ----------
    epochs : tuple of (int, int)
        Then and now.
    changes : tuple of Change
        Losses, score, the shown row.
    weight : Change
        The weight or bias that has moved furthest.
    """

    epochs: tuple[int, int]
    changes: tuple[Change, ...]
    weight: Change


def since_then(document: Document) -> SinceThen | None:
    """Return what has changed since the moment that is looked at; None where nothing past is."""
    then, now = document.snapshot, document.newest
    if document.looking_at is None or then is None or now is None or document.dataset is None:
        return None
    row = _row(document, now)
    changes = (*_losses(then, now), _score(document, then, now), *((row,) if row else ()))
    epochs = then.weights_of.epoch, now.weights_of.epoch  # not how long was trained: the best may have been put back
    return SinceThen(epochs, changes, _weight(document, then, now))


def _losses(then: Snapshot, now: Snapshot) -> Iterator[Change]:
    pairs = [(translate("Loss, training"), then.scores.train_loss, now.scores.train_loss)]
    if now.history.is_validated:
        pairs.append(
            (translate("Loss, validation"), then.scores.validation_loss, now.scores.validation_loss),
        )
    for name, before, after in pairs:
        yield Change(name, short_number(before), short_number(after), _difference(before, after))


def _difference(before: float, after: float) -> str:
    """Return the difference of two numbers as they are written, so that it is what a reader finds."""
    return fixed_signed(round(after, FINE_DECIMALS) - round(before, FINE_DECIMALS), FINE_DECIMALS)


def _score(document: Document, then: Snapshot, now: Snapshot) -> Change:
    """The score on the rows it is judged by: for classes how many are answered rightly."""
    dataset = document.dataset
    before, after = then.judged_metric, now.judged_metric
    if dataset is None or dataset.recipe.task == "regression":
        return Change("R²", fixed(before, FINE_DECIMALS), fixed(after, FINE_DECIMALS), _difference(before, after))
    n = now.n_judged[1] if now.history.is_validated else now.n_judged[0]
    right_before, right_after = round(before * n), round(after * n)
    difference = right_after - right_before
    return Change(
        translate("Right answers"),
        format_number(right_before),
        format_number(right_after),
        f"{'+' if difference > 0 else ''}{format_number(difference)}",
    )


def _row(document: Document, now: Snapshot) -> Change | None:
    """The answer for the shown row, then and now."""
    row, later = document.shown_row(), document.row_of(now)
    if row is None or later is None:
        return None
    before, after = row.answer, later.answer
    same = before.kind != "regression" and before.best == after.best
    now_text = after.texts[after.best] if same else verdict(after)
    what = row.facts.dataset.recipe.row_name.lower() or translate("row")
    name = translate("This {row}").format(row=brief(what))
    short = ""
    if before.kind != "regression":  # the chance of the answer of then, of which the difference tells, too
        short = f"{before.texts[before.best]} → {after.texts[before.best]}"
    return Change(name, verdict(before), now_text, _answer_difference(before, after), short)


def _answer_difference(then: Answer, now: Answer) -> str:
    """How many points the chance of the answer of then has gained; nothing for a number."""
    if then.kind == "regression":
        return ""
    points = round(100 * now.shares[then.best]) - round(100 * then.shares[then.best])
    return f"{'+' if points > 0 else ''}{format_number(points)}"


def _weight(document: Document, then: Snapshot, now: Snapshot) -> Change:
    """The weight or bias that has moved furthest."""
    sizes = now.config.sizes
    place = int(np.abs(now.params - then.params).argmax())
    layer, rest = 0, place
    while rest >= (sizes[layer] + 1) * sizes[layer + 1]:
        rest -= (sizes[layer] + 1) * sizes[layer + 1]
        layer += 1
    source, target = divmod(rest, sizes[layer + 1])
    mark = Neuron(layer + 1, target) if source == sizes[layer] else Connection(layer, source, target)
    row = document.shown_row()
    name = "" if row is None else _weight_name(mark, row.facts.neuron_names)
    before, after = float(then.params[place]), float(now.params[place])
    return Change(name, compact(before), compact(after))


def _weight_name(mark: Element, names: LayerNames) -> str:
    """Name it as everywhere, but between two hidden layers the second neuron by its number alone: "neuron 4 → 2"."""
    if isinstance(mark, Connection) and 0 < mark.gap < len(names) - 2:
        return f"{names[mark.gap][mark.source]} → {format_number(mark.target + 1)}"
    return title(mark, names)
