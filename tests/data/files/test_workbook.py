"""Spreadsheets are read sheet by sheet, cell for cell; what can't be read is refused in a sentence.

``book.xlsx`` has a cover, a hidden sheet, and 60 rows below a merged title; ``book.xls`` has one sheet of 12 rows.
"""

from __future__ import annotations

import sys
import zipfile
from pathlib import Path

import pytest

from ann_viz.data import look, open_table, suggest_recipe
from ann_viz.data.advice.findings import find
from ann_viz.data.files.hidden_rows import n_hidden_rows
from ann_viz.data.files.workbook import write_sheet
from ann_viz.errors import Cancelled, DataError

HERE = Path(__file__).parent
XLSX = HERE / "book.xlsx"
XLS = HERE / "book.xls"
CELL, ROW = "table:table-cell", "table:table-row"
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
TABLE = "office:office-document-content"
SPACES = (
    'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
    'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" '
    'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"'
)


def refusal(path: Path, **overrides: object) -> str:
    with pytest.raises(DataError) as caught:
        open_table(path, overrides=overrides)
    assert caught.value.hint
    return str(caught.value)


def test_the_first_sheet_with_rows_is_read() -> None:
    """Names stand below the title; dates, shares and texts come as typed; sheets and merged cells are said."""
    with open_table(XLSX) as table:
        assert [column.name for column in table.columns] == ["Day", "Weight [kg]", "Share", "Sold"]
        assert [column.kind for column in table.columns] == ["date", "number", "number", "yes_no"]
        assert (table.n_rows, table.n_bad, table.dialect.sheet, table.dialect.skip_lines) == (60, 0, "Data", 2)
        assert table.rows(0, 2) == [("2024-01-01", "0", "0.25", "no"), ("2024-01-02", "1.5", "0.255", "yes")]
        said = [finding.sentence for finding in find(table, suggest_recipe(table))]
    assert any("Sheet Data is read; left aside: Cover and Secret" in sentence for sentence in said)
    assert any(sentence.startswith("1 merged cell") for sentence in said)
    assert any("2 lines above the table left out" in sentence for sentence in said)


def test_another_sheet_or_row_can_be_chosen() -> None:
    """A hidden sheet is read when asked for by name, and the table can start elsewhere."""
    assert look(XLSX, sheet="Secret").names == ("a", "b")
    found = look(XLSX, skip_lines=3, header=False)
    assert found.names == ("column 1", "column 2", "column 3", "column 4")
    assert found.rows[0] == ["2024-01-01", "0", "0.25", "no"]
    assert "Cover, Data, Secret" in refusal(XLSX, sheet="Nowhere")
    assert "no rows" in refusal(XLSX, sheet="Cover")


def test_old_workbooks() -> None:
    """An ``.xls`` has dates, numbers and truth values."""
    with open_table(XLS) as table:
        assert table.rows(11, 1) == [("2024-01-12", "16.5", "TRUE")]
        assert [column.kind for column in table.columns] == ["date", "number", "yes_no"]


def cell_of(text: str) -> str:
    """A cell of an ``.ods``: a number where the text is one."""
    try:
        value = f'office:value-type="float" office:value="{float(text)}"'
    except ValueError:
        value = 'office:value-type="string"'
    return f"<{CELL} {value}><text:p>{text}</text:p></{CELL}>"


def written(path: Path, rows: list[list[str]], more: str = "") -> None:
    """Write an ``.ods`` with one sheet; `more` is markup behind its rows."""
    lines = "".join(f"<{ROW}>{''.join(map(cell_of, cells))}</{ROW}>" for cells in rows)
    sheet = f'<table:table table:name="One">{lines}{more}</table:table>'
    content = f"<{TABLE} {SPACES}><office:body><office:spreadsheet>{sheet}</office:spreadsheet></office:body></{TABLE}>"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("META-INF/manifest.xml", "<manifest/>")
        archive.writestr("content.xml", content)


def test_open_document(tmp_path: Path) -> None:
    """An ``.ods`` is read as well."""
    path = tmp_path / "book.ods"
    written(path, [["weight", "label"], *([f"{n}.5", "yes" if n % 3 else "no"] for n in range(12))])
    with open_table(path) as table:
        assert (table.n_rows, table.rows(11, 1)) == (12, [("11.5", "yes")])


def test_protected_and_broken_ones_are_refused(tmp_path: Path) -> None:
    """Each gets its sentence, without a word of the library that reads them."""
    protected = tmp_path / "protected.xlsx"
    name, other = ("Workbook".encode("utf-16-le"), "EncryptedPackage".encode("utf-16-le"))
    content = XLS.read_bytes()
    place = content.index(name)
    entry = other + b"\0" * (64 - len(other)) + (len(other) + 2).to_bytes(2, "little")
    protected.write_bytes(content[:place] + entry + content[place + len(entry) :])
    assert "protected by a password" in refusal(protected)
    cut = tmp_path / "cut.xlsx"
    cut.write_bytes(XLSX.read_bytes()[:3000])
    assert "can't be read" in refusal(cut)
    letter = tmp_path / "letter.doc"
    letter.write_bytes(content[:512] + b"\0" * 512)
    assert "can't be read" in refusal(letter)


def test_a_line_end_in_a_cell_ends_no_row(tmp_path: Path) -> None:
    """Whatever ends lines somewhere is a blank in a cell."""
    path = tmp_path / "book.ods"
    written(path, [["weight", "label"], *([str(n), "a&#13;b&#10;c"] for n in range(12))])
    with open_table(path) as table:
        assert (table.n_rows, table.rows(11, 1)) == (12, [("11", "a b c")])


def test_what_asks_for_all_memory_is_refused(tmp_path: Path) -> None:
    """A lone cell in the last corner of a sheet, for which the library makes room, ends a process that is not ours."""
    path = tmp_path / "book.xlsx"
    cells = '<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'
    sheet = f'<worksheet xmlns="{MAIN}"><sheetData>{cells}</sheetData></worksheet>'
    with zipfile.ZipFile(XLSX) as book, zipfile.ZipFile(path, "w") as out:
        for name in book.namelist():
            out.writestr(name, sheet if name.startswith("xl/worksheets/sheet") else book.read(name))
    assert "too large" in refusal(path)


def test_marks_of_hidden_rows_are_found_in_one_go(tmp_path: Path) -> None:
    """Half a million openings of a tag that never ends are looked at once each, not once for every other."""
    path = tmp_path / "book.xlsx"
    with zipfile.ZipFile(XLSX) as book, zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as out:
        for name in book.namelist():
            out.writestr(name, "<row " * 500_000 + ">" if "sheets/sheet" in name else book.read(name))
    assert n_hidden_rows(path, "Data", 60) == 0


def test_reading_a_sheet_is_stopped(tmp_path: Path) -> None:
    """The process that reads it is gone at once, and nothing is said of a fault."""
    with pytest.raises(Cancelled):
        write_sheet(XLSX, "Data", tmp_path / "sheet.csv", lambda: True)


def test_a_process_that_cannot_be_started_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    """The sentence says what the system says, and the way round it."""
    monkeypatch.setattr(sys, "executable", str(HERE / "nowhere"))
    assert "process of their own, which can't be started: No such file" in refusal(XLSX)


@pytest.mark.parametrize(("name", "n"), [("sales.xlsx", 3), ("sorten.ods", 2), ("book.xls", 0)])
def test_hidden_rows_are_counted(name: str, n: int) -> None:
    """They are read, and the sheet says how many there are."""
    with open_table(HERE / name) as table:
        assert table.workbook is not None
        assert table.workbook.n_hidden == n
        said = [finding.sentence for finding in find(table, suggest_recipe(table)) if finding.kind == "sheets"]
    assert any(sentence.startswith(f"{n} hidden rows of the sheet are read") for sentence in said) == (n > 0)


def test_cells_come_as_typed() -> None:
    """Dates, times, shares and truth values of a sheet made by a program; the row of the sum is told as one."""
    with open_table(HERE / "sales.xlsx") as table:
        assert table.rows(8, 1) == [("2024-02-10", "East", "0.2", "1179.11", "10:00:00", "FALSE")]
        assert [column.kind for column in table.columns[:5]] == ["date", "category", "number", "number", "date"]
        found = {finding.kind: finding for finding in find(table, suggest_recipe(table))}
        assert found["totals"].sentence == "1 row looks like a total of others: row 61 (Total)"
        assert "'n/a today' (row 18)" in found["odd cells"].sentence
    with open_table(HERE / "sorten.ods") as table:
        assert table.rows(8, 1) == [("31.5", "rot", "nein")]
