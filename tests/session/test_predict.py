"""Answers of a model for the rows of a table."""

from __future__ import annotations

import csv
import io
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from ann_viz.data import Dataset, build_dataset, open_table, suggest_recipe
from ann_viz.data.encoding.recipe import Plan
from ann_viz.data.encoding.scaling import unscaled
from ann_viz.engine import TrainConfig
from ann_viz.errors import DataError
from ann_viz.session import Model, Session, load_model, save_model
from ann_viz.session.new_rows import NewRows, open_for
from ann_viz.session.predict import predict_file, predict_table


def model_of(dataset: Dataset, path: Path) -> Model:
    session = Session(TrainConfig(epochs=20))
    session.open(dataset)
    session.train()
    assert session.wait(30)
    save_model(path, session.model())
    return load_model(path)


def predicted(model: Model, path: Path) -> list[dict[str, str]]:
    output = io.StringIO()
    with open_for(model, path) as rows:
        assert predict_table(rows, output).n_rows == rows.table.n_rows
        delimiter = rows.table.dialect.delimiter
    return list(csv.DictReader(io.StringIO(output.getvalue()), delimiter=delimiter))


def encoded(rows: NewRows) -> NDArray[np.float32]:
    """The inputs of all rows."""
    return rows.reader.encode(rows.reader.read(0, rows.table.n_rows))


def test_each_row_gets_its_class_and_probabilities(circles: Dataset, tmp_path: Path) -> None:
    # Intention: the rows come back as they were, with the network's own numbers beside them.
    model = model_of(circles, tmp_path / "m")
    rows = predicted(model, circles.table.path)
    assert list(rows[0]) == ["x", "y", "colour", "inside", "row", "prediction", "probability_no", "probability_yes"]
    assert [row["row"] for row in rows] == [str(line) for line in range(2, len(rows) + 2)]
    assert [tuple(row.values())[:4] for row in rows] == [tuple(row) for row in circles.table.rows()]
    P = model.network.predict(model.encoder.encode(circles.table))[:, 0]
    np.testing.assert_allclose([float(row["probability_yes"]) for row in rows], P, rtol=1e-6)
    assert all(row["prediction"] == ("yes" if p >= 0.5 else "no") for row, p in zip(rows, P, strict=True))


def test_many_classes_have_a_probability_each(flowers: Dataset, tmp_path: Path) -> None:
    # Intention: probabilities of all classes add up to one and the largest is the prediction.
    rows = predicted(model_of(flowers, tmp_path / "m"), flowers.table.path)
    assert len(rows) == flowers.table.n_rows
    for row in rows:
        shares = {name: float(row[f"probability_{name}"]) for name in ("daisy", "rose", "tulip")}
        assert abs(sum(shares.values()) - 1) < 1e-5
        assert row["prediction"] == max(shares, key=lambda name: shares[name])


def test_numbers_come_back_in_their_own_units(houses: Dataset, tmp_path: Path) -> None:
    # Intention: a price is predicted as a price; columns may stand in another order and the target may be absent.
    model = model_of(houses, tmp_path / "m")
    path = tmp_path / "new.csv"
    path.write_text("rooms;note;area\n3;nice;100,5\n5;loud;\n2;far;60,0\n4;dear;88,25\n")
    rows = predicted(model, path)
    assert list(rows[0]) == ["rooms", "note", "area", "row", "prediction"]
    prices = [float(row["prediction"].replace(",", ".")) for row in rows]
    X = np.array([model.encoder.encode_row({"area": "60.0", "rooms": "2"})])
    np.testing.assert_allclose(prices[2], model.encoder.decode_target(model.network.predict(X))[0], rtol=1e-5)
    assert all("." not in row["prediction"] for row in rows)


def test_missing_columns_are_named(circles: Dataset, tmp_path: Path) -> None:
    # Intention: the message says which column to add.
    model = model_of(circles, tmp_path / "m")
    path = tmp_path / "new.csv"
    path.write_text("x,shade\n1.5,grey\n0.5,red\n0.7,red\n0.2,grey\n")
    with pytest.raises(DataError, match=r"lacks the columns 'y' and 'colour'.* Its columns are 'x' and 'shade'"):
        open_for(model, path)
    with open_table(path) as table, pytest.raises(DataError, match="lacks the columns"):
        NewRows(model, table)


def test_file_is_read_like_the_training_file_if_need_be(tmp_path: Path, circles: Dataset) -> None:
    # Intention: a reading option the user chose for the training file is tried before a new file is refused.
    model = model_of(circles, tmp_path / "m")
    path = tmp_path / "odd.csv"
    path.write_text("x,y,colour\n" + "1;2,3;4,5;6\n" * 6)
    with open_for(model, path) as rows:
        assert [column.name for column in rows.table.columns] == ["x", "y", "colour"]


def test_odd_values_get_an_answer(circles: Dataset, tmp_path: Path) -> None:
    # Intention: colours never seen, words for numbers and wild numbers are answered, not refused.
    model = model_of(circles, tmp_path / "m")
    path = tmp_path / "odd.csv"
    path.write_text("x,y,colour\n1e99,0.5,purple\nnear,-1e50,\n,,red\n0.1,0.2,grey\n")
    rows = predicted(model, path)
    assert len(rows) == 4
    assert all(0.0 <= float(row["probability_yes"]) <= 1.0 for row in rows)
    usual = model.network.predict(model.encoder.encode_row({"x": "0.1", "y": "0.2", "colour": "grey"})[None])
    np.testing.assert_allclose(float(rows[3]["probability_yes"]), usual[0, 0], rtol=1e-5)


def test_a_row_without_an_answer_is_named(circles: Dataset, tmp_path: Path) -> None:
    # Intention: where sums overflow there is a sentence, and no file with holes in it.
    model = model_of(circles, tmp_path / "m")
    model.network.params[:] *= 1e25
    path, out = tmp_path / "odd.csv", tmp_path / "out.csv"
    path.write_text("x,y,colour\n0,0,grey\n1e9,-1e9,red\n0.5,0.5,red\n")
    out.write_text("old")
    with open_for(model, path) as rows, pytest.raises(DataError, match="no answer for line 2"):
        predict_file(rows, out)
    assert out.read_text() == "old"


def test_a_text_that_was_ignored_need_not_be_there(circles: Dataset, tmp_path: Path) -> None:
    # Intention: only columns that became inputs are asked for.
    recipe = replace(circles.recipe, plans=(("colour", Plan(treat="text")),))
    model = model_of(build_dataset(circles.table, recipe), tmp_path / "m")
    path = tmp_path / "new.csv"
    path.write_text("x,y\n1.5,0.5\n0.5,0.25\n0.7,2.5\n")
    assert len(predicted(model, path)) == 3


def test_answers_do_not_depend_on_how_many_rows_are_read_at_once(
    circles: Dataset, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # Intention: a long table is answered in blocks, row for row as in one go.
    model = model_of(circles, tmp_path / "m")
    whole = predicted(model, circles.table.path)
    monkeypatch.setattr("ann_viz.session.predict.ROWS_AT_ONCE", 50)
    assert [row["prediction"] for row in predicted(model, circles.table.path)] == [row["prediction"] for row in whole]


def test_marks_of_the_training_file_win_over_a_guess(tmp_path: Path) -> None:
    # Intention: three rows of a new file can't tell 1.925 from 1925; the model knows.
    incomes = [900 + 7919 * i % 8100 for i in range(120)]
    rows = [f"{income:,}".replace(",", ".") + f";{income // 100},5" for income in incomes]
    train = tmp_path / "train.csv"
    train.write_text("\n".join(["income;rent", *rows]), encoding="utf-8")
    with open_table(train) as table:
        dataset = build_dataset(table, suggest_recipe(table, "rent"))
        model = model_of(dataset, tmp_path / "m")
    new = tmp_path / "new.csv"
    new.write_text("income;rent\n1.925;19,5\n", encoding="utf-8")
    with open_for(model, new) as rows:
        expected = model.encoder.encode_row({"income": "1.925"})
        np.testing.assert_allclose(encoded(rows)[0], expected)
        feature = model.encoder.features[0]
        assert unscaled(float(expected[0]), feature.scaling, feature.mean, feature.std) == pytest.approx(1925, rel=1e-5)


def test_numbers_that_mean_missing_do_so_in_new_files(tmp_path: Path) -> None:
    # Intention: -200 was said to be no value; in a file of other rows it is filled as there, however that is written.
    values = [-200 if i % 5 == 0 else 50 + 7919 * i % 97 for i in range(100)]
    train, new = tmp_path / "train.csv", tmp_path / "new.csv"
    train.write_text("\n".join(["x,y", *(f"{x},{x % 7}" for x in values)]), encoding="utf-8")
    new.write_text("x,y\n-200,1\n1,2\n", encoding="utf-8")
    with open_table(train, overrides={"forms": [("x", " without -200.0")]}) as table:
        model = model_of(build_dataset(table, suggest_recipe(table, "y")), tmp_path / "m")
    with open_for(model, new) as rows:
        X = encoded(rows)
    assert X[0, 0] == model.encoder.encode_row({"x": ""})[0]
    assert X[1, 0] != X[0, 0]
