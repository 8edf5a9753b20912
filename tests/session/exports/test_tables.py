"""Tables: the numbers are exact, rows are inside only when asked for, and every kind of file holds the same."""

from __future__ import annotations

import csv
import io
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from ann_viz.data import open_table
from ann_viz.engine.arrays import layer_matrices
from ann_viz.errors import DataError, OutputError
from ann_viz.session.exports import Subject, format_for, wish_for
from ann_viz.session.exports.tables import TABLES

FORMAT = format_for("tables")


def rows_of(subject: Subject, table: str, *, rows: bool = False) -> list[dict[str, str]]:
    content = FORMAT.write(subject, wish_for(FORMAT, "x.csv", rows=rows, chosen={"table": table}))
    return list(csv.DictReader(io.StringIO(content.decode("utf-8"))))


def test_the_option_names_every_table() -> None:
    assert FORMAT.options[0].choices == tuple(TABLES)


def test_weights_come_back_exactly(train: Any) -> None:
    subject = train("city")
    rows = rows_of(subject, "weights")
    network = subject.model.network
    found = np.array([row["weight"] for row in rows], np.float32)
    np.testing.assert_array_equal(found, network.params)
    assert len(layer_matrices(found, network.config.sizes)) == int(rows[-1]["layer"])
    assert rows[0]["from"] == subject.model.encoder.input_names[0]
    assert (rows[-1]["from"], rows[-1]["to"]) == ("bias", subject.model.encoder.class_names[-1])


def test_history_has_a_row_per_epoch(train: Any) -> None:
    subject = train()
    rows = rows_of(subject, "history")
    assert [row["epoch"] for row in rows] == ["0", "1", "2"]
    np.testing.assert_array_equal([float(row["train_loss"]) for row in rows], subject.history.train_loss)


@pytest.mark.parametrize("target", ["left", "spend", "city"])
def test_answers_are_those_of_the_engine_with_line_and_part(train: Any, target: str) -> None:
    subject = train(target)
    dataset, rows = subject.dataset, rows_of(subject, "answers")
    output = subject.model.network.predict(dataset.X)
    answers = subject.model.encoder.decode_target(output)
    assert [int(row["row"]) - 3 for row in rows] == dataset.source_rows.tolist()  # the header has two lines
    assert [row["part"] for row in rows].count("train") == len(dataset.train)
    if target == "spend":
        np.testing.assert_allclose([float(row["prediction"]) for row in rows], answers)
        return
    assert [row["prediction"] for row in rows] == answers.tolist()
    last = f"probability_{subject.model.encoder.class_names[-1]}"
    np.testing.assert_allclose([float(row[last]) for row in rows], output[:, -1])


def test_rows_are_inside_only_when_asked_for(train: Any) -> None:
    subject = train()
    assert set(rows_of(subject, "answers")[0]) == {"row", "part", "prediction", "probability_no", "probability_yes"}
    with_rows = rows_of(subject, "answers", rows=True)
    assert with_rows[3]["street"] == subject.dataset.raw(3)[6] and with_rows[3]["left"] in ("yes", "no")
    with pytest.raises(OutputError, match="Only the table of answers"):
        rows_of(subject, "weights", rows=True)


def test_parquet_holds_the_same(train: Any, tmp_path: Path) -> None:
    subject = train()
    path = tmp_path / "answers.parquet"
    path.write_bytes(FORMAT.write(subject, wish_for(FORMAT, str(path))))
    with open_table(path) as table:
        expected = [float(row["probability_yes"]) for row in rows_of(subject, "answers")]
        np.testing.assert_allclose(table.numbers(table.column("probability_yes").index), expected)


def test_what_is_not_known_is_said(train: Any) -> None:
    bare = Subject(model=train().model, name="m.annviz", why_no_data="A model file does not know its data.")
    with pytest.raises(OutputError, match="does not know how it was trained"):
        rows_of(bare, "history")
    with pytest.raises(DataError, match="does not know its data"):
        rows_of(bare, "answers")
