"""Make iris.csv, breast_cancer.csv, digits.csv and penguins.csv from the packages that carry the real data.

Needs scikit-learn and palmerpenguins (`pip install --no-deps palmerpenguins`), which ANN Viz itself does not.
"""

from __future__ import annotations

import csv
import importlib.util
from pathlib import Path
from typing import Any

from sklearn import datasets

HERE = Path(__file__).parent


def _write(name: str, header: list[str], rows: list[list[Any]]) -> None:
    with (HERE / name).open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(header)
        writer.writerows(rows)


def _named(bunch: Any, target: str) -> tuple[list[str], list[list[Any]]]:
    header = [name.replace(" (cm)", "_cm").replace(" ", "_") for name in bunch.feature_names]
    rows = [
        [*(f"{v:.6g}" for v in row), bunch.target_names[label]]
        for row, label in zip(bunch.data, bunch.target, strict=True)
    ]
    return [*header, target], rows


def _digits() -> tuple[list[str], list[list[Any]]]:
    bunch = datasets.load_digits()
    rows = [[*(int(v) for v in row), int(label)] for row, label in zip(bunch.data, bunch.target, strict=True)]
    return [*(f"pixel_{i}" for i in range(64)), "digit"], rows


def _penguins() -> tuple[list[str], list[list[Any]]]:
    spec = importlib.util.find_spec("palmerpenguins")  # found, not imported: importing it would need pandas
    assert spec is not None and spec.origin is not None, "pip install --no-deps palmerpenguins"
    with Path(spec.origin).with_name("data").joinpath("penguins.csv").open(encoding="utf-8", newline="") as file:
        header, *rows = list(csv.reader(file))
    return header, rows


if __name__ == "__main__":
    _write("iris.csv", *_named(datasets.load_iris(), "species"))
    _write("breast_cancer.csv", *_named(datasets.load_breast_cancer(), "diagnosis"))
    _write("digits.csv", *_digits())
    _write("penguins.csv", *_penguins())
