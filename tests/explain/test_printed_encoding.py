"""What is printed of a cell on its way to an input gives that input, to its last digit."""

from __future__ import annotations

import math
import re
from typing import Final, get_args

import numpy as np
import pytest
from pocket_calculator import Checked, number

from ann_viz.data import Dialect, Feature
from ann_viz.data.encoding.recipe import Scaling
from ann_viz.explain.encoding import how_encoded

CIRCLE: Final = re.compile(r"(\d+)/(\d+) of a circle: sin ([−+]\d\.\d\d), cos ([−+]\d\.\d\d)")


@pytest.mark.parametrize("scaling", [scaling for scaling in get_args(Scaling) if scaling != "none"])
@pytest.mark.parametrize("size", [1e-6, 0.01, 1.0, 250.0, 3e7, 1e13])
def test_every_way_from_a_cell_to_an_input_follows(checked: Checked, scaling: Scaling, size: float) -> None:
    """Numbers small and large, in every scaling, with centres on both sides of zero."""
    rng = np.random.default_rng(3)
    for cell, centre, spread in rng.normal(size=(60, 3)):
        number, mean, std = cell * size, centre * size, (abs(spread) + 0.01) * size
        if scaling == "log":
            mean, std = float(centre), abs(float(spread)) + 0.01
        feature = Feature(column="x", kind="number", inputs=("x",), mean=mean, std=std, scaling=scaling)
        spans = how_encoded(feature, f"{number:.10g}", (0.5,), Dialect())
        checked.line("".join(span.text for span in spans))


@pytest.mark.parametrize("scaling", get_args(Scaling))
def test_every_part_of_a_date_follows(checked: Checked, scaling: Scaling) -> None:
    """Years and days are scaled; a month, a weekday and an hour are points of a circle."""
    parts = ("year", "month", "weekday", "hour", "days")
    scales = ((2016.4, 2.1), (0.0, 1.0), (0.0, 1.0), (0.0, 1.0), (16_800.2, 790.5))
    if scaling == "log":
        scales = ((7.609, 0.001), *scales[1:4], (9.72, 0.05))
    feature = Feature(
        column="x", kind="date", inputs=("x",) * 8, parts=parts, part_scales=scales, scaling=scaling,
        form="%Y-%m-%d %H:%M",
    )  # fmt: skip
    for cell in ("2021-07-20 14:20", "2013-01-01 00:00", "2019-12-31 23:45", "2016-02-29 06:15"):
        text = "".join(span.text for span in how_encoded(feature, cell, (0.1,) * 8, Dialect()))
        for steps, all_steps, sine, cosine in CIRCLE.findall(text):
            turn = 2 * math.pi * int(steps) / int(all_steps)
            for printed, value in ((sine, math.sin(turn)), (cosine, math.cos(turn))):
                checked.formulas += 1
                assert abs(float(number(printed)[0]) - value) <= 0.005 + 1e-9
        for piece in text.split(" · "):
            checked.line(piece.removeprefix("year ").replace("→ year ", "→ ").removeprefix("days since 1970 "))


def test_a_date_is_read_as_people_say_it() -> None:
    """The day in words, months and weekdays by their names, and no dust of the sine where it is 0."""
    feature = Feature(
        column="x", kind="date", inputs=("x",) * 5, parts=("year", "month", "weekday"), form="%d.%m.%y",
        part_scales=((2021.0, 2.0), (0.0, 1.0), (0.0, 1.0)), fill=18_828.0,
    )  # fmt: skip
    told = "".join(span.text for span in how_encoded(feature, "20.07.21", (0.0, 1.2e-16, -1.0, 0.8, 0.6), Dialect()))
    assert told == (
        "20.07.21 → 20 July 2021 → year (2021 − 2021) / 2 = 0 · July, 6/12 of a circle: sin +0.00, cos −1.00"
        " · Tuesday, 1/7 of a circle: sin +0.78, cos +0.62"
    )
    filled = "".join(span.text for span in how_encoded(feature, None, (0.0,) * 5, Dialect()))
    assert filled.startswith("empty → taken as 20 July 2021 → year (")


def test_a_time_of_day_is_on_no_day() -> None:
    """Nothing stands between the cell and its place on the circle, in seconds where it is no whole hour."""
    feature = Feature(
        column="x", kind="date", inputs=("x", "x"), parts=("hour",), form="%H:%M", part_scales=((0.0, 1.0),)
    )
    told = "".join(span.text for span in how_encoded(feature, "06:30", (0.99, -0.13), Dialect()))
    assert told == "06:30 → 06:30, 23400/86400 of a circle: sin +0.99, cos −0.13"
