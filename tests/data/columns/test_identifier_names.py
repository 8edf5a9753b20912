"""Whole numbers that are all different are identifiers under some names, and measurements under others."""

from __future__ import annotations

from pathlib import Path

import pytest

from ann_viz.data import open_table
from ann_viz.data.columns.identifier_names import is_identifier_name


@pytest.mark.parametrize(
    "name",
    [
        *("customerid", "account_number", "Policy Number", "Roll No.", "Kundennummer", "会員番号", "MRN", "case"),
        *("Lfd. Nr.", "CustomerId", "user id", "respondent", "número de cliente", "Rechnungsnr", "客户编号", "id"),
        *("PassengerId", "Unnamed: 0", "#", "invoice_no", "Vertragsnr.", "orderkey", "고객번호"),
    ],
)
def test_names_of_identifiers(name: str) -> None:
    """In several languages and ways to write them."""
    assert is_identifier_name(name)


@pytest.mark.parametrize(
    "name", ["humid", "paid", "grid", "price", "numbers of rooms", "nobody", "turkey", "width", "", "Nummerierung"]
)
def test_other_names(name: str) -> None:
    """A word that merely ends in the same letters is none."""
    assert not is_identifier_name(name)


@pytest.mark.parametrize(
    ("cells", "kind"),
    [
        ([f"{1.5 + i:.3f}e+30" for i in range(40)], "number"),
        ([f"{10**18 + i * 10**15}.5" for i in range(40)], "number"),
        ([str(10**19 + i * 7) for i in range(40)], "identifier"),
    ],
)
@pytest.mark.parametrize("rows", [0, 20_000])
def test_huge_numbers(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, cells: list[str], kind: str, rows: int) -> None:
    """A mass of 1.988e+30 is a number; twenty digits in a row, all different, are a code."""
    monkeypatch.setattr("ann_viz.data.columns.profile._FETCHED_ROWS", rows)
    monkeypatch.setattr("ann_viz.data.columns.measuring._FEW_VALUES", 5)
    path = tmp_path / "file.csv"
    path.write_text("\n".join(["x,answer", *(f"{cell},{i % 2}" for i, cell in enumerate(cells))]), encoding="utf-8")
    with open_table(path) as table:
        assert table.columns[0].kind == kind
