"""How a column of a new file is written otherwise than the one a model learned from."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Final

from ann_viz.data.columns.spellings import fold
from ann_viz.data.columns.yes_no import answer_side
from ann_viz.data.encoding.date_parts import date_text
from ann_viz.data.encoding.reader import Source
from ann_viz.data.files.forms import DECORATED, form_of, is_date, without_none
from ann_viz.numerals import listed
from ann_viz.session.receipt import Difference, DifferenceKind

__all__ = ["differences_of"]

_ZEROS: Final = re.compile(r"\.0+$")  # 1.0 for 1 is no other word
_SHOWN_DAY: Final = float((datetime(2024, 12, 31, tzinfo=UTC) - datetime(1970, 1, 1, tzinfo=UTC)).days)


def differences_of(source: Source) -> Iterator[Difference]:
    """Yield what differs in the way a column is written; see `Difference`."""
    column, feature = source.column, source.feature
    if column is None or not column.n_distinct:
        return  # without a value nothing is written in any way
    if feature.kind == "yes_no":
        yield from _answers(source)
    if feature.kind not in ("number", "date"):
        return
    learned, found = without_none(source.learned), without_none(source.form)
    if feature.kind == "number" and not is_date(learned):
        yield from _in_what(source, form_of(learned).unit, form_of(column.form).unit)
    shown, shown_here = _example(learned), _example(found)
    if shown != shown_here:
        kind: DifferenceKind = "dates" if is_date(found) else "marks"
        yield Difference(column=feature.column, kind=kind, learned=shown, found=shown_here)


def _answers(source: Source) -> Iterator[Difference]:
    """Yield the words for yes and no, where they are others here."""
    known = {fold(text) for text in (*source.feature.categories, *dict(source.feature.spellings))}
    texts = [text for text, _ in source.spellings if fold(_ZEROS.sub("", text)) not in known]
    others = [text for text in texts if answer_side(text) is not None]
    if others:
        learned, found = listed(source.feature.categories), listed(others)
        yield Difference(column=source.feature.column, kind="answers", learned=learned, found=found)


def _in_what(source: Source, unit: str, unit_here: str) -> Iterator[Difference]:
    """Yield what the numbers are in, where that differs: a unit behind them, a sign."""
    name, sign, sign_here = source.feature.column, source.feature.sign, source.sign
    if unit.casefold() != unit_here.casefold():
        yield Difference(column=name, kind="unit", learned=unit, found=unit_here, is_read=not unit or not unit_here)
    if sign is not None and sign_here is not None and sign != sign_here:
        yield Difference(column=name, kind="sign", learned=sign, found=sign_here)


def _example(form: str) -> str:
    """A number or date written in a form: "1.234,5", "31/12/2024"."""
    if is_date(form):
        return date_text({"days": _SHOWN_DAY}, form)
    found = form_of(form)
    if found.base != DECORATED or found.decimal is None:
        return "1234.5"
    return f"1{found.thousands or ''}234{found.decimal}5"
