"""How right and wrong answers are said."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from ann_viz.session.confusion import Matrix, gain, guess_of, words_of
from ann_viz.session.headless import open_dataset

BANK = Matrix(("stays", "leaves"), np.array([[1148, 32], [188, 132]]), 188)


def test_a_cell_is_said_in_words() -> None:
    """Truth first, then the answer, the rows, and their share of the true class."""
    assert BANK.sentence(1, 0) == "Truth: leaves. It says: stays. 188 of 320 rows (59\N{NO-BREAK SPACE}%)."
    assert BANK.share(1, 0) == pytest.approx(188 / 320)
    nobody = Matrix(("a", "b"), np.array([[0, 0], [1, 1]]), 1)
    assert nobody.share(0, 1) == 0
    assert nobody.sentence(0, 1) == "Truth: a. It says: b. 0 of 0 rows."


def test_words_are_those_of_the_data(tmp_path: Path) -> None:
    """Of a column whose meaning is known, of another one, and of one class against all others."""
    rows = "".join(f"{n},{n % 2},{'abc'[n % 3]}\n" for n in range(60))
    (tmp_path / "rows.csv").write_text(f"n,Exited,kind\n{rows}", encoding="utf-8")
    assert words_of(open_dataset(tmp_path / "rows.csv", target="Exited")).missed == "missed leavers"
    kinds = open_dataset(tmp_path / "rows.csv", target="kind")
    assert words_of(kinds, 2).are_yes == "“c”" and guess_of(kinds, {"recall": 1.0}) == ""
    leaving = open_dataset(tmp_path / "rows.csv", target="Exited")
    assert [guess_of(leaving, {"recall": found}) for found in (0.0, 1.0)] == ["stays", "leaves"]


def test_better_than_guessing_is_said_with_numbers() -> None:
    """Points for classes, a share for numbers, and honest words where there is no gain."""
    assert (
        gain("binary", {"accuracy": 0.853}, {"accuracy": 0.8}, started=True)
        == "<b>+5.3 points</b> better than guessing"
    )
    named = gain("binary", {"accuracy": 0.853}, {"accuracy": 0.8}, started=True, always="stays")
    assert named == "<b>+5.3 points</b> better than always saying “stays”"
    assert "<b>3.0 points</b> worse" in gain("binary", {"accuracy": 0.77}, {"accuracy": 0.8}, started=True)
    assert gain("multiclass", {"accuracy": 0.5}, {"accuracy": 0.5}, started=True) == "As good as always guessing"
    assert "<b>75\N{NO-BREAK SPACE}%</b> smaller" in gain("regression", {"mae": 2.0}, {"mae": 8.0}, started=True)
    assert gain("regression", {"mae": 8.0}, {"mae": 8.0}, started=True).startswith("No better")
    assert "learned nothing" in gain("binary", {}, {}, started=False)
