"""What the coach looks at in the rows is looked at only as long as it is wanted."""

from __future__ import annotations

import pytest

from ann_viz.errors import Cancelled
from ann_viz.resources import resource
from ann_viz.session.coach_data import look_at_data
from ann_viz.session.headless import open_dataset


def test_looking_at_the_rows_stops_wherever_it_is() -> None:
    """It asks every few tenths of a second whether it is still wanted, and ends where it is not."""
    dataset = open_dataset(resource("samples", "digits.csv"))
    asked = 0

    def cancelled() -> bool:
        nonlocal asked
        asked += 1
        return asked > 12

    with pytest.raises(Cancelled):
        look_at_data(dataset, cancelled)
    assert asked == 13
    dataset.close()
