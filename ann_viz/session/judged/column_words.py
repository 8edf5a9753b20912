"""What is said of columns: how their importance is written, and what it comes to in two sentences."""

from __future__ import annotations

import math
from typing import Final

from ann_viz.numerals import at_most_four_digits, compact, compact_signed, format_number, percent_fixed
from ann_viz.rich import Rich, joined, rich
from ann_viz.session.judged.importance import N_SHUFFLES, ColumnImportance, Importance
from ann_viz.translation import translate

__all__ = ["loss_text", "told_columns", "told_unit", "weak_columns"]

CARRIES: Final = 0.6
MOST_NAMED: Final = 4


def told_unit(importance: Importance, task: str, when: str) -> str:
    """Say in what importance is measured, and what the score is, or was ``when``, with all columns in place."""
    if math.isnan(importance.score):
        return translate("There are no rows to judge by.")
    whisker = translate("Whisker: spread of {n} shuffles.").format(n=format_number(N_SHUFFLES))
    if task == "regression":
        text = translate("By how much the typical error ({when}: {score}) grows when one column is shuffled.")
        score = at_most_four_digits(importance.score)
    elif task == "multiclass":
        text = translate("Points of accuracy ({when}: {score}) that it loses when one column is shuffled.")
        score = percent_fixed(importance.score)
    else:
        text = translate("Points of AUC ({when}: {score}) that it loses when one column is shuffled.")
        score = format_number(100 * importance.score, ".1f")
    return f"{text.format(when=when, score=score)} {whisker}"


def loss_text(column: ColumnImportance, task: str, largest: float = 0.0) -> str:
    """Write what is lost without a column; of a number as finely as three digits of the largest loss beside it."""
    if task == "regression":
        if not largest:
            return at_most_four_digits(column.loss)
        return format_number(column.loss, f"z,.{max(0, 2 - math.floor(math.log10(largest)))}f")
    return compact(column.loss, 1) if column.loss >= 0 else compact_signed(column.loss, 1)


def weak_columns(importance: Importance) -> tuple[str, ...]:
    """Return the columns that hardly count."""
    return tuple(column.column for column in importance.columns if not column.counts)


def told_columns(importance: Importance, task: str) -> Rich:
    """Say which columns carry most of the answer, and which hardly count."""
    strong = [column for column in importance.columns if column.counts]
    weak = [column for column in importance.columns if not column.counts]
    if not strong:
        return rich(translate("No column counts yet: shuffled or not, it answers about as well."))
    total, carried, carriers = sum(column.loss for column in strong), 0.0, []
    for column in strong:
        carriers.append(column.column)
        carried += column.loss
        if carried >= CARRIES * total or len(carriers) == MOST_NAMED:
            break
    *first, last = [rich("<b>{name}</b>", name=name) for name in carriers]
    names = joined(translate(" and "), [joined(", ", first), last] if first else [last])
    one, many = translate("{names} carries most of it."), translate("{names} carry most of it.")
    told = [rich(one if len(carriers) == 1 else many, names=names)]
    if weak:
        most = max((abs(column.loss) for column in weak), default=0.0)
        known = ", ".join(column.column for column in weak[:MOST_NAMED])
        if len(weak) > MOST_NAMED:
            text = translate("{n} columns hardly count: at most {most} each.")
        else:
            one = translate("{names} hardly counts: at most {most}.")
            text = one if len(weak) == 1 else translate("{names} hardly count: at most {most} each.")
        unit = at_most_four_digits(most) if task == "regression" else translate("{n} points").format(n=compact(most, 1))
        told.append(rich(text, names=known, n=format_number(len(weak)), most=unit))
    return joined(" ", told)
