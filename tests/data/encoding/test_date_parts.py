"""Dates become their parts, those that repeat lie on circles, and parts become dates again."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ann_viz.data.encoding.date_parts import CYCLES, angle, date_part, date_text, default_parts, on_circle, part_labels


def test_parts_by_hand() -> None:
    """The parts are those of the calendar, before and after 1970."""
    # 1970-01-01 was a Thursday; 31 + 28 + 1.5 days later it is Sunday 1 March, 12:00; a quarter of a day before
    # 1970 it is Wednesday 31 December 1969, 18:00.
    days = np.array([0.0, 59.5, -0.25])
    expected = {
        "year": [1970, 1970, 1969],
        "month": [0, 2, 11],
        "weekday": [3, 6, 2],
        "hour": [0, 12, 18],
        "days": [0, 59.5, -0.25],
    }
    for part, values in expected.items():
        assert date_part(days, part).tolist() == values


def test_circles_by_hand() -> None:
    """April is a quarter of the way round the year: sine 1, cosine 0; December lies as near to January as February."""
    sine, cosine = on_circle(np.array([3.0, 11.0, 1.0]), "month")
    assert (sine[0], cosine[0]) == pytest.approx((1.0, 0.0))
    assert (sine[1], cosine[1]) == pytest.approx((-sine[2], cosine[2]))


@given(
    moment=st.datetimes(datetime(1600, 1, 1), datetime(2400, 1, 1)).map(
        lambda moment: moment.replace(second=0, microsecond=0, tzinfo=UTC)
    )
)
def test_parts_agree_with_the_calendar(moment: datetime) -> None:
    """Every part is what the standard library says, and comes back from the circle."""
    days = np.array([(moment - datetime(1970, 1, 1, tzinfo=UTC)) / timedelta(days=1)])
    expected = {
        "year": moment.year,
        "month": moment.month - 1,
        "weekday": moment.weekday(),
        "hour": moment.hour + moment.minute / 60,
    }
    for part, value in expected.items():
        assert date_part(days, part)[0] == pytest.approx(value)
        if part in CYCLES:
            sine, cosine = on_circle(date_part(days, part), part)
            assert angle(float(sine[0]), float(cosine[0]), part) % CYCLES[part] == pytest.approx(value % CYCLES[part])


def test_usual_parts_are_those_the_form_tells() -> None:
    """A month has no weekday, a time of day neither; a number in an unknown form is taken for a whole date."""
    assert default_parts("%Y-%m-%d", has_time=False) == ("year", "month", "weekday")
    assert default_parts("%Y-%m-%d %H:%M", has_time=True) == ("year", "month", "weekday", "hour")
    assert default_parts("%Y-Q%q", has_time=False) == ("year", "month")
    assert default_parts("%H:%M", has_time=True) == ("hour",)
    assert default_parts("", has_time=False) == ("year", "month", "weekday")
    assert part_labels("month") == ("month sin", "month cos")
    assert part_labels("days") == ("days",)


@pytest.mark.parametrize(
    ("values", "form", "text"),
    [
        ({"days": 59.4}, "%d.%m.%Y", "01.03.1970"),
        ({"days": 58.9999}, "%d.%m.%Y", "01.03.1970"),
        ({"days": 59.5}, "%Y-%m-%d %H:%M", "1970-03-01 12:00"),
        ({"days": 59.0}, "%Y-Q%q", "1970-03-01 00:00"),
        ({"days": 1e9}, "%Y", "1,000,000,000 days after 1970"),
        ({"year": 2013.0, "month": 3.0, "weekday": 4.0, "hour": 14.5}, "", "April 2013, Friday, 14:30"),
        ({"year": 2012.99}, "", "2013"),
        ({"month": 11.9999}, "", "January"),
        ({"weekday": 0.0, "hour": 23.9999}, "", "Monday, 00:00"),
    ],
)
def test_dates_are_written_as_far_as_known(values: dict[str, float], form: str, text: str) -> None:
    """Days give the date in the file's own form; parts give what they tell."""
    assert date_text(values, form) == text
