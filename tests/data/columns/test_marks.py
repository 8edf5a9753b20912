"""The marks of a column's numbers, and what decides where its cells leave two readings open."""

from __future__ import annotations

from pathlib import Path

import pytest

from ann_viz.data import Column, Table, open_table
from ann_viz.data.advice.findings import find
from ann_viz.data.advice.suggest import suggest_recipe
from ann_viz.data.columns.marks import may_be_grouped, proven_decimals


def written(folder: Path, values: list[str], delimiter: str = ";", others: list[str] | None = None) -> Path:
    path = folder / "file.csv"
    rest = others or [["yes", "no", "no"][i % 3] for i in range(len(values))]
    cells = (f'"{value}"' if delimiter in value else value for value in values)
    lines = (f"{cell}{delimiter}{other}" for cell, other in zip(cells, rest, strict=True))
    path.write_text("\n".join([f"x{delimiter}other", *lines]), encoding="utf-8")
    return path


def read(table: Table) -> tuple[Column, list[float]]:
    return table.columns[0], table.numbers(0)[:3].tolist()


@pytest.mark.parametrize(
    ("cells", "delimiter", "numbers", "doubtful"),
    [
        (["991", "1.107", "12.500"], ";", [991, 1107, 12500], True),
        (["991", "1.107", "12.500"], "\t", [991, 1107, 12500], True),
        (["3.125", "4", "2.750"], ",", [3.125, 4, 2.75], True),
        (["1.107.000", "991", "1.500"], ";", [1107000, 991, 1500], False),
        (["1,470", "2,075", "7,779"], ";", [1.47, 2.075, 7.779], True),
        (["1,470", "2,075", "7,779"], ",", [1470, 2075, 7779], True),
        (["1,470", "2,07", "7,779"], ";", [1.47, 2.07, 7.779], False),
        (["1.470", "2.07", "7.779"], ";", [1.47, 2.07, 7.779], False),
        (["0.147", "2.075", "7.779"], ";", [0.147, 2.075, 7.779], False),
        (["1’470", "22’075", "7"], ";", [1470, 22075, 7], False),
        (["1\u2009470,5", "22\u2009075", "7"], ";", [1470.5, 22075, 7], False),
        (["1,23,456", "12,34,567", "9,999"], ",", [123456, 1234567, 9999], False),
        (["3,270E-04", "1,58E-04", "8,1E-05"], ";", [3.27e-4, 1.58e-4, 8.1e-5], False),
        (["'32.7", "'15.8", "'64.8"], ",", [32.7, 15.8, 64.8], False),
        (["３２.７", "１５.８", "6.5"], ",", [32.7, 15.8, 6.5], False),
        (["\u200e32.7", "15.8\u200b", "6.5"], ",", [32.7, 15.8, 6.5], False),
        (["68 kg", "70.5 kg", "81kg"], ",", [68, 70.5, 81], False),
        (["32.7°C", "-15.8 °C", "6.5 °C"], ",", [32.7, -15.8, 6.5], False),
    ],
)
def test_marks_go_by_the_column(
    tmp_path: Path, cells: list[str], delimiter: str, numbers: list[float], doubtful: bool
) -> None:
    """Its own cells decide; where they leave two readings, one is taken and the other kept in mind."""
    with open_table(written(tmp_path, cells * 10, delimiter)) as table:
        column, values = read(table)
        assert column.kind == "number"
        assert values == pytest.approx(numbers)
        assert bool(column.other_form) == doubtful


def test_columns_of_one_file_may_differ(tmp_path: Path) -> None:
    """12,3 in one column and 13.22 in the next are both numbers."""
    with open_table(written(tmp_path, ["32,7", "15,8"] * 10, others=["94.16", "50.56"] * 10)) as table:
        assert [column.kind for column in table.columns] == ["number", "number"]
        assert table.numbers(0)[0] == 32.7
        assert table.numbers(1)[0] == 94.16


def test_other_columns_decide(tmp_path: Path) -> None:
    """Decimal commas beside it make a point a thousands mark, decimal points a decimal one; the reason is named."""
    for others, number, reason in (("2,5", 1107, "commas"), ("2.5", 1.107, "points")):
        with open_table(written(tmp_path, ["1.107", "2.208", "3.309"] * 10, others=[others, "3"] * 15)) as table:
            column, values = read(table)
            assert values[0] == number
            assert reason in column.evidence


@pytest.mark.parametrize("cells", [["3.125", "2.750", "4"], ["991", "1.107", "12.500"]])
def test_a_proven_point_among_commas_leaves_no_doubt(tmp_path: Path, cells: list[str]) -> None:
    """Where commas divide the cells and another column has decimal points, nobody writes thousands points."""
    with open_table(written(tmp_path, cells * 10, ",", others=["2.5", "3.25", "7.5"] * 10)) as table:
        column, values = read(table)
        assert values == [float(cell) for cell in cells]
        assert not column.other_form


def test_many_columns_with_two_readings_are_told_together(tmp_path: Path) -> None:
    """Six columns of thousands commas are one line, whose offer turns them all."""
    path = tmp_path / "file.csv"
    names = [f"year {i}" for i in range(6)]
    rows = [";".join([f"{1 + i % 9},{100 + 7 * i}" for _ in names] + ["ab"[i % 2]]) for i in range(40)]
    path.write_text("\n".join([";".join([*names, "answer"]), *rows]), encoding="utf-8")
    with open_table(path) as table:
        (finding,) = (f for f in find(table, suggest_recipe(table)) if f.kind == "two readings")
        assert finding.columns == tuple(names)
        assert finding.sentence.endswith("in two ways: 1,100 is read as 1.1, but it may be 1100")
        assert finding.offer is not None
        reading = finding.offer.reading
    with open_table(path, overrides=reading) as table:
        assert [table.numbers(i)[0] for i in range(6)] == [1100.0] * 6


def test_one_click_reads_it_the_other_way(tmp_path: Path) -> None:
    """The finding shows both readings, and its offer leads to the other, of which there is no more doubt."""
    path = written(tmp_path, ["991", "1.107", "12.500"] * 10)
    with open_table(path) as table:
        finding = next(f for f in find(table, suggest_recipe(table)) if f.kind == "two readings")
        assert finding.sentence == ("x: 1.107 is read as 1107 (numbers below 1000 have no mark), but it may be 1.107")
        assert finding.offer is not None
        reading = finding.offer.reading
    with open_table(path, overrides=reading) as table:
        assert read(table)[1] == [991, 1.107, 12.5]
        assert not table.columns[0].other_form


def test_day_and_month_are_asked_for(tmp_path: Path) -> None:
    """Days up to the 12th leave open what comes first; the user decides for all columns or by one click for one."""
    path = written(tmp_path, ["03/04/2024", "05/06/2024", "11/12/2023"] * 10, ",")
    with open_table(path) as table:
        assert table.columns[0].other_form == "%d/%m/%Y"
        finding = next(f for f in find(table, suggest_recipe(table)) if f.kind == "two readings")
        assert "4 March 2024" in finding.sentence
        assert "3 April 2024" in finding.sentence
    for order, form in (("dmy", "%d/%m/%Y"), ("mdy", "%m/%d/%Y")):
        with open_table(path, overrides={"date_order": order}) as table:
            assert (table.columns[0].form, table.columns[0].other_form) == (form, "")


@pytest.mark.parametrize(
    ("cells", "found"),
    [(["1,5"], ","), (["0.125"], "."), (["1234.567"], "."), (["1.234"], ""), (["1,234"], ""), (["12"], "")],
)
def test_what_proves_a_decimal_mark(cells: list[str], found: str) -> None:
    """Three digits after one to three prove nothing."""
    assert proven_decimals(cells) == frozenset(found)


def test_plain_numbers_that_may_be_grouped() -> None:
    """991 and 1.107 may be; one number of another shape settles it."""
    assert may_be_grouped(["991", "1.107"])
    assert not may_be_grouped(["991", "1107"])
    assert not may_be_grouped(["991", "107"])
    assert not may_be_grouped(["0.107", "1.107"])


@pytest.mark.parametrize("text", ["3. Mär. 2024", "3 de marzo de 2024", "3 mars 2024", "3. März 2024", "3 MARZO 2024"])
def test_months_have_names_in_many_languages(tmp_path: Path, text: str) -> None:
    """The month is March in German, French, Spanish and Italian."""
    with open_table(written(tmp_path, [text, text.replace("3", "5", 1)] * 10)) as table:
        assert table.columns[0].kind == "date"
        assert table.numbers(0)[0] == 19785.0


def test_nobody_is_born_in_the_future(tmp_path: Path) -> None:
    """Years of two digits are those of the past in a column of births, and of this century elsewhere."""
    days = [f"0{1 + i % 9}.02.{30 + i}" for i in range(39)]
    for name, year in (("Geburtsdatum", 1930), ("due", 2030)):
        path = written(tmp_path, days)
        path.write_text(path.read_text("utf-8").replace("x;", f"{name};", 1), encoding="utf-8")
        with open_table(path) as table:
            days_since = (year - 1970) * 365.25
            assert table.numbers(0)[0] == pytest.approx(days_since + 31, abs=2)


@pytest.mark.parametrize(
    ("mark", "numbers"), [(".", [4867, 991, 12500]), (None, [4.867, 991, 12.5]), (",", [4.867, 991, 12.5])]
)
def test_the_user_s_word_on_thousands_decides(tmp_path: Path, mark: str | None, numbers: list[float]) -> None:
    """What no cell decides, the reading option does, and then there is no doubt left to be told."""
    path = tmp_path / "t.csv"
    path.write_text("income;kind\n4.867;a\n991;b\n12.500;a\n")
    with open_table(path, overrides={"thousands": mark}) as table:
        assert table.numbers(0).tolist() == numbers
        assert not table.columns[0].other_form
