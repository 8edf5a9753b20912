"""Deciding what a column is from what was measured over all of its rows, never from a sample."""

from __future__ import annotations

import math
import re
from typing import Final

from ann_viz.data.columns.column import BINS, LONGEST_CATEGORY, MOST_CATEGORIES, Column, Kind, Useless
from ann_viz.data.columns.date_names import names_a_date
from ann_viz.data.columns.facts import EXACT_WHOLE, Facts
from ann_viz.data.columns.identifier_names import is_identifier_name, words_end_in_code
from ann_viz.data.columns.words import name_words
from ann_viz.data.columns.yes_no import CHECK_MARKS, positive_answer
from ann_viz.data.files.counted_dates import COUNTED, EXCEL_DAYS, UNIX_MILLISECONDS
from ann_viz.data.files.date_formats import tells_time
from ann_viz.data.files.forms import form_of, is_date
from ann_viz.numerals import count, counted
from ann_viz.translation import translate

__all__ = ["describe", "treatments"]

_LISTED: Final = 64
_MOST_CODES: Final = 50
_FEWEST_DATES: Final = 5  # different numbers that may be dates
_LONGEST_STEP: Final = 31  # days between rows, on average
_CODE_WORDS: Final = frozenset(
    (
        *("zip", "zipcode", "plz", "postcode", "postal", "postalcode", "cep", "cap", "pincode", "postleitzahl"),
        *("phone", "telephone", "tel", "mobile", "fax", "phonenumber", "telefon"),
        *("code", "codes", "kod", "kode", "codigo", "codice", "コード", "코드", "우편번호", "郵便番号"),
        *("fips", "naics", "sic", "isbn", "ean", "gtin", "upc", "iban", "ssn", "icd"),
    )
)
"""Whole numbers under such a name, without accents, are labels: their difference means nothing."""
_CALENDAR: Final = {
    **dict.fromkeys(("month", "monat", "mes", "mois", "miesiac", "월", "月"), (1, 12)),
    **dict.fromkeys(("weekday", "dayofweek", "wday", "wochentag", "요일", "曜日"), (0, 7)),
    "quarter": (1, 4),
}
_MEASURED: Final = ("minimum", "maximum", "mean", "std", "q1", "median", "q3", "skew", "n_outliers")


def describe(index: int, name: str, fact: Facts, n_rows: int, *, blank_is_no: bool = True) -> Column:
    """Turn facts into a column.

    Parameters
    ----------
    index, name
        Place in the file and name.
    fact : Facts
        What was measured.
    n_rows : int
        Rows of the table.
    blank_is_no : bool
        Whether an empty cell beside nothing but marks may be a no: none holds a word that means "missing", and the
        user did not say how the column is written.

    Returns
    -------
    Column
    """
    if blank_is_no and _is_checkbox(fact, n_rows):
        return _checkbox(index, name, fact, n_rows)
    kind, why = _kind(name, fact)
    numeric = fact.form is not None and kind in ("number", "date", "identifier", "yes_no", "constant")
    measured = {name: getattr(fact, name) for name in _MEASURED} if numeric else {}
    return Column(
        index=index,
        name=name,
        kind=kind,
        n_missing=n_rows - fact.n_values,
        n_distinct=fact.n_distinct,
        distinct_is_estimate=fact.is_estimate,
        categories=fact.categories[:_LISTED],
        histogram=_histogram(kind, fact),
        whole=fact.whole and kind != "date",
        positive=_positive(fact) if kind == "yes_no" else None,
        reason=None if why is None else _reason(why, fact),
        why_ignored=why,
        form=fact.form or "",
        ascending=numeric and fact.ascending and fact.n_distinct > 1,
        has_time=kind == "date" and tells_time(fact.form or "") and _has_time(fact),
        code=_is_code(name, fact),
        n_odd=fact.n_odd,
        absent=fact.absent,
        other_form=(fact.other_form or _counted_form(name, fact)) if kind in ("number", "date") else "",
        evidence=fact.evidence,
        sentinels=fact.sentinels if kind in ("number", "date") else (),
        spellings=fact.spellings if kind in ("category", "yes_no") else (),
        longest=fact.longest,
        mean_length=fact.mean_length,
        words=fact.words,
        **measured,
    )


def _histogram(kind: Kind, fact: Facts) -> tuple[int, ...]:
    """Numbers counted by size, all else by category."""
    by_size = kind in ("number", "date", "identifier") and fact.histogram
    return fact.histogram if by_size else tuple(n for _, n in fact.categories[:BINS])


def _is_checkbox(fact: Facts, n_rows: int) -> bool:
    """Whether a column holds one mark or nothing, as a list with boxes to tick does."""
    if fact.n_distinct != 1 or not fact.categories or fact.n_odd:
        return False
    return fact.categories[0][0].casefold() in CHECK_MARKS and 0 < fact.n_values < n_rows


def _checkbox(index: int, name: str, fact: Facts, n_rows: int) -> Column:
    """A column of marks: an empty cell is a no."""
    (mark, n) = fact.categories[0]
    no = "0" if mark in ("1", "1.0") else "no"
    counts = tuple(sorted(((mark, n), (no, n_rows - n)), key=lambda pair: (-pair[1], pair[0])))
    return Column(
        index=index,
        name=name,
        kind="yes_no",
        n_missing=0,
        n_distinct=2,
        categories=counts,
        histogram=tuple(n for _, n in counts),
        positive=mark,
        blank=no,
        longest=fact.longest,
    )


def _kind(name: str, fact: Facts) -> tuple[Kind, Useless | None]:
    """Decide the kind of a column and why it starts as ignored, if it does."""
    if fact.n_values == 0:
        return "empty", "empty"
    if fact.n_distinct == 1:
        return "constant", "constant"
    if fact.form is not None and is_date(fact.form):
        return "date", None
    # 1.988e+30 is a mass; 20 digits in a row are a code, whose last ones a float would lose.
    too_big = fact.whole and fact.digits_only and max(abs(fact.minimum), abs(fact.maximum)) > EXACT_WHOLE
    if fact.form is not None and not too_big and not fact.has_codes:
        return _number_kind(name, fact)
    return _text_kind(fact)


def _number_kind(name: str, fact: Facts) -> tuple[Kind, Useless | None]:
    if {value for value, _ in fact.categories} in ({"0", "1"}, {"0.0", "1.0"}):
        return "yes_no", None
    named = is_identifier_name(name)
    unique = fact.n_distinct == fact.n_values and fact.n_values >= 10
    if fact.whole and unique and not form_of(fact.form or "").unit:
        if fact.in_order and (named or fact.minimum in (0.0, 1.0)):
            return "identifier", "counts"
        same_length = (
            not _counted_form(name, fact)
            and fact.minimum >= 1e6
            and len(f"{fact.minimum:.0f}") == len(f"{fact.maximum:.0f}")
        )
        if named or words_end_in_code(name) or (same_length and fact.n_values >= 100):
            return "identifier", "unique"
    if named and fact.whole and fact.n_distinct > max(50, 0.1 * fact.n_values):
        return "identifier", "named"
    if _named_code(name) and fact.whole and 2 < fact.n_distinct <= _MOST_CODES and fact.form == "":
        return "category", None
    return "number", None


def _counted_form(name: str, fact: Facts) -> str:
    """The form in which plain numbers may be dates, going by their range, and by the name or how they rise."""
    if fact.form != "" or fact.n_distinct < _FEWEST_DATES or is_identifier_name(name):
        return ""
    for form, way in COUNTED.items():
        if way.low <= fact.minimum and fact.maximum <= way.high:
            rises = fact.whole and fact.ascending and fact.maximum - fact.minimum <= _LONGEST_STEP * fact.n_values
            likely = names_a_date(name) or (rises if form == EXCEL_DAYS else fact.whole and fact.ascending)
            return form if likely or form == UNIX_MILLISECONDS else ""
    return ""


def _text_kind(fact: Facts) -> tuple[Kind, Useless | None]:
    if fact.n_distinct == 2 and positive_answer(value for value, _ in fact.categories) is not None:
        return "yes_no", None
    if 0.95 * fact.n_values <= fact.n_numbers < fact.n_values and fact.n_distinct > _LISTED:
        return "text", "odd values"
    if fact.n_distinct == fact.n_values and fact.n_values >= 10:
        wordy = fact.n_blank_inside > 0.2 * fact.n_values or fact.mean_length > 40
        return ("text" if wordy else "identifier"), "unique"
    if fact.longest > LONGEST_CATEGORY:
        return "text", "long texts"
    crowded = fact.n_distinct > 20 and fact.n_distinct > 0.5 * fact.n_values
    if fact.n_distinct > MOST_CATEGORIES or crowded:
        return "text", "many texts"
    return "category", None


def _reason(why: Useless, fact: Facts) -> str:
    """Return why a column starts as ignored, as a clause that follows its name."""
    n_odd = fact.n_values - fact.n_numbers
    named = translate("is named like an identifier and has {values}")
    clauses: dict[Useless, str] = {
        "empty": translate("has no values"),
        "constant": translate("always the same value"),
        "counts": translate("only counts 1, 2, 3 …") if fact.minimum == 1 else translate("only counts up row by row"),
        "unique": translate("every value is different"),
        "named": named.format(values=count(fact.n_distinct, "different value", about=fact.is_estimate)),
        "odd values": counted("has {n} value that is not a number", "has {n} values that are not numbers", n_odd),
        "long texts": translate("holds texts of up to {characters}").format(
            characters=count(fact.longest, "character")
        ),
        "many texts": translate("has {texts}").format(
            texts=count(fact.n_distinct, "different text", about=fact.is_estimate)
        ),
    }
    return clauses[why]


def _positive(fact: Facts) -> str:
    """The value that means yes, spelled as in the file."""
    values = sorted(value for value, _ in fact.categories)
    return positive_answer(values) or values[-1]


def _words_alone(name: str) -> list[str]:
    """The words of a name without its digits: zip1 and zip 2 are zips."""
    return name_words(re.sub(r"\d+", " ", name))


def _named_code(name: str) -> bool:
    words = _words_alone(name)
    return "".join(words) in _CODE_WORDS or any(word in _CODE_WORDS for word in words[-1:] + words[:1])


def _is_code(name: str, fact: Facts) -> bool:
    """Whether whole numbers are labels: going by leading zeros, the name, or a name and range from the calendar."""
    if fact.form != "" or not fact.whole:
        return False
    if fact.has_codes or _named_code(name):
        return True
    words = _words_alone(name)
    low, high = _CALENDAR.get("".join(words[-1:]), _CALENDAR.get("".join(words), (math.inf, -math.inf)))
    return fact.n_distinct > 2 and low <= fact.minimum and fact.maximum <= high


def _has_time(fact: Facts) -> bool:
    """Whether the dates are not all at midnight, where whole days are all that can be seen from range and mean."""
    return not fact.whole


def treatments(column: Column) -> tuple[str, ...]:
    """Return what a column's values can be taken for, what they were found to be first."""
    numeric = math.isfinite(column.minimum)
    two = column.n_distinct == 2
    possible = {
        "number": ("number", "category", *(("yes_no",) if two else ()), "text"),
        "category": ("category", *(("yes_no",) if two else ()), "text"),
        "yes_no": ("yes_no", "category", *(("number",) if numeric else ())),
        "identifier": (*(("number",) if numeric else ()), "category", "text"),
        "text": ("text", "category"),
        "date": ("date", "category", "text"),
    }
    return possible.get(column.kind, ())
