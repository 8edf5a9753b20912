"""A hundred classes of long names, and dates: what is drawn is called by its own name, and can be read."""

from __future__ import annotations

from pathlib import Path

import numpy as np
from PySide6.QtCore import QPointF
from PySide6.QtGui import QFontMetricsF

from ann_viz.numerals import percent
from ann_viz.session.headless import open_dataset
from ann_viz.ui.canvas.input_names import cell_lines

N = 100


def table(path: Path) -> Path:
    """A class per colony, told by one column; a date beside it."""
    rows = [
        f"2021-0{1 + n % 9}-15,{n % N + 0.25 * (n // N % 3):.2f},chinstrap_colony_{n % N:03}_n" for n in range(6 * N)
    ]
    path.write_text("\n".join(["date,size,colony", *rows]) + "\n", encoding="utf-8")
    return path


def test_the_likeliest_classes_stand_beside_their_own_chances(window, tmp_path: Path) -> None:
    """20 of 100 are drawn, the answer among them, whatever row is shown; the rest is counted, and the bar says it."""
    window.bridge.open_dataset(open_dataset(table(tmp_path / "colonies.csv")))
    canvas, document = window.canvas_card.canvas, window.bridge.document
    assert document.network_config.n_outputs == N
    for row in (0, 57, 93):
        window.bridge.step("batch")
        window.bridge.set_example(row)
        stage = canvas.stage
        assert canvas.frame is not None
        output = document.model_network.predict(document.dataset.X[row : row + 1])[0]
        shown = stage.arrangement.shown[-1]
        assert set(shown) == set(np.argsort(-output, kind="stable")[:20])
        assert stage.answer.best == int(np.argmax(output)) in shown
        assert [stage.answer.texts[place] for place in shown] == [percent(float(output[place])) for place in shown]
        assert stage.arrangement.more(len(stage.arrangement.shown) - 1) == "+80 more"
        bar = window.canvas_card.example_bar
        assert bar.says.isVisible() and f"{stage.answer.best:03}_n · " in bar.says.words
    labels = stage.arrangement.labels
    assert labels.dates == {"date"} and dict(zip((g[0] for g in labels.groups), labels.cells, strict=True))["date"]


def test_a_date_with_a_time_takes_two_lines(qapp) -> None:
    metrics = QFontMetricsF(qapp.font())
    assert cell_lines("", metrics, 80.0) == ()
    assert cell_lines("2021-08-04", metrics, 500.0) == ("2021-08-04",)
    for cell in ("2021-08-04 13:30", "2021-08-04T13:30"):
        assert cell_lines(cell, metrics, 80.0) == ("2021-08-04", "13:30")


def test_a_name_says_what_its_circle_says(window, tmp_path: Path) -> None:
    """Of an output and of an input, however much of it has room; between names, nothing."""
    window.bridge.open_dataset(open_dataset(table(tmp_path / "colonies.csv")))
    window.bridge.step("batch")
    canvas = window.canvas_card.canvas
    canvas.grab()
    layout, to_widget = canvas.frame.layout, canvas.viewport.transform().map
    shown = canvas.stage.arrangement.shown
    last, names = len(shown) - 1, canvas.stage.arrangement.facts.neuron_names
    for place in (0, 19):
        beside = to_widget(layout.x[last] + layout.radius[last] + 20, float(layout.y[last][place]))
        assert names[last][shown[last][place]] in canvas.describe_at(QPointF(*beside))
    before = to_widget(layout.x[0] - layout.radius[0] - 40, float(layout.y[0][-1]))
    assert "size" in canvas.describe_at(QPointF(*before))
    above = to_widget(layout.x[0] - layout.radius[0] - 40, float(layout.y[0][0]) - 30)
    assert canvas.describe_at(QPointF(*above)) == ""
