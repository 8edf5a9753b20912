"""Numbers and dates are read by the same rules in Python and in the database, however they are written."""

from __future__ import annotations

import math
from collections.abc import Iterator
from datetime import date

import duckdb
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ann_viz.data.files.counted_dates import COUNTED, EXCEL_DAYS, UNIX_MILLISECONDS, UNIX_SECONDS
from ann_viz.data.files.date_formats import COMPACT, DATE_FORMATS, compact_forms, tells_time, tells_year
from ann_viz.data.files.date_forms import date_sql, forms_for, parse_date
from ann_viz.data.files.dialect import BLANKS, Dialect
from ann_viz.data.files.durations import DURATIONS, durations_for
from ann_viz.data.files.forms import marked
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
    st.sampled_from(["5 kg", "1,234.5KG.", "kg 5", "t= 7,5", "t=-3", "T=1", "t = 5", "€ 5 kg"]),
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
    for form in ("", DECORATED, marked(".", ",", "kg"), marked(",", None, "t=")):
        ours = [parse_number(text, form, dialect) for text in texts]
        assert in_sql(database, texts, form, dialect) == pytest.approx(ours, rel=1e-15, abs=0, nan_ok=True), (
            texts,
            form,
        )


_near_date = st.one_of(
    st.sampled_from(
        ["29 Feb", "Feb 30", "1. März", "31012024", "1012024", "3112024", "202401311430", "45292.5", "-1e9"]
    ),
    st.integers(0, 10**14).map(str),
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
@given(texts=st.lists(_near_date, min_size=1, max_size=10), form=st.sampled_from((*DATE_FORMATS, *COMPACT, *COUNTED)))
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
    if tells_year(form):
        assert 19700 < ours < 19900


def test_the_likelier_form_comes_first() -> None:
    """Where two forms fit, the day comes first in files that look European; else the month does."""
    assert forms_for(["03/04/2024"], day_first=False)[0] == "%m/%d/%Y"
    assert forms_for(["03/04/2024"], day_first=True)[0] == "%d/%m/%Y"
    assert forms_for(["03/04/2024", "25/04/2024"], day_first=False)[0] == "%d/%m/%Y"
    assert forms_for(["soon"], day_first=False) == []


def test_numbers_beside_months_are_days_or_years() -> None:
    """Jan 20 to Dec 24 are years; with the days of a month beside them, numbers are days."""
    days = [f"{month} {day:02}" for day, month in enumerate(["Jan", "Feb", "Mar"] * 10, start=1)]
    assert forms_for(days, day_first=False)[0] == "%b %d"
    assert forms_for(["Jan 20", "Feb 21", "Mar 24"], day_first=False)[0] == "%b %y"


def test_whole_numbers_that_may_be_dates() -> None:
    """Going by their range: year first, else day or month first, as is the custom; with a time behind, or without."""
    europe = {"n_distinct": 9, "day_first": True, "order": None}
    assert compact_forms(20230101, 20240131, **europe)[0] == "%Y%m%d"
    assert compact_forms(1012023, 31122024, **europe) == ["%d%m%Y"]
    assert compact_forms(1012023, 12312024, **europe) == ["%d%m%Y", "%m%d%Y"]
    assert compact_forms(1012023, 12312024, **(europe | {"day_first": False})) == ["%m%d%Y", "%d%m%Y"]
    assert compact_forms(1012023, 12312024, **(europe | {"order": "mdy"})) == ["%m%d%Y"]
    assert compact_forms(202301010000, 202401312359, **europe) == ["%Y%m%d%H%M"]
    assert compact_forms(20230101, 20240131, **(europe | {"n_distinct": 4})) == []


_near_duration = st.one_of(
    st.sampled_from(["32:48:00", "0:45", "1 day, 2:03:04", "2 days 03:04:05", "-00:05:00", "90:00", "1:02:03.5"]),
    st.sampled_from(
        ["2h 13m", "45m", "PT4M13S", "P1DT2H", "1h30", "3 Std. 20 Min.", "1 hour, 5 minutes", "PT", "P", ""]
    ),
    st.text("0123456789:.,- dhmsPT", max_size=12),
)


@_many
@given(texts=st.lists(_near_duration, min_size=1, max_size=10), form=st.sampled_from(DURATIONS))
def test_python_and_the_database_read_the_same_durations(
    database: duckdb.DuckDBPyConnection, texts: list[str], form: str
) -> None:
    """A cell is a duration on both sides or on neither, and as long."""
    texts = [text.strip(BLANKS) for text in texts]
    ours = [parse_number(text, form, Dialect()) for text in texts]
    assert in_sql(database, texts, form, Dialect()) == pytest.approx(ours, rel=1e-12, abs=1e-12, nan_ok=True), texts


@pytest.mark.parametrize(
    ("cells", "hours"),
    [
        (["32:48:00", "0:30:00"], [32.8, 0.5]),
        (["26:30", "1:15"], [26.5, 1.25]),
        (["59:30", "1:02:00"], [59.5 / 60, 62 / 60]),
        (["2 days 03:00:00", "0 days 00:36:00"], [51.0, 0.6]),
        (["1 day, 1:00:00", "0:36:00"], [25.0, 0.6]),
        (["2h 15m", "45m", "3h"], [2.25, 0.75, 3.0]),
        (["PT1H30M", "PT4M30S", "P1DT1H"], [1.5, 0.075, 25.0]),
        (["1 Std. 30 Min.", "20 Min."], [1.5, 1 / 3]),
        (["1:23.4", "2:03.6"], [83.4 / 3600, 123.6 / 3600]),
        (["-1:30:00", "2:00:00"], [-1.5, 2.0]),
    ],
)
def test_durations(cells: list[str], hours: list[float]) -> None:
    """Two numbers are hours and minutes, but minutes and seconds beside three of them or with a fraction."""
    form = durations_for(cells)[0]
    assert [parse_number(cell, form, Dialect()) for cell in cells] == pytest.approx(hours)


@pytest.mark.parametrize(
    ("cell", "form", "day"),
    [
        ("45292", EXCEL_DAYS, date(2024, 1, 1)),
        ("25569", EXCEL_DAYS, date(1970, 1, 1)),
        ("1704067200", UNIX_SECONDS, date(2024, 1, 1)),
        ("1704067200000", UNIX_MILLISECONDS, date(2024, 1, 1)),
    ],
)
def test_counted_dates(cell: str, form: str, day: date) -> None:
    """Days as spreadsheets count them, seconds and milliseconds as computers do."""
    assert parse_number(cell, form, Dialect()) == (day - date(1970, 1, 1)).days
    assert math.isnan(parse_number("1e80", form, Dialect()))


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
