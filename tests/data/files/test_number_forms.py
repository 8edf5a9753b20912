"""Numbers and dates are read by the same rules in Python and in the database, however they are written."""

from __future__ import annotations

import math
from collections.abc import Iterator

import duckdb
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ann_viz.data.files.date_forms import DATE_FORMATS, date_sql, forms_for, is_clock, parse_date, tells_time
from ann_viz.data.files.dialect import BLANKS, Dialect
from ann_viz.data.files.numbers import DECORATED, detect_marks, number_sql, parse_number

MARKS = [
    (".", None),
    (".", ","),
    (",", None),
    (",", "."),
    (".", "'"),
    (".", " "),
    (",", " "),
    (",", "\u202f"),
    (".", "\u2019"),
]
_many = settings(max_examples=200, deadline=None, suppress_health_check=list(HealthCheck))


@pytest.fixture(scope="module")
def database() -> Iterator[duckdb.DuckDBPyConnection]:
    with duckdb.connect() as connection:
        connection.execute("SET TimeZone = 'UTC'")
        yield connection


def in_sql(database: duckdb.DuckDBPyConnection, texts: list[str], form: str, dialect: Dialect) -> list[float]:
    rows = database.execute(f"SELECT {number_sql('v', form, dialect)} FROM (SELECT unnest(?) AS v)", [texts]).fetchall()
    return [math.nan if number is None else float(number) for (number,) in rows]


_near_number = st.one_of(
    st.sampled_from(
        ["1_0", "+-1", "1\n", "\n1", "1\r", "inf", "nan", "-.5e-3", "5.", "1e400", "1e99", "1e-400", "٣", "0x1"]
    ),
    st.sampled_from(
        ["(1,234)", "($5.00)", "$(5.00)", "5-", "12 %", "-$3", "€ 1.234,50", "1'234", "1’234", "12,34,567"]
    ),
    st.sampled_from(["1 234,5", "R$ 5", "5 Kč", "−5", "kr. 5", "100円", "--5", "$$5", "(5", "5 %-", "(-5)", "1.2.3"]),
    st.text("0123456789.,'()+-−eE %$€ \u00a0\u202fkr_\n", max_size=9),
    st.floats(allow_nan=False).map(repr),
    st.integers().map("{:,}".format),
)


@_many
@given(texts=st.lists(_near_number, min_size=1, max_size=20), marks=st.sampled_from(MARKS))
def test_python_and_the_database_read_the_same_numbers(
    database: duckdb.DuckDBPyConnection, texts: list[str], marks: tuple[str, str | None]
) -> None:
    """A cell is a number on both sides or on neither, and the same number."""
    texts = [text.strip(BLANKS) for text in texts]
    dialect = Dialect(decimal=marks[0], thousands=marks[1])
    for form in ("", DECORATED):
        ours = [parse_number(text, form, dialect) for text in texts]
        assert in_sql(database, texts, form, dialect) == pytest.approx(ours, rel=1e-15, abs=0, nan_ok=True), (
            texts,
            form,
        )


_near_date = st.one_of(
    st.sampled_from(
        ["2024-02-29", "2023-02-29", "2024-02-29T12:00:00Z", "2024-1-5 7:05", "12 Mar 2024", "Mar-24", "2024 Q3"]
    ),
    st.sampled_from(
        ["2015년", "2015年3月5日", "12:30", "1:05 pm", "12:00 AM", "31.12.99", "20240131", "Mon, 05 Feb 2024"]
    ),
    st.sampled_from(
        ["2024-02-29 12:00:00.123+02:00", "2024-02-29 12:00:00,5 UTC", "may 5, 2024", "5-MAY-70", "q1-2020"]
    ),
    st.sampled_from(["0000-01-01", "2024-13-01", "2024-00-10", "24:00", "2024-01-01\n", "1 Sept 2024", "٢٠٢٤-01-01"]),
    st.datetimes().map(lambda moment: moment.isoformat()),
    st.datetimes().flatmap(lambda moment: st.sampled_from(["%d/%m/%y", "%b %d, %Y", "%I:%M %p"]).map(moment.strftime)),
    st.text("0123456789-/:. TZpmPMq年", max_size=10),
)


@_many
@given(texts=st.lists(_near_date, min_size=1, max_size=10), form=st.sampled_from(DATE_FORMATS))
def test_python_and_the_database_read_the_same_dates(
    database: duckdb.DuckDBPyConnection, texts: list[str], form: str
) -> None:
    """A cell is a date on both sides or on neither, and the same moment."""
    ours = [parse_number(text, form, Dialect()) for text in texts]
    stripped = [text.strip(BLANKS) for text in texts]
    assert in_sql(database, stripped, form, Dialect()) == pytest.approx(ours, rel=1e-12, abs=1e-9, nan_ok=True), texts


@pytest.mark.parametrize("form", DATE_FORMATS)
def test_every_form_reads_its_own_dates(database: duckdb.DuckDBPyConnection, form: str) -> None:
    """A form reads an example of itself, the same on both sides."""
    parts = {
        "%Y": "2024",
        "%y": "24",
        "%m": "3",
        "%d": "05",
        "%b": "Mar",
        "%B": "March",
        "%q": "1",
        "%o": "th",
        "%G": "2024",
        "%V": "10",
        "%u": "2",
        "%H": "14",
        "%M": "30",
    }
    parts |= {"%S": "59", "%I": "2", "%p": "PM", "%a": "Tue", "%z": ".25+01:00"}
    if form.startswith("%Y%m"):
        parts["%m"] = "03"
    text = form
    for token, example in parts.items():
        text = text.replace(token, example)
    ours = parse_date(text, form)
    assert not math.isnan(ours)
    (theirs,) = database.execute(f"SELECT {date_sql('v', form)} FROM (SELECT ? AS v)", [text]).fetchone() or ()
    assert theirs == pytest.approx(ours, abs=1e-9)
    assert tells_time(form) == (abs(ours % 1) > 0)
    if not is_clock(form):
        assert 19700 < ours < 19900


def test_the_likelier_form_comes_first() -> None:
    """Where two forms fit, the day comes first in files that look European; else the month does."""
    assert forms_for(["03/04/2024"], day_first=False)[0] == "%m/%d/%Y"
    assert forms_for(["03/04/2024"], day_first=True)[0] == "%d/%m/%Y"
    assert forms_for(["03/04/2024", "25/04/2024"], day_first=False)[0] == "%d/%m/%Y"
    assert forms_for(["soon"], day_first=False) == []


@pytest.mark.parametrize(
    ("cell", "marks", "number"),
    [
        ("(1,234.50)", (".", ","), -1234.5),
        ("$ (5.00)", (".", None), -5.0),
        ("1.234,50 €", (",", "."), 1234.5),
        ("1 234,5 kr", (",", " "), 1234.5),
        ("12,34,567", (".", ","), 1234567.0),
        ("17-", (".", None), -17.0),
        ("−3,5 %", (",", None), -3.5),
        ("CHF 1’000", (".", "\u2019"), 1000.0),
        ("12,34", (".", ","), math.nan),
        ("5 apples", (".", None), math.nan),
    ],
)
def test_decorated_numbers(cell: str, marks: tuple[str, str | None], number: float) -> None:
    """Signs of currency, percent, brackets and minus signs at the end are read as a person reads them."""
    dialect = Dialect(decimal=marks[0], thousands=marks[1])
    assert parse_number(cell, DECORATED, dialect) == pytest.approx(number, nan_ok=True)


def test_marks_are_found() -> None:
    """Decimal and thousands marks are found in cells with brackets and signs too."""
    assert detect_marks(["(1,234)", "(12,345)", "1,000"]) == (".", ",")
    assert detect_marks(["1.234,50 €", "2,5 €"]) == (",", ".")
    assert detect_marks(["1’234", "22’000"]) == (".", "\u2019")
    assert detect_marks(["1 234,5 kr", "7,5 kr"]) == (",", " ")
