"""Columns of dates that hardly look like dates: whole numbers, counted days, days without a year; and durations."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ann_viz.data import Table, find, open_table, suggest_recipe
from ann_viz.data.files.counted_dates import EXCEL_DAYS, UNIX_MILLISECONDS, UNIX_SECONDS

EPOCH = date(1970, 1, 1)
DAYS = [date(2023, 1, 1) + timedelta(days=11 * i) for i in range(40)]
_few = settings(max_examples=20, deadline=None, suppress_health_check=list(HealthCheck))


def opened(folder: Path, name: str, values: Sequence[object], **overrides: object) -> Table:
    path = folder / "file.csv"
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file, delimiter=";")
        writer.writerow([name, "size", "answer"])
        writer.writerows(
            [value, f"{i * 37 % 101 / 7:.2f}", ["yes", "no", "no"][i % 3]] for i, value in enumerate(values)
        )
    return open_table(path, overrides={"delimiter": ";", "header": True, "skip_lines": 0} | overrides)


@_few
@given(
    form=st.sampled_from(["%Y%m%d", "%d%m%Y", "%m%d%Y"]),
    days=st.lists(st.dates(date(1950, 1, 1), date(2050, 12, 31)), min_size=12, max_size=40, unique=True),
    without_zeros=st.booleans(),
    in_database=st.booleans(),
)
def test_whole_numbers_that_are_all_dates_are_dates(
    tmp_path: Path, form: str, days: list[date], without_zeros: bool, in_database: bool
) -> None:
    """Day, month and year in one number are found back, with the zero at the front or without it."""
    texts = [day.strftime(form) for day in days]
    with pytest.MonkeyPatch.context() as patch:
        if in_database:
            patch.setattr("ann_viz.data.columns.profile._FETCHED_ROWS", 0)
            patch.setattr("ann_viz.data.columns.measuring._FEW_VALUES", 5)
        with opened(tmp_path, "datum", [text.lstrip("0") if without_zeros else text for text in texts]) as table:
            column, read = table.columns[0], table.numbers(0)
    assert column.kind == "date"
    if column.form == form:
        np.testing.assert_array_equal(read, [(day - EPOCH).days for day in days])
    assert form in (column.form, column.other_form)


def test_numbers_of_eight_digits_are_codes(tmp_path: Path) -> None:
    """One number that is no date leaves the others what they are."""
    texts = [day.strftime("%d%m%Y") for day in DAYS]
    with opened(tmp_path, "datum", [*texts[:-1], "33012023"]) as table:
        assert table.columns[0].kind != "date"


@pytest.mark.parametrize(
    ("name", "form", "numbers"),
    [
        ("OrderDate", EXCEL_DAYS, [(day - EPOCH).days + 25569 for day in reversed(DAYS)]),
        ("datum", EXCEL_DAYS, [(day - EPOCH).days + 25569 + 0.25 for day in DAYS]),
        ("x", EXCEL_DAYS, [(day - EPOCH).days + 25569 for day in DAYS]),
        ("created_at", UNIX_SECONDS, [(day - EPOCH).days * 86400 for day in DAYS]),
        ("x", UNIX_MILLISECONDS, [(day - EPOCH).days * 86400000 for day in reversed(DAYS)]),
    ],
)
def test_counted_dates_are_offered_and_read_on_a_click(
    tmp_path: Path, name: str, form: str, numbers: list[float]
) -> None:
    """They stay numbers until the user says otherwise; then they are the days that were meant."""
    with opened(tmp_path, name, numbers) as table:
        assert (table.columns[0].kind, table.columns[0].form) == ("number", "")
        (told,) = (f for f in find(table, suggest_recipe(table, "answer")) if f.kind == "counted dates")
        assert told.columns == (name,)
        assert told.offer is not None
        reading = told.offer.reading
    with opened(tmp_path, name, numbers, **reading) as table:
        assert (table.columns[0].kind, table.columns[0].form) == ("date", form)
        assert {EPOCH + timedelta(days=int(days)) for days in table.numbers(0)} == set(DAYS)


@pytest.mark.parametrize(
    ("name", "numbers"),
    [
        ("salary", [20000 + 977 * i for i in range(40)]),
        ("price", [30000 + 7919 * i % 25000 for i in range(40)]),
        ("order_id", [45000 + i for i in range(40)]),
        ("date", [100 + i for i in range(40)]),
    ],
)
def test_other_numbers_are_offered_as_nothing(tmp_path: Path, name: str, numbers: list[int]) -> None:
    """Salaries between 20,000 and 60,000 are no dates."""
    with opened(tmp_path, name, numbers) as table:
        assert not [f for f in find(table, suggest_recipe(table, "answer")) if f.kind == "counted dates"]


def test_dates_without_a_year(tmp_path: Path) -> None:
    """They tell the month, and no year or weekday."""
    with opened(
        tmp_path, "when", [f"{1 + i % 28:02} {datetime(2023, 1 + i % 12, 1, tzinfo=UTC):%B}" for i in range(40)]
    ) as table:
        (told,) = (f for f in find(table, suggest_recipe(table, "answer")) if f.kind == "date")
        assert told.sentence == "when holds dates → 2 inputs: month"


@pytest.mark.parametrize("name", ["elapsed", "x"])
def test_durations_are_hours(tmp_path: Path, name: str) -> None:
    """Beyond 24 hours, a time of day is none."""
    with opened(tmp_path, name, [f"{3 * i}:{i:02}:30" for i in range(40)]) as table:
        assert (table.columns[0].kind, table.columns[0].maximum) == ("number", pytest.approx(117 + 39.5 / 60))


def test_a_name_tells_durations_from_times_of_day(tmp_path: Path) -> None:
    """0:45 to 3:20 is when something was, unless the column says that it took so long."""
    times = [f"{i % 4}:{i:02}" for i in range(40)]
    with opened(tmp_path, "Fahrtdauer", times) as table:
        assert table.columns[0].kind == "number"
    with opened(tmp_path, "departure", times) as table:
        assert table.columns[0].kind == "date"
