"""How far the answers of exported files are from the window's, on every row of three samples.

Run by hand: ``python tests/bench/round_trips.py``; PyTorch, Keras and ONNX Runtime are tried where they are installed.
"""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from importlib.util import find_spec
from typing import Any

import numpy as np

import ann_viz
from ann_viz.data.encoding.inputs import cells_of
from ann_viz.library.experiment import Experiment
from ann_viz.resources import resource
from ann_viz.session.exports import Subject, format_for, wish_for
from ann_viz.session.exports.onnx.columns import input_name
from ann_viz.session.exports.to_portable import portable_model

SAMPLES = (("bank_customers.csv", "Exited"), ("digits.csv", "digit"), ("house_prices.csv", "price"))
EPOCHS = 12


def texts_of(subject: Subject) -> list[dict[str, str | None]]:
    """Return all rows as they stand in the table."""
    dataset = subject.dataset
    assert dataset is not None
    names = [column.name for column in dataset.table.columns]
    return [dict(zip(names, dataset.raw(place), strict=True)) for place in range(len(dataset.X))]


def by_script(name: str) -> Callable[[bytes, Subject], Any]:
    """Return what asks a script."""

    def asked(content: bytes, subject: Subject) -> Any:
        names: dict[str, Any] = {"__name__": "script"}
        exec(compile(content.decode("utf-8"), f"{name}.py", "exec"), names)
        assert names["check"]()
        return names["outputs_of"](texts_of(subject))

    return asked


def by_onnx(content: bytes, subject: Subject) -> Any:
    """Ask ONNX Runtime."""
    import onnxruntime

    dataset, encoder, rows = subject.dataset, subject.model.encoder, texts_of(subject)
    assert dataset is not None
    source = np.asarray(dataset.source_rows[:])
    feed = {}
    for column, feature in zip(portable_model(subject.model).columns, encoder.features, strict=True):
        if column.kind in ("category", "yes_no"):
            feed[input_name(column)] = np.array([[row[column.name] or ""] for row in rows], dtype=object)
        else:
            (cells,) = dataset.table.read([cells_of(feature, dataset.table)], 0, dataset.table.n_rows)
            feed[input_name(column)] = np.asarray(cells, np.float64)[source, None]
    session = onnxruntime.InferenceSession(content, providers=["CPUExecutionProvider"])
    found = session.run(None, feed)[-1]
    return found[:, 1:] if subject.model.recipe.task == "binary" else found


WAYS: tuple[tuple[str, str, Callable[[bytes, Subject], Any]], ...] = (
    ("python", "numpy", by_script("python")),
    ("pytorch", "torch", by_script("pytorch")),
    ("keras", "keras", by_script("keras")),
    ("onnx", "onnxruntime", by_onnx),
)


def tried(experiment: Experiment, name: str) -> None:
    """Print a line for every format."""
    subject = experiment.subject
    dataset, encoder = subject.dataset, subject.model.encoder
    assert dataset is not None
    output = np.asarray(subject.model.network.predict(dataset.X[:]), np.float64)
    is_number = subject.model.recipe.task == "regression"
    expected = encoder.decode_target(output)[:, None] if is_number else output
    for to, needs, ask in WAYS:
        if find_spec(needs) is None:
            continue
        format, begin = format_for(to), time.perf_counter()
        content = format.write(subject, wish_for(format))
        seconds = time.perf_counter() - begin
        far = np.abs(np.asarray(ask(content, subject), np.float64) - expected).max()
        far = far / encoder.target_std if is_number else far
        unit = "standard deviations" if is_number else "of a chance"
        print(f"{name:20} {to:8} {len(content):8,} bytes {seconds:5.2f} s  farthest answer {far:.1e} {unit}")


def main() -> None:
    """Train on every sample and try every format."""
    os.environ.setdefault("KERAS_BACKEND", "torch")
    for file, target in SAMPLES:
        with ann_viz.open(resource("samples", file), target=target) as experiment:
            tried(experiment.train(epochs=EPOCHS), file)


if __name__ == "__main__":
    main()
