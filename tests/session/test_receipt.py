"""What a prediction tells about a file: every kind of thing, with the right cells, lines and counts."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from told_files import HEADER, asked, german_rows, inputs_of, written

from ann_viz.errors import Cancelled, OutputError
from ann_viz.session import Model, Receipt
from ann_viz.session.new_rows import open_for
from ann_viz.session.predict import predict_file
from ann_viz.session.receipt import Outside, Unknown, Unreadable, receipt_json
from ann_viz.session.receipt_words import receipt_sentences


def test_a_sound_file_has_nothing_to_tell(german: Model, sound: list[list[str]], tmp_path: Path) -> None:
    """No sentence, though three rows could be read in other ways: 1.925 as a fraction, 03/04 as March."""
    receipt, rows = asked(german, written(tmp_path / "new.csv", sound, HEADER[:-1]))
    assert receipt == Receipt(n_rows=3, header_line=1, output_columns=receipt.output_columns)
    assert receipt_sentences(receipt) == []
    assert not receipt.changed_answers
    assert [row["row"] for row in rows] == ["2", "3", "4"]


def test_rows_that_do_not_fit_are_there_without_an_answer(
    german: Model, sound: list[list[str]], tmp_path: Path
) -> None:
    """In the order of the file, with their own cells, their line and nothing else; a broken quote whole."""
    a, b, c = (";".join(row) for row in sound)
    path = tmp_path / "new.csv"
    path.write_text("\n".join([";".join(HEADER[:-1]), a, "1;2", "", b, f"{c};more", c, 'x;"y']) + "\n")
    receipt, rows = asked(german, path)
    assert (receipt.n_rows, receipt.n_left_out) == (3, 3)
    assert [bad.line for bad in receipt.left_out] == [3, 6, 8]
    assert [row["row"] for row in rows] == ["2", "3", "5", "6", "7", "8"]
    assert [bool(row["prediction"]) for row in rows] == [True, False, True, False, True, False]
    assert [rows[1]["income"], rows[1]["age"], rows[1]["city"]] == ["1", "2", ""]
    assert [rows[3][name] for name in HEADER[:-1]] == sound[2]
    assert rows[5]["income"] == 'x;"y'
    assert receipt.changed_answers
    (said,) = receipt_sentences(receipt)
    assert said.startswith(
        "3 rows that don't fit the table got no answer: line 3 (expected 8 columns, found 2), line 6"
    )


def test_more_rows_that_do_not_fit_than_are_listed(
    german: Model, sound: list[list[str]], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Beyond the list a row has its line only, but none is lost."""
    monkeypatch.setattr("ann_viz.data.files.sieve._LISTED", 2)
    monkeypatch.setattr("ann_viz.session.predict.ROWS_AT_ONCE", 2)
    short = ["7", "8"]
    path = written(tmp_path / "new.csv", [short, short, sound[0], short, sound[1], short, sound[2], short], HEADER[:-1])
    receipt, rows = asked(german, path)
    assert receipt.n_left_out == 5
    assert [row["row"] for row in rows] == [str(line) for line in range(2, 10)]
    assert [row["income"] for row in rows if not row["prediction"]] == ["7", "7", "", "", ""]


def test_cells_that_can_not_be_read(german: Model, sound: list[list[str]], tmp_path: Path) -> None:
    """Numbers and dates that are none: column, count and every place; what stands in is what training found."""
    sound[0][0], sound[1][0], sound[2][2] = "unclear", "12:30", "99/99/2021"
    receipt, _ = asked(german, written(tmp_path / "new.csv", sound, HEADER[:-1]))
    income, since = receipt.unreadable
    fill = german.encoder.features[0].fill
    assert income == Unreadable(column="income", count=2, examples=(("unclear", 2), ("12:30", 3)), fill=fill)
    assert (since.column, since.count, since.examples) == ("since", 1, (("99/99/2021", 4),))
    assert since.date_form == "%d/%m/%Y"
    assert receipt.changed_answers and not receipt.filled
    said = receipt_sentences(receipt)
    assert said[0].startswith("income: 2 cells can't be read as a number, so ")
    assert said[0].endswith("stands in: 'unclear' (line 2), '12:30' (line 3)")
    assert said[1].startswith("since: 1 cell can't be read as a date, so ")


def test_unknown_categories(german: Model, sound: list[list[str]], tmp_path: Path) -> None:
    """A city never seen; an answer that is neither yes nor no, which counts as missing; other spellings are known."""
    cities, members = ["Rom", "  kiel", "Rom"], ["JA", "perhaps", "Nein"]
    rows = [[*row[:5], city, member, row[7]] for row, city, member in zip(sound, cities, members, strict=True)]
    path = written(tmp_path / "new.csv", rows, HEADER[:-1])
    receipt, _ = asked(german, path)
    assert receipt.unknown == (
        Unknown(column="city", count=2, values=(("Rom", 2, 2),), counted_as="none"),
        Unknown(column="member", count=1, values=(("perhaps", 1, 3),), counted_as="missing"),
    )
    X = inputs_of(german, path)
    usual = german.encoder.encode_row({**dict(zip(HEADER, rows[1], strict=False)), "city": "Kiel", "member": ""})
    np.testing.assert_allclose(X[1], usual, rtol=1e-6)
    assert "'Rom' (2×, first in line 2)" in receipt_sentences(receipt)[0]


def test_filled_cells(german: Model, sound: list[list[str]], tmp_path: Path) -> None:
    """Empty cells, words for "no value" and a number that was said to mean it are one kind."""
    sound[0][1], sound[1][1], sound[2][7], sound[2][5] = "", "NA", "-999", "?"
    receipt, rows = asked(german, written(tmp_path / "new.csv", sound, HEADER[:-1]))
    fills = {feature.column: feature.fill for feature in german.encoder.features}
    assert [(each.column, each.count) for each in receipt.filled] == [("age", 2), ("city", 1), ("score", 1)]
    assert all(each.fill == fills[each.column] for each in receipt.filled)
    assert not receipt.unreadable
    assert all(row["prediction"] for row in rows)
    assert receipt.changed_answers


def test_values_outside_the_range_learned(german: Model, sound: list[list[str]], tmp_path: Path) -> None:
    """Per column: how many, how far, and the range; they are used as they are, so no answer is changed."""
    sound[0][1], sound[1][1], sound[2][2] = "143", "-5", "01/01/2031"
    receipt, _ = asked(german, written(tmp_path / "new.csv", sound, HEADER[:-1]))
    features = {feature.column: feature for feature in german.encoder.features}
    age, since = features["age"], features["since"]
    assert age.low is not None and age.high is not None and since.high is not None
    assert 18 <= age.low < age.high <= 91
    expected = Outside(column="age", count=2, low=age.low, high=age.high, lowest=-5, highest=143, line=2)
    assert receipt.outside[0] == expected
    assert (receipt.outside[1].column, receipt.outside[1].count, receipt.outside[1].line) == ("since", 1, 4)
    assert receipt_json(receipt)["outside_range"][1]["highest"] == "01/01/2031"
    assert not receipt.changed_answers
    assert "as far as −5 and 143 (first in line 2)" in receipt_sentences(receipt)[0]


def test_a_model_without_ranges_says_nothing_of_them(german: Model, sound: list[list[str]], tmp_path: Path) -> None:
    """A model of an earlier version works as before."""
    older = tuple(replace(feature, low=None, high=None, sign=None) for feature in german.encoder.features)
    model = replace(german, encoder=replace(german.encoder, features=older), columns=())
    sound[0][1], sound[1][3] = "143", "0.4"
    receipt, _ = asked(model, written(tmp_path / "new.csv", [[*row, "x"] for row in sound], [*HEADER[:-1], "more"]))
    assert receipt_sentences(receipt) == []


def test_lines_that_are_no_rows_and_bytes_that_are_no_text(
    german: Model, sound: list[list[str]], tmp_path: Path
) -> None:
    """Said, but no answer is changed by them."""
    lines = [";".join(HEADER[:-1]), *(";".join(row) for row in sound), ";".join(HEADER[:-1]), ";".join(sound[0])]
    path = tmp_path / "new.csv"
    path.write_bytes("\n".join(["Customers of May", "", *lines, ""]).encode() + b";;;;;;;\n")
    receipt, rows = asked(german, path)
    assert [(lines.kind, lines.lines) for lines in receipt.skipped] == [
        ("above", (1, 2)),
        ("header again", (7,)),
        ("empty", (9,)),
    ]
    assert [row["row"] for row in rows] == ["4", "5", "6", "8"]
    assert not receipt.changed_answers
    assert "1 line with the names of the columns again left out (line 7)" in receipt_sentences(receipt)


def test_no_two_columns_of_the_output_have_one_name(german: Model, sound: list[list[str]], tmp_path: Path) -> None:
    """A file that has been answered before can be answered again."""
    path = written(tmp_path / "new.csv", sound, HEADER[:-1])
    for n in range(3):
        _, rows = asked(german, path)
        assert len(rows[0]) == 8 + 4 * (n + 1)
        path = tmp_path / f"{n}.csv"
        path.write_text("\n".join(";".join(row) for row in ([*rows[0]], *(row.values() for row in rows))) + "\n")
    assert list(rows[0])[-4:] == ["row 3", "prediction 3", "probability_good 3", "probability_bad 3"]


def test_totals_are_answered_and_named(german: Model, sound: list[list[str]], tmp_path: Path) -> None:
    """A sum below the rows is no customer; its answer stands there, so it is said where."""
    rows = [["x", *row] for row in sound]
    rows.append(["Total", "23.850", "120", "", "", "", "", "", "18"])
    receipt, answers = asked(german, written(tmp_path / "new.csv", rows, ["name", *HEADER[:-1]]))
    assert receipt.totals == ((5, "Total"),)
    assert len(answers) == 4
    assert "1 row looks like a total of others and got an answer all the same: line 5 ('Total')" in receipt_sentences(
        receipt
    )


def test_a_prediction_tells_its_progress_and_can_be_stopped(
    german: Model, sound: list[list[str]], tmp_path: Path
) -> None:
    """Stopped, it leaves the old file as it was; and the source is never the output."""
    path, out = written(tmp_path / "new.csv", sound, HEADER[:-1]), tmp_path / "out.csv"
    out.write_text("old")
    shares: list[float] = []
    with open_for(german, path) as rows:
        with pytest.raises(Cancelled):
            predict_file(rows, out, cancelled=lambda: True)
        assert out.read_text() == "old"
        with pytest.raises(OutputError, match="is read here"):
            predict_file(rows, path)
        predict_file(rows, out, progress=shares.append)
    assert out.read_text().count("\n") == 4
    assert shares == [1.0]


SPOILED = {0: "unclear", 1: "many", 2: "soon", 5: "Rom", 6: "perhaps"}


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(spoiled=st.sets(st.tuples(st.integers(0, 39), st.sampled_from(sorted(SPOILED)))), blank=st.booleans())
def test_exactly_the_spoiled_cells_are_named(
    german: Model, tmp_path: Path, spoiled: set[tuple[int, int]], blank: bool
) -> None:
    """Of a file in which any cells are spoiled, the receipt names these, by column and line, and no others."""
    rows = [[*row[:7], "5"] for row in german_rows(40)]
    for row, place in spoiled:
        rows[row][place] = "" if blank else SPOILED[place]
    receipt, _ = asked(german, written(tmp_path / "new.csv", rows, HEADER[:-1]))
    expected = {name: sorted(row + 2 for row, place in spoiled if HEADER[place] == name) for name in HEADER}
    if blank:
        counts = {each.column: each.count for each in receipt.filled}
        assert counts == {name: len(lines) for name, lines in expected.items() if lines}
        assert not receipt.unreadable and not receipt.unknown
        return
    named = {each.column: [line for _, line in each.examples] for each in receipt.unreadable}
    assert named == {name: lines[:20] for name, lines in expected.items() if lines and name in HEADER[:3]}
    counts = {each.column: each.count for each in (*receipt.unreadable, *receipt.unknown)}
    assert counts == {name: len(lines) for name, lines in expected.items() if lines}
    assert all(each.values[0][2] == expected[each.column][0] for each in receipt.unknown)
    assert not receipt.filled and not receipt.differences
