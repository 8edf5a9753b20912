"""Units are shown as they are usually written, once."""

from __future__ import annotations

import pytest

from ann_viz.data.files.units import with_unit


@pytest.mark.parametrize(
    ("name", "form", "label"),
    [
        ("mileage", "decorated 1234.5 in kmpl", "mileage (km/l)"),
        ("area", "decorated 1234.5 in sqm", "area (m²)"),
        ("Weight", "decorated 1234.5 in KG", "Weight (kg)"),
        ("weight_kg", "decorated 1234.5 in KG", "weight_kg"),
        ("power", "decorated 1234.5 in MW", "power (MW)"),
        ("elapsed", "duration 1:30:00", "elapsed (h)"),
        ("column 1", "decorated 1234.5 in weight:", "column 1 (weight)"),
        ("speed", "decorated 1.234,5", "speed"),
        ("day", "%d.%m.%Y", "day"),
        ("hm", "decorated 1234.5 in m without -99.0", "hm (m)"),
    ],
)
def test_label_of_a_column(name: str, form: str, label: str) -> None:
    """The unit stands behind the name unless the name has it."""
    assert with_unit(name, form) == label
