"""New rows are found, told from a header and read as learned, however their file is written."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from told_files import HEADER, asked, inputs_of, model_of, written

from ann_viz.data import build_dataset, open_table, suggest_recipe
from ann_viz.data.encoding.recipe import Plan
from ann_viz.errors import DataError
from ann_viz.session import Model, Session
from ann_viz.session.new_rows import open_for
from ann_viz.session.predict import examine
from ann_viz.session.receipt import Difference, Unknown

SHARED = Path(__file__).parents[3] / "shared" / "data"


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
