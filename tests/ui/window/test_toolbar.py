"""The metrics of the toolbar."""

from __future__ import annotations

import pytest

from ann_viz.ui.window.metric_strip import rate_and_unit


@pytest.mark.parametrize(
    ("rate", "words"), [(0.0, ("–", "")), (950.0, ("950", "")), (41_234.0, ("41.2", "k")), (2.5e6, ("2.5", "M"))]
)
def test_rates_have_units(rate: float, words: tuple[str, str]) -> None:
    """Three digits and a unit."""
    assert rate_and_unit(rate) == words
