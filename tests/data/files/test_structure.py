"""Lines around and between the rows of a table are left out and said; everything else is read, cell for cell."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ann_viz.data import Table, look, open_table, suggest_recipe
from ann_viz.data.advice.findings import find
from ann_viz.data.files.idle_rows import is_total
from ann_viz.errors import DataError

NAMES = "weight,height,colour,label"
ROWS = [f"{n}.5,{3 * n}.25,{('red', 'blue', 'green')[n % 3]},{'yes' if n % 2 else 'no'}" for n in range(40)]
PLAIN = [tuple(row.split(",")) for row in ROWS]


def opened(folder: Path, lines: list[str], **overrides: object) -> Table:
    path = folder / "file.csv"
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return open_table(path, overrides=overrides)


def left_out(table: Table) -> dict[str, tuple[int, ...]]:
    return {lines.kind: lines.lines for lines in table.left_out}


def bars(row: str) -> str:
    return f"| {row.replace(',', ' | ')} |"


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        ([NAMES, *ROWS[:20], NAMES, *ROWS[20:]], {"header again": (22,)}),
        ([NAMES, *ROWS, ",,,", ",,,", ",,,"], {"empty": (42, 43, 44)}),
        ([NAMES, *ROWS, ",,,", "Source: own survey,,,", "*** END ***,,,"], {"empty": (42,), "note": (43, 44)}),
        (["Monthly report,,,", ",,,", NAMES, *ROWS], {"above": (1, 2)}),
        (["Instrument,XY-100,,", "Serial,12,,", "", NAMES, *ROWS], {"above": (1, 2, 3)}),
        (["Measurements,,Person,", NAMES, *ROWS], {"above": (1,)}),
        ([NAMES, "[kg],[cm],[],[]", *ROWS], {"below header": (2,)}),
        ([NAMES, "kg,cm,,", *ROWS], {"below header": (2,)}),
        ([NAMES, "Gewicht,Größe,Farbe,Antwort", *ROWS], {"below header": (2,)}),
        ([NAMES, "continuous,c,discrete,d", ",,,class", *ROWS], {"below header": (2, 3)}),
        ([NAMES, "c,c,d,d", ",,,c", *ROWS], {"below header": (2, 3)}),
        ([NAMES, "------,------,----,----", *ROWS], {"dashes": (2,)}),
        ([f"{NAMES},,,,", *(f"{row},,,," for row in ROWS)], {}),
        ([NAMES, *(row + "," * (n % 3) for n, row in enumerate(ROWS))], {}),
        ([f"{NAMES},", *(f"{row}," for row in ROWS[:-1]), ROWS[-1]], {}),
        ([f'"{NAMES}"', *(f'"{row}"' for row in ROWS)], {}),
        ([bars(NAMES), "|:--|--:|---|---|", *map(bars, ROWS)], {"dashes": (2,)}),
    ],
)
def test_only_rows_are_read(tmp_path: Path, lines: list[str], expected: dict[str, tuple[int, ...]]) -> None:
    """Names and all cells are right, nothing is lost, and what is left out is named by line."""
    with opened(tmp_path, lines) as table:
        assert ",".join(column.name for column in table.columns) == NAMES
        assert table.rows() == PLAIN
        assert table.n_bad == 0
        assert left_out(table) == expected
        said = [finding for finding in find(table, suggest_recipe(table)) if finding.kind == "lines left out"]
        assert len(said) == len(expected)


def test_letters_that_recur_are_no_types(tmp_path: Path) -> None:
    """In a table of genes, the first rows look like Orange's types and roles; they are rows like those below."""
    genes = ["c,t,c", "c,c,i", *(f"{'acgt'[i % 4]},{'acgt'[i % 3]},{'ci'[i % 2]}" for i in range(40))]
    with opened(tmp_path, ["p1,p2,cls", *genes]) as table:
        assert table.rows() == [tuple(row.split(",")) for row in genes]
        assert not table.left_out


def test_names_in_two_rows_are_put_together(tmp_path: Path) -> None:
    """Where the lower names repeat, the groups above tell them apart."""
    lines = ["Men,,Women,", "age,weight,age,weight", *(f"{n},{n}.5,{n + 1},{2 * n}" for n in range(9))]
    with opened(tmp_path, lines) as table:
        assert [column.name for column in table.columns] == ["Men age", "Men weight", "Women age", "Women weight"]
        assert (table.n_rows, table.rows(0, 1)) == (9, [("0", "0.5", "1", "0")])


@pytest.mark.parametrize(
    "lines",
    [
        ["a,b,c", "1,2,3", ",,", "4,5,6"],
        ['"a","b"', '"1","2"', '"",""'],
        ["id,name,age", "1,Bob Smith,3", "2,,", "3,,"],
        ["a,b", "--,1", "2,3"],
        ["x,y", "low,1", "high,2", "low,1"],
    ],
)
def test_rows_that_only_look_like_it_stay(tmp_path: Path, lines: list[str]) -> None:
    """Empty rows between others or in quotes, ids without values and repeated rows are data."""
    with opened(tmp_path, lines, header=True) as table:
        assert table.n_rows == len(lines) - 1
        assert table.left_out == ()


def test_totals_are_named_and_left_out_on_a_click(tmp_path: Path) -> None:
    """The finding names the row; its offer leaves it out, and can be taken back."""
    lines = ["region,sales,cost", *(f"R{n % 5},{n},{n + 1}" for n in range(30)), "Total,435,465"]
    with opened(tmp_path, lines) as table:
        (finding,) = (found for found in find(table, suggest_recipe(table)) if found.kind == "totals")
        assert table.n_rows == 31
        assert "row 31 (Total)" in finding.sentence
        assert finding.offer is not None
        again = finding.offer.reading
    with opened(tmp_path, lines, **again) as table:
        assert (table.n_rows, left_out(table)) == (30, {"total": (32,)})
        (finding,) = (found for found in find(table, suggest_recipe(table)) if found.kind == "totals")
        assert finding.done
        assert finding.offer is not None
        assert finding.offer.reading == {"totals": "keep"}


@pytest.mark.parametrize(
    "label", ["Total", "TOTAL:", "Gesamt", "Summe", "Grand total", "Subtotal East", "Итого", "合计"]
)
def test_labels_of_totals(label: str) -> None:
    """In many languages, with numbers or nothing beside them."""
    assert is_total([label, "12.5", "", "1,200"])
    assert not is_total([label, "12.5", "red"])
    assert not is_total([f"{label.removesuffix(' East')}itarian", "12.5"])


@pytest.mark.parametrize(
    "label", ["Total Recall", "Sum of All Fears", "Total Eclipse", "Total and Co", "Gesamt Berlin"]
)
def test_names_that_begin_like_totals(label: str) -> None:
    """Only the sum of a group has further words behind it."""
    assert not is_total([label, "1990", "8.1"])


@pytest.mark.parametrize(
    ("rows", "named"),
    [
        (["Total,30,11", *(f"R{n},{n},{n + 1}" for n in range(40))], False),  # a brand
        ([*(f"R{n},{n},{n + 1}" for n in range(40)), "Total,780,820"], True),
        (["Total,780,820", *(f"R{n},{n},{n + 1}" for n in range(40))], True),
        ([*(f"R{n},{n},{-n}" for n in range(-30, 10)), "Total,-420,420"], True),
        ([*(f"R{n},{-n},{-1 - n}" for n in range(1, 40)), "Total,-780,-819"], True),
        ([*(f"R{n},{n},5" for n in range(20)), "Subtotal A,190,100", *(f"S{n},{-n},5" for n in range(20))], True),
    ],
)
def test_a_total_sums_up(tmp_path: Path, rows: list[str], named: bool) -> None:
    """Its number is larger than all others or the sum of those above; the name alone says nothing."""
    with opened(tmp_path, ["name,sales,cost", *rows]) as table:
        assert ("totals" in {found.kind for found in find(table, suggest_recipe(table))}) == named


def test_one_line_left_out_is_told_as_one(tmp_path: Path) -> None:
    """The names of the columns stand a second time in line 22."""
    with opened(tmp_path, [NAMES, *ROWS[:20], NAMES, *ROWS[20:]]) as table:
        said = [found.sentence for found in find(table, suggest_recipe(table)) if found.kind == "lines left out"]
        assert said == ["1 line with the names of the columns again left out (line 22)"]


def test_a_second_table_is_named(tmp_path: Path) -> None:
    """The row with other names among the rows is pointed out."""
    second = ["city,country,zip,zone", *(f"c{n},DE,{n},z" for n in range(10))]
    with opened(tmp_path, [NAMES, *ROWS, *second]) as table:
        said = " ".join(finding.sentence for finding in find(table, suggest_recipe(table)))
    assert "Row 41 looks like the names of another table (city, country" in said


def test_names_stay_where_they_are(tmp_path: Path) -> None:
    """A last cell with only a line break is no value, and the first column no row names."""
    text = '"name";"limit";"value"\n' + "".join(f'"n{n}";"{n}";"{3 * n}";"\n"\n' for n in range(9))
    (tmp_path / "file.csv").write_text(text, encoding="utf-8")
    with open_table(tmp_path / "file.csv") as table:
        assert [column.name for column in table.columns] == ["name", "limit", "value"]
        assert table.rows(8, 1) == [("n8", "8", "24")]


def test_rows_of_all_widths(tmp_path: Path) -> None:
    """However uneven the rows are, the names tell the delimiter; those that don't fit are listed."""
    with opened(tmp_path, ["a,b,c", *("6,0", "1,4,2", "9,4,7,0") * 9]) as table:
        assert [column.name for column in table.columns] == ["a", "b", "c"]
        assert (table.n_rows, table.n_bad) == (9, 18)


def test_blanks_mixed_with_tabs(tmp_path: Path) -> None:
    """A tab before a quoted name is a blank like the others."""
    lines = [f'{n}.0   8   30{n}.0      130.0  \t"chevrolet chevelle {n}"' for n in range(10, 30)]
    with opened(tmp_path, lines) as table:
        assert table.rows(0, 1) == [("10.0", "8", "3010.0", "130.0", "chevrolet chevelle 10")]


def test_attributes_name_the_columns(tmp_path: Path) -> None:
    """ARFF names its columns above the rows."""
    head = ["% comment", "@RELATION t", "", "@attribute 'my weight' NUMERIC", "@ATTRIBUTE height real"]
    lines = [*head, "@ATTRIBUTE colour {red,green}", "@ATTRIBUTE label {yes,no}", "", "@DATA", *ROWS]
    with opened(tmp_path, lines) as table:
        assert [column.name for column in table.columns] == ["my weight", "height", "colour", "label"]
        assert table.rows() == PLAIN


def test_invisible_marks_in_names(tmp_path: Path) -> None:
    """Marks nobody sees are no part of a name, so that it can be typed; joiners inside words that need them are."""
    persian = "می\u200cخواهم"
    lines = [f"\u200bwe\u00adight,colour\u200d,la\u2060bel,{persian}", "1,red,no,2", "2,blue,yes,3"]
    with opened(tmp_path, lines) as table:
        assert [column.name for column in table.columns] == ["weight", "colour", "label", persian]


def test_stray_bytes_are_named_by_line(tmp_path: Path) -> None:
    """One bad or cut byte leaves a file UTF-8; NULs are dropped; both are said."""
    path = tmp_path / "file.csv"
    rows = "".join(f"{n},café,no\n" for n in range(30))
    path.write_bytes(f"a,b,c\n{rows}".encode() + b"30,caf\xe9,yes\n31,x\0,no\n32,y,caf\xc3")
    with open_table(path) as table:
        assert table.dialect.encoding == "utf-8"
        assert table.rows(29, 4) == [
            ("29", "café", "no"),
            ("30", "caf\ufffd", "yes"),
            ("31", "x", "no"),
            ("32", "y", "caf\ufffd"),
        ]
        assert table.bad_bytes == (32, 33, 34)
        said = [finding.sentence for finding in find(table, suggest_recipe(table)) if finding.kind == "stray bytes"]
        assert "lines 32, 33, 34" in said[0]


def test_nulls_at_the_end(tmp_path: Path) -> None:
    """What a crash leaves behind a file is no row."""
    path = tmp_path / "file.csv"
    path.write_bytes(b"a,b\n" + b"1,2\n" * 20 + b"\0" * 5000)
    with open_table(path) as table:
        assert (table.n_rows, table.bad_bytes) == (20, (22,))


@pytest.mark.parametrize(
    ("text", "encoding"), [("红色,绿色", "gb18030"), ("красный,зелёный", "koi8-r"), ("rouge,modéré", "cp1252")]
)
def test_two_words_tell_the_encoding(tmp_path: Path, text: str, encoding: str) -> None:
    """Two different words are enough, and other scripts stay what they are."""
    words = text.split(",")
    path = tmp_path / "file.csv"
    path.write_bytes("".join(["a,b\n", *(f"{n},{words[n % 2]}\n" for n in range(30))]).encode(encoding))
    with open_table(path) as table:
        assert [row[1] for row in table.rows(0, 2)] == words


def test_very_wide_tables(tmp_path: Path) -> None:
    """Thousands of columns are read; more than anybody can use are refused at once."""
    path = tmp_path / "wide.csv"
    n = 3500
    cells = [f"{i}.5" if i % 7 else "NA" for i in range(n)]
    path.write_text(",".join(f"c{i}" for i in range(n)) + "\n" + (",".join(cells) + "\n") * 3, encoding="utf-8")
    with open_table(path) as table:
        assert table.rows(2, 1)[0] == tuple(None if cell == "NA" else cell for cell in cells)
        assert [table.columns[i].n_missing for i in (0, 1, 3499)] == [3, 0, 3 * (3499 % 7 == 0)]
        assert table.page(1, 1, order=(1, True)).rows[0][1][3498] == "3498.5"
        assert table.numbers(3498).tolist() == [3498.5] * 3
        assert table.codes(3498, ["v1", "3498.5"]).tolist() == [1, 1, 1]
    path.write_text(",".join(map(str, range(300_000))) + "\n", encoding="utf-8")
    with pytest.raises(DataError, match="300,000 columns"):
        look(path)


@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
@given(
    before=st.lists(st.sampled_from(["Report,,,", ",,,", "# made today", "Serial,12,,"]), max_size=3),
    below=st.sampled_from([[], ["----,----,----,----"], ["[kg],[cm],[],[]"]]),
    seams=st.sets(st.integers(1, 39), max_size=3),
    behind=st.lists(st.sampled_from([",,,", "Source: somebody,,,", "(40 rows),,,"]), max_size=4),
)
def test_any_mixture(
    tmp_path_factory: pytest.TempPathFactory, before: list[str], below: list[str], seams: set[int], behind: list[str]
) -> None:
    """Whatever stands around the rows, they come out whole, and every other line but blank ones is accounted for."""
    body = [line for n, row in enumerate(ROWS) for line in ([NAMES] if n in seams else []) + [row]]
    lines = [*before, NAMES, *below, *body, *behind]
    with opened(tmp_path_factory.mktemp("any"), lines) as table:
        assert ",".join(column.name for column in table.columns) == NAMES
        assert table.rows() == PLAIN
        n_said = sum(lines.n for lines in table.left_out)
        assert n_said == len(before) + len(below) + len(seams) + len(behind)


def test_a_table_without_a_value_is_a_table(tmp_path: Path) -> None:
    """Empty rows are left out below others only; where there is nothing else they are the rows."""
    with opened(tmp_path, ["a,b,c", ",,", ",,"], header=True) as table:
        assert (table.n_rows, table.left_out) == (2, ())
