"""What is said of the reasons for an answer, in plain words and in technical terms."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from ann_viz.explain import Voice
from ann_viz.explain.shapley import N_BACKGROUND
from ann_viz.numerals import count, counted, format_number, listed
from ann_viz.session.trying.changes import Change
from ann_viz.session.trying.form import brief, label_of
from ann_viz.session.trying.question import Question
from ann_viz.session.trying.reasons import Curve, Reasons
from ann_viz.session.trying.told_answer import Told, certainty
from ann_viz.session.trying.tried_row import TriedRow
from ann_viz.session.trying.values import encoded
from ann_viz.translation import translate

__all__ = [
    "Comparison",
    "Part",
    "agreement",
    "change_text",
    "comparison_of",
    "curve_sentence",
    "parts_of",
    "reason_sentence",
    "sure_text",
]

MOST_PARTS: Final = 6
AGREE_WITHIN: Final = 0.15  # of chance
AGREE_WITHIN_SPREADS: Final = 0.5


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """A step on the way from the average to the answer.

    Parameters
    ----------
    place : int or None
        The column; None for all that are not told one by one.
    name, value : str
        The column, and what the row has there.
    amount, error : float
        What it has added, and the standard error of that.
    text : str
        The amount as it is read.
    """

    place: int | None
    name: str
    value: str
    amount: float
    error: float
    text: str


def parts_of(reasons: Reasons, most: int = MOST_PARTS) -> tuple[Part, ...]:
    """Return the columns that have added most, and all others together."""
    question = reasons.question
    told, order = question.told, reasons.order
    one_by_one = order if len(order) <= most + 1 else order[:most]
    parts = [_part(reasons, place) for place in one_by_one]
    rest = order[len(one_by_one) :]
    if rest:
        amount = float(reasons.parts[rest].sum())
        error = float(np.sqrt(np.square(reasons.errors[rest]).sum()))
        name = counted("{n} other", "{n} others", len(rest))
        text = told.difference_text(amount)
        parts.append(Part(place=None, name=name, value=translate("together"), amount=amount, error=error, text=text))
    return tuple(parts)


def _part(reasons: Reasons, place: int) -> Part:
    question = reasons.question
    summary, amount = question.summaries[place], float(reasons.parts[place])
    return Part(
        place=place,
        name=summary.label,
        value=label_of(summary, question.row.values[place]),
        amount=amount,
        error=float(reasons.errors[place]),
        text=question.told.difference_text(amount),
    )


@dataclass(frozen=True, slots=True)
class Comparison:
    """Rows side by side.

    Parameters
    ----------
    lines : tuple of tuple of str
        A name and a value of every row, the shown one last: first the answers, then the columns that differ. Empty
        where there is nothing to compare with.
    """

    lines: tuple[tuple[str, ...], ...]


def comparison_of(question: Question, pinned: Sequence[TriedRow]) -> Comparison:
    """Return the row that is asked about beside pinned ones that are not the same."""
    others = [row for row in pinned if row != question.row]
    if not others:
        return Comparison(())
    rows = [*others, question.row]
    told = question.told
    X = np.array([encoded(question.encoder, row.values) for row in others] + [question.x])
    answers = told.values(question.network.predict(X)).tolist()
    lines = [(translate("answer"), *(told.text(value) for value in answers))]
    for place, summary in enumerate(question.summaries):
        values = [row.values[place] for row in rows]
        if any(value != values[0] for value in values):
            lines.append((brief(summary.label), *(brief(label_of(summary, value)) for value in values)))
    return Comparison(tuple(lines))


def sure_text(chance: float) -> str:
    """Return how sure an answer with this chance is."""
    return {
        "unsure": translate("unsure"),
        "fairly": translate("fairly sure"),
        "very": translate("very sure"),
    }[certainty(chance)]


def agreement(reasons: Reasons) -> tuple[bool | None, str]:
    """Return whether networks from other seeds agree, and a sentence with both ends; None where there is only one."""
    told, answers = reasons.question.told, reasons.committee
    if len(answers) == 1:
        return None, translate("One network only: how much is luck, others from other seeds would tell.")
    low, high = float(answers.min()), float(answers.max())
    within = AGREE_WITHIN_SPREADS * told.std if told.is_number else AGREE_WITHIN
    agree = high - low < within
    ends = translate("{low} to {high}").format(low=told.text(low), high=told.text(high))
    sentence = translate("{n} seeds: **{ends}**. They agree.")
    if not agree:
        sentence = translate("{n} seeds: **{ends}**. They disagree.")
    return agree, sentence.format(n=format_number(len(answers)), ends=ends)


def reason_sentence(reasons: Reasons, voice: Voice) -> str:
    """Return where the difference to the average comes from."""
    question = reasons.question
    rows = count(min(N_BACKGROUND, len(question.background)), "made-up row" if question.is_made_up else "training row")
    said = _technically(reasons, rows) if voice == "technical" else _plainly(reasons, rows)
    if not question.is_made_up:
        return said
    made_up = translate("The table is missing: rows made up from what is known of each column stand for it.")
    return f"{said} {made_up}"


def _technically(reasons: Reasons, rows: str) -> str:
    told = reasons.question.told
    method = translate("exact over all sets of columns") if reasons.contributions.is_exact else translate("sampled")
    text = translate("Shapley values, {method}, against {rows}: E[f] = {average}, Σφ = {sum}.")
    total = told.difference_text(float(reasons.parts.sum()))
    return text.format(method=method, rows=rows, average=told.text(reasons.average), sum=total)


def _plainly(reasons: Reasons, rows: str) -> str:
    parts = [part for part in parts_of(reasons) if part.place is not None]
    up = [f"**{brief(part.name)}**" for part in parts if part.amount > 0][:2]
    down = [f"**{brief(part.name)}**" for part in parts if part.amount < 0][:2]
    if up and down:
        return translate("{up} pushes it up most, {down} down.").format(up=up[0], down=down[0])
    if up:
        return counted("{columns} pushes it up most.", "{columns} push it up most.", len(up), columns=listed(up))
    if down:
        return counted(
            "{columns} pushes it down most.", "{columns} push it down most.", len(down), columns=listed(down)
        )
    return translate("As the average of {rows}.").format(rows=rows)


def change_text(reasons: Reasons, change: Change) -> tuple[tuple[str, ...], str, str]:
    """Return what would change, column by column, what that is good for, and what the network says then."""
    question = reasons.question
    told = question.told
    values = []
    for place in change.places:
        summary = question.summaries[place]
        values.append(f"**{brief(summary.label)}** {brief(label_of(summary, change.row.values[place]))}")
    value = float(told.values(change.output))
    step = told.difference_text(reasons.changes.step).lstrip("+")
    purpose = {
        "smallest": translate("smallest step"),
        "clear": translate("clearly on the other side"),
        "more": translate("at least {step} more").format(step=step),
        "less": translate("at least {step} less").format(step=step),
        "nearest": translate("nearest"),
    }[change.goal]
    return tuple(values), purpose, told.fine_text(value)


def curve_sentence(curve: Curve, told: Told) -> str:
    """Return where the answer would be highest and lowest along one column."""
    if len(curve.values) < 2:
        return translate("This column has only one value.")
    answers = curve.answers[0]
    ends = (int(np.argmax(answers)), int(np.argmin(answers)))
    high, low = (brief(label_of(curve.summary, curve.values[place])) for place in ends)
    if answers[ends[0]] - answers[ends[1]] < 1e-6 * (abs(answers[ends[0]]) + 1e-12):
        return translate("It would answer the same whatever stands here.")
    text = translate("Highest at **{high}**: {most}. Lowest at **{low}**: {least}. All else as it is.")
    return text.format(high=high, most=told.text(answers[ends[0]]), low=low, least=told.text(answers[ends[1]]))
