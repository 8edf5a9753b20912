"""Spreadsheets are read sheet by sheet, cell for cell; what can't be read is refused in a sentence.

``book.xlsx`` has a cover, a hidden sheet, and 60 rows below a merged title; ``book.xls`` has one sheet of 12 rows.
"""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest

from ann_viz.data import look, open_table, suggest_recipe
from ann_viz.data.advice.findings import find
from ann_viz.errors import DataError

HERE = Path(__file__).parent
XLSX = HERE / "book.xlsx"
XLS = HERE / "book.xls"
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


def test_open_document(tmp_path: Path) -> None:
    """An ``.ods`` is read as well."""
    cell = '<table:table-cell office:value-type="{kind}"{value}><text:p>{text}</text:p></table:table-cell>'
    rows = [[cell.format(kind="string", value="", text=text) for text in ("weight", "label")]]
    for n in range(12):
        number = cell.format(kind="float", value=f' office:value="{n}.5"', text=f"{n},5")
        rows.append([number, cell.format(kind="string", value="", text="yes" if n % 3 else "no")])
    lines = "".join(f"<table:table-row>{''.join(cells)}</table:table-row>" for cells in rows)
    sheet = f'<table:table table:name="One">{lines}</table:table>'
    content = f"<{TABLE} {SPACES}><office:body><office:spreadsheet>{sheet}</office:spreadsheet></office:body></{TABLE}>"
    path = tmp_path / "book.ods"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("META-INF/manifest.xml", "<manifest/>")
        archive.writestr("content.xml", content)
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
