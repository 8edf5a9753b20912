"""What a prediction tells about a file: every kind of thing, with the right cells, lines and counts."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ann_viz.data import build_dataset, open_table, suggest_recipe
from ann_viz.data.encoding.recipe import Plan
from ann_viz.errors import Cancelled, DataError, OutputError
from ann_viz.session import (
    Model,
    Receipt,
    Session,
    examine,
    load_model,
    open_for,
    predict_file,
    predict_table,
    save_model,
)
from ann_viz.session.receipt import Difference, Filled, Outside, Unknown, Unreadable, receipt_json
from ann_viz.session.receipt_words import receipt_sentences

SHARED = Path(__file__).parents[3] / "shared" / "data"
HEADER = ["income", "age", "since", "rate", "weight", "city", "member", "score", "answer"]
MARKS = [-999, 1, 2, 3, 5, 8, 13, 21, 34, 55, 89]


def german_rows(n: int, *, seed: int = 7) -> list[list[str]]:
    """Rows as a German program writes them: 1.234 for thousands, days first, %, kg, -999 for no value."""
    rng = np.random.default_rng(seed)
    rows = []
    for _ in range(n):
        income = int(rng.integers(600, 90_000))
        rows.append(
            [
                f"{income:,}".replace(",", "."),
                str(rng.integers(18, 92)),
                f"{rng.integers(1, 29):02}/{rng.integers(1, 13):02}/20{rng.integers(10, 24)}",
                f"{rng.integers(1, 100)}%",
                f"{rng.integers(40, 121)} kg",
                str(rng.choice(["Ulm", "Bonn", "Kiel"])),
                str(rng.choice(["ja", "nein", "Ja"])),
                str(rng.choice(MARKS)),
                "good" if income > 40_000 else "bad",
            ]
        )
    return rows


def written(
    path: Path, rows: Sequence[Sequence[str]], header: Sequence[str] | None = HEADER, delimiter: str = ";"
) -> Path:
    lines = [delimiter.join(row) for row in ([header] if header else []) + list(rows)]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


def model_of(path: Path, target: str = "answer", **reading: object) -> Model:
    """A model that has learned nothing yet, which is enough to ask it."""
    with open_table(path, overrides=reading) as table:
        session = Session()
        session.open(build_dataset(table, suggest_recipe(table, target)))
        model = session.model()
        session.close()
    save_model(path.with_suffix(".annviz"), model)
    return load_model(path.with_suffix(".annviz"))


@pytest.fixture(scope="module")
def german(tmp_path_factory: pytest.TempPathFactory) -> Model:
    path = tmp_path_factory.mktemp("german") / "train.csv"
    return model_of(written(path, german_rows(300)), forms=(("score", " without -999.0"),))


@pytest.fixture
def sound(german: Model) -> list[list[str]]:
    """Three rows in which there is nothing to tell of, without the answer."""
    del german
    values = ("1.925", "40", "03/04/2021", "45%", "70 kg", "Ulm", "ja", "5")
    return [list(values), ["20.000", *values[1:]], [*values[:5], "Bonn", "nein", "8"]]


def asked(model: Model, path: Path, **options: bool) -> tuple[Receipt, list[dict[str, str]]]:
    """The receipt, and the rows of the output."""
    output = io.StringIO()
    with open_for(model, path, **options) as rows:
        receipt = predict_table(rows, output)
        delimiter = rows.table.dialect.delimiter
        assert examine(rows) == receipt
    assert receipt_sentences(receipt) == [line for line in receipt_sentences(receipt) if line.strip()]
    json.dumps(receipt_json(receipt), allow_nan=False)
    return receipt, list(csv.DictReader(io.StringIO(output.getvalue()), delimiter=delimiter))


def inputs_of(model: Model, path: Path) -> np.ndarray:
    with open_for(model, path) as rows:
        return rows.reader.encode(rows.reader.read(0, rows.table.n_rows))


def test_a_sound_file_has_nothing_to_tell(german: Model, sound: list[list[str]], tmp_path: Path) -> None:
    """No sentence, though three rows could be read in other ways: 1.925 as a fraction, 03/04 as March."""
    receipt, rows = asked(german, written(tmp_path / "new.csv", sound, HEADER[:-1]))
    assert receipt == Receipt(n_rows=3, header_line=1, output_columns=receipt.output_columns)
    assert receipt_sentences(receipt) == []
    assert not receipt.changed_answers
    assert [row["row"] for row in rows] == ["2", "3", "4"]


def test_marks_dates_units_and_signs_are_read_as_learned(german: Model, sound: list[list[str]], tmp_path: Path) -> None:
    """Each cell of a file of one row is the number that the training file would have made of it."""
    X = inputs_of(german, written(tmp_path / "new.csv", sound[:1], HEADER[:-1]))[0]
    expected = german.encoder.encode_row(dict(zip(HEADER, sound[0], strict=False)))
    np.testing.assert_allclose(X, expected, rtol=1e-6)
    values = german.encoder.decode_row(X)
    assert values["income"] == pytest.approx(1925, rel=1e-4)
    assert values["rate"] == pytest.approx(45, rel=1e-4)
    assert values["weight"] == pytest.approx(70, rel=1e-4)
    assert values["since"] == "April 2021, Saturday"


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


def test_columns_missing_extra_and_renamed(german: Model, sound: list[list[str]], tmp_path: Path) -> None:
    """Names are the same but for case, blanks, marks that nobody sees and the way an accent is put."""
    names = ["Income", " age ", "SI\u200bNCE", "rate", "\ufeffweight", "City", "member", "Punkte"]
    path = written(tmp_path / "new.csv", [[*row, "x"] for row in sound], [*names, "remark"])
    with pytest.raises(DataError, match="lacks the column 'score'"):
        open_for(german, path)
    receipt, rows = asked(german, path, fill_columns=True)
    assert receipt.missing_columns == ("score",)
    assert receipt.extra_columns == ("Punkte", "remark")
    assert receipt.renamed == (("income", "Income"), ("since", "SINCE"), ("city", "City"))
    assert len(rows) == 3
    assert receipt.changed_answers
    assert not replace(receipt, missing_columns=()).changed_answers  # the rest changes nothing


def test_two_columns_that_may_be_meant_are_none(german: Model, sound: list[list[str]], tmp_path: Path) -> None:
    """Of City and CITY, neither is taken; but where one is written as learned, it is."""
    names = [*HEADER[:5], "City", "member", "score", "CITY"]
    with pytest.raises(DataError, match="lacks the column 'city'"):
        open_for(german, written(tmp_path / "new.csv", [[*row, "Ulm"] for row in sound], names))
    names[5] = "city"
    receipt, _ = asked(german, written(tmp_path / "new.csv", [[*row, "Ulm"] for row in sound], names))
    assert receipt.renamed == ()


def test_what_is_written_otherwise(german: Model, sound: list[list[str]], tmp_path: Path) -> None:
    """American marks and dates are read as they are, and said; pounds are no kilograms, so they are not read."""
    rows = [
        ["1,925.50", "40", "12/31/2021", "0.45", "150 lb", "Ulm", "ja", "5"],
        ["2,000.00", "41", "05/16/2021", "0.50", "180 lb", "Ulm", "ja", "5"],
    ]
    path = written(tmp_path / "new.csv", [[f'"{row[0]}"', *row[1:]] for row in rows], HEADER[:-1], ",")
    receipt, _ = asked(german, path)
    assert receipt.differences == (
        Difference(column="income", kind="marks", learned="1.234,5", found="1,234.5"),
        Difference(column="since", kind="dates", learned="31/12/2024", found="12/31/2024"),
        Difference(column="rate", kind="sign", learned="%", found=""),
        Difference(column="weight", kind="unit", learned="kg", found="lb", is_read=False),
    )
    assert [(each.column, each.count) for each in receipt.unreadable] == [("weight", 2)]
    values = german.encoder.decode_row(inputs_of(german, path)[0])
    assert values["income"] == pytest.approx(1925.5, rel=1e-4)
    assert values["since"] == "December 2021, Friday"
    assert receipt.changed_answers


def test_what_the_user_says_of_a_file_wins_over_what_was_learned(
    german: Model, sound: list[list[str]], tmp_path: Path
) -> None:
    """1.925 is no thousand, and 03/04 is in March, in a file of which that was said."""
    path = written(tmp_path / "new.csv", sound, HEADER[:-1])
    said = {"thousands": None, "date_order": "mdy"}
    with open_for(german, path, overrides=said) as rows:
        values = german.encoder.decode_row(rows.reader.encode(rows.reader.read(0, 1))[0])
        kinds = [(each.column, each.kind) for each in examine(rows).differences]
    assert values["income"] == pytest.approx(1.925, rel=1e-2)
    assert values["since"] == "March 2021, Thursday"
    assert kinds == [("income", "marks"), ("since", "dates")]


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


@pytest.mark.parametrize("drop", [(), (2,)], ids=["with the target", "without"])
@pytest.mark.parametrize("learned", [True, False], ids=["learned with names", "learned without"])
@pytest.mark.parametrize("named", [True, False], ids=["names", "no names"])
def test_a_header_is_no_row_and_a_row_no_header(
    tmp_path: Path, learned: bool, named: bool, drop: tuple[int, ...]
) -> None:
    """Whichever of the two files has a line of names, as many rows are answered as there are, from the same inputs."""
    rng = np.random.default_rng(5)
    names = ["size", "letter", "answer", "points", "switch"]
    rows = [
        [f"{rng.random():.3f}", str(rng.choice([*"xyz"])), str(rng.choice(["yes", "no"])), str(rng.integers(100)), "on"]
        for _ in range(100)
    ]
    for row in rows[::2]:
        row[4] = "off"
    header = names if learned else None
    target = "answer" if learned else "column 3"
    model = model_of(written(tmp_path / "train.csv", rows, header, ","), target)
    kept = [place for place in range(5) if place not in drop]
    some = [[row[place] for place in kept] for row in rows[:4]]
    new = written(tmp_path / "new.csv", some, [names[place] for place in kept] if named else None, ",")
    receipt, answers = asked(model, new)
    assert receipt.n_rows == len(answers) == 4
    assert [row["row"] for row in answers] == [str(line + named) for line in range(1, 5)]
    assert receipt.header == ("" if learned == named else "only here" if named else "only learned")
    assert receipt.changed_answers == (receipt.header == "only learned")
    whole = written(tmp_path / "whole.csv", rows[:4], header, ",")
    np.testing.assert_array_equal(inputs_of(model, new), inputs_of(model, whole))


def test_no_two_columns_of_the_output_have_one_name(german: Model, sound: list[list[str]], tmp_path: Path) -> None:
    """A file that has been answered before can be answered again."""
    path = written(tmp_path / "new.csv", sound, HEADER[:-1])
    for n in range(3):
        _, rows = asked(german, path)
        assert len(rows[0]) == 8 + 4 * (n + 1)
        path = tmp_path / f"{n}.csv"
        path.write_text("\n".join(";".join(row) for row in ([*rows[0]], *(row.values() for row in rows))) + "\n")
    assert list(rows[0])[-4:] == ["row 3", "prediction 3", "probability_good 3", "probability_bad 3"]


def test_empty_boxes_are_no_and_whole_numbers_may_have_become_fractions(tmp_path: Path) -> None:
    """Beside a box that is not ticked, nothing is missing; a program that knows fractions only writes 2 as 2.0."""
    rng = np.random.default_rng(6)
    rows = [[str(rng.integers(1, 4)), str(rng.choice(["x", ""])), f"{rng.random():.3f}"] for _ in range(100)]
    path = written(tmp_path / "train.csv", rows, ["floor", "sold", "price"], ",")
    with open_table(path) as table:
        session = Session()
        recipe = suggest_recipe(table, "price").with_plan("floor", Plan(treat="category"))
        session.open(build_dataset(table, recipe))
        model = session.model()
        session.close()
    new = written(tmp_path / "new.csv", [["2.0", ""], ["3.0", "x"], ["2.5", ""]], ["floor", "sold"], ",")
    receipt, _ = asked(model, new)
    assert receipt.unknown == (Unknown(column="floor", count=1, values=(("2.5", 1, 4),), counted_as="none"),)
    assert not receipt.filled
    expected = [model.encoder.encode_row({"floor": floor, "sold": sold}) for floor, sold in (("2", ""), ("3", "x"))]
    np.testing.assert_array_equal(inputs_of(model, new)[:2], expected)


def test_other_words_for_yes_and_no(german: Model, sound: list[list[str]], tmp_path: Path) -> None:
    """1, yes and TRUE always mean the same, which is said; x does not."""
    for row, answer in zip(sound, ["1", "FALSE", "x"], strict=True):
        row[6] = answer
    path = written(tmp_path / "new.csv", sound, HEADER[:-1])
    receipt, _ = asked(german, path)
    (difference,) = receipt.differences
    assert (difference.column, difference.kind, difference.learned.casefold()) == ("member", "answers", "nein and ja")
    assert set(difference.found.split(" and ")) == {"1", "FALSE"}
    assert [each.values for each in receipt.unknown] == [(("x", 1, 4),)]
    expected = [
        german.encoder.encode_row(dict(zip(HEADER, [*row[:6], yes, row[7]], strict=False)))
        for row, yes in zip(sound, ["ja", "nein", ""], strict=True)
    ]
    np.testing.assert_allclose(inputs_of(german, path), expected, rtol=1e-6)


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


def tables() -> Iterator[tuple[str, str]]:
    yield from (
        ("Churn_Modelling.csv", "Exited"),
        ("titanic_train.csv", "Survived"),
        ("winequality-red.csv", "quality"),
        ("insurance.csv", "charges"),
        ("mushrooms.csv", "type"),
    )


@pytest.mark.skipif(not SHARED.is_dir(), reason="the shared data files are not there")
@pytest.mark.parametrize(("name", "target"), list(tables()))
def test_the_training_file_itself_is_read_back(name: str, target: str, tmp_path: Path) -> None:
    """Every input of every row is that which was learned from, and nothing is unknown, unread or written otherwise."""
    with open_table(SHARED / name) as table:
        session = Session()
        dataset = build_dataset(table, suggest_recipe(table, target))
        session.open(dataset)
        model = session.model()
        session.close()
        X = dataset.encoder.encode(table)
        with open_for(model, SHARED / name) as rows:
            np.testing.assert_array_equal(rows.reader.encode(rows.reader.read(0, table.n_rows)), X)
            receipt = examine(rows)
    assert not (receipt.unreadable or receipt.differences or receipt.n_left_out or receipt.extra_columns)
    missing = {f.column: table.column(f.column).n_missing for f in model.encoder.features}
    assert {each.column: each.count for each in receipt.filled} == {name: n for name, n in missing.items() if n}


def test_every_difference_has_a_sentence_of_its_own() -> None:
    """Marks, dates, units, signs and answers, there or not there, and whether the cells were read."""
    kinds = [
        ("marks", "1.234,5", "1,234.5", True),
        ("dates", "31/12/2024", "12/31/2024", True),
        ("unit", "kg", "lb", False),
        ("unit", "kg", "", True),
        ("sign", "", "%", True),
        ("sign", "€", "$", True),
        ("answers", "no and yes", "0 and 1", True),
    ]
    differences = [
        Difference(column="c", kind=kind, learned=learned, found=found, is_read=read)
        for kind, learned, found, read in kinds
    ]
    as_is = "read as they stand, without converting"
    assert receipt_sentences(Receipt(n_rows=1, differences=tuple(differences))) == [
        "c is written like 1,234.5 here, like 1.234,5 in the training file: read as here",
        "c is written like 12/31/2024 here, like 31/12/2024 in the training file: read as here",
        "c is in 'lb' here, in 'kg' in the training file: its cells were not read",
        f"c has nothing beside its numbers here, 'kg' in the training file: {as_is}",
        f"c has '%' beside its numbers here, nothing in the training file: {as_is}",
        f"c is in '$' here, in '€' in the training file: {as_is}",
        "c says 0 and 1 here, no and yes in the training file: taken for the same answers",
    ]


def test_many_columns_are_told_in_one_sentence() -> None:
    """The first by name, the others by number; nothing is left out of the counts."""
    filled = tuple(Filled(column=f"c{n}", count=n, fill=0.0) for n in range(1, 21))
    said = receipt_sentences(Receipt(n_rows=100, filled=filled))
    assert said[0] == "c1: 1 cell without a value, so 0 stands in"
    assert said[5:] == ["15 more columns have cells without a value, filled in (195 cells)"]
    assert len(said) == 6


def test_what_stands_in_a_file_is_shown_as_it_is() -> None:
    """Names and cells may be markup or steer a terminal: they are cut, and quoted letter by letter."""
    cell = "<img src=x>\x1b[2J" + "y" * 100
    (said,) = receipt_sentences(
        Receipt(n_rows=1, unreadable=(Unreadable(column="<b>c</b>", count=1, examples=((cell, 2),), fill=1.0),))
    )
    assert "<b>c</b>: 1 cell" in said and "<img src=x>" in said
    assert said.isprintable() and len(said) < 120
