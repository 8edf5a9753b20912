"""The calculator by which printed formulas are judged is right itself."""

from __future__ import annotations

import pytest
from pocket_calculator import Calculator, NotReckonedError


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("1 + 2·(−3)", "-5"), ("−2·3 − 1", "-7"), ("8 / 4·2", "4"), ("[ 1 − 3 ]²", "4"), ("|1 − 3| − 0.5", "1.5"),
        ("2.5·10⁻³·2", "0.005"), ("1 / (1 + 10⁻¹)", "0.90909090909"), ("√0.25 + 10⁻⁸", "0.50000001"), ("e^−0", "1"),
        ("−ln(1)", "0"), ("ReLU(−3)", "0"), ("1,234.5·2", "2469"), ("1 − 0.9^3", "0.271"), ("sign(0.1 − 0.3)", "-1"),
    ],
)  # fmt: skip
def test_the_calculator_reckons(text: str, value: str) -> None:
    """It is only worth something if it is right itself."""
    assert float(Calculator(text).value()) == pytest.approx(float(value))


@pytest.mark.parametrize("text", ["ŷ − y", "−η·g", "δ·x", "0.5·w"])
def test_the_calculator_knows_no_symbols(text: str) -> None:
    """Letters that stand for numbers are left to the reader."""
    with pytest.raises(NotReckonedError):
        Calculator(text).value()
