"""Files written as a German program writes them, a model that learned from one, and what it tells of another."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from ann_viz.data import build_dataset, open_table, suggest_recipe
from ann_viz.session import Model, Receipt, Session, load_model, save_model
from ann_viz.session.new_rows import open_for
from ann_viz.session.predict import examine, predict_table
from ann_viz.session.receipt import receipt_json
from ann_viz.session.receipt_words import receipt_sentences

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
