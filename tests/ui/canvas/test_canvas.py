"""The network picture answers mouse and keys."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QPoint, QPointF, QSize, Qt
from PySide6.QtGui import QImage, QNativeGestureEvent, QPointingDevice
from PySide6.QtWidgets import QSpinBox
from pytestqt.qtbot import QtBot

from ann_viz.data import build_dataset
from ann_viz.explain.input_labels import InputLabels
from ann_viz.explain.wording import binary_names
from ann_viz.numerals import use_marks
from ann_viz.scene import Connection, Neuron
from ann_viz.scene.curves import FINE_PIECES
from ann_viz.session import Speed
from ann_viz.session.headless import open_dataset
from ann_viz.session.samples import samples
from ann_viz.session.tips import headings
from ann_viz.ui.canvas.input_names import fold_box
from ann_viz.ui.canvas.stage import PIECES
from ann_viz.ui.document.saving import picture_of


def neuron_at(canvas, column: int, index: int) -> QPoint:
    """Return where a neuron stands."""
    layout = canvas.frame.layout
    return QPoint(round(layout.x[column]), round(float(layout.y[column][index])))


def test_a_click_selects_and_the_rest_fades(bank, canvas, qtbot) -> None:
    """A neuron is selected by a click; a click beside everything lets go of it."""
    qtbot.mouseClick(canvas, Qt.MouseButton.LeftButton, pos=neuron_at(canvas, 1, 2))
    assert bank.view.selection == Neuron(1, 2)
    assert canvas.frame.faded[1].tolist() == [True, True, False, True, True, True]
    assert "Hidden layer 1, neuron 3" in canvas.accessibleDescription()
    qtbot.mouseClick(canvas, Qt.MouseButton.LeftButton, pos=QPoint(5, canvas.height() - 5))
    assert bank.view.selection is None and canvas.frame.faded == ()


def test_a_line_says_its_weight_and_signal(bank, canvas) -> None:
    """The tooltip of a connection has both ends, w and w·a of the shown row."""
    frame = canvas.frame
    pieces, connection = (
        frame.lines.pieces.reshape(len(frame.lines.connections), -1, 4),
        int(frame.lines.connections[-1]),
    )
    text = canvas.describe_at(QPointF(*pieces[-1, 4, :2]))
    gap_sizes = [w.size for w in bank.bridge.document.snapshot.W]
    gap = int(np.searchsorted(np.cumsum(gap_sizes), connection, side="right"))
    local = connection - sum(gap_sizes[:gap])
    weight = bank.bridge.document.snapshot.W[gap].ravel()[local]
    assert f"weight {weight:+.2f}".replace("-", "\N{MINUS SIGN}") in text
    assert "→" in text and "signal" in text and "gradient" in text


def test_arrows_walk_and_escape_lets_go(bank, canvas, qtbot) -> None:
    """Down walks the layer and stays at its end; left and right change the layer."""
    bank.view.select(Neuron(1, 4))
    for key, expected in (
        (Qt.Key.Key_Down, Neuron(1, 5)),
        (Qt.Key.Key_Down, Neuron(1, 5)),
        (Qt.Key.Key_Right, Neuron(2, 5)),
        (Qt.Key.Key_Up, Neuron(2, 4)),
    ):
        qtbot.keyClick(canvas, key)
        assert bank.view.selection == expected
    qtbot.keyClick(canvas, Qt.Key.Key_Escape)
    assert bank.view.selection is None


def test_lines_show_what_was_chosen(bank, canvas, qtbot) -> None:
    """Each segment changes what the lines are; the number behind a line is the engine's."""
    snapshot = bank.bridge.document.snapshot
    bank.actions_by_id["lines_gradients"].trigger()
    np.testing.assert_array_equal(canvas.frame.line_numbers[: snapshot.dW[0].size], snapshot.dW[0].ravel())
    assert bank.canvas_card.example_bar.modes.value == "gradients"
    bank.actions_by_id["lines_change"].trigger()
    change = (snapshot.W[0] - snapshot.W_before[0]).ravel()
    assert change.any()
    np.testing.assert_array_equal(canvas.frame.line_numbers[: change.size], change)
    bank.actions_by_id["lines_signals"].trigger()
    x = bank.bridge.document.shown_row().values[0]
    expected = (snapshot.W[0] * x[:, None]).ravel()
    np.testing.assert_allclose(canvas.frame.line_numbers[: expected.size], expected, rtol=1e-6)


def test_training_moves_no_widget(bank, canvas, qtbot, monkeypatch) -> None:
    """While it learns nothing is arranged anew; the bar above once did so at every verdict, which halved the speed."""
    qtbot.waitUntil(lambda: canvas.layers.words is not None)
    arranged = []
    monkeypatch.setattr(canvas.stage, "arrange", lambda *area: arranged.append(area))
    words = canvas.layers.words.cacheKey()
    bank.bridge.set_speed(Speed())
    bank.bridge.train()
    qtbot.waitUntil(lambda: bank.bridge.document.snapshot.epoch >= 12)
    bank.bridge.pause()
    assert not arranged and canvas.layers.words.cacheKey() == words


def test_zoom_keeps_the_place_under_the_pointer(canvas, qtbot) -> None:
    """A neuron under the pointer stays there while the picture grows; 0 shows everything again."""
    point = QPointF(neuron_at(canvas, 1, 2))
    before = canvas.describe_at(point)
    canvas.zoom_by(2.0, point)
    assert canvas.zoom == 2.0 and canvas.describe_at(point) == before
    qtbot.keyClick(canvas, Qt.Key.Key_0)
    assert canvas.zoom == 1.0


def test_a_drag_moves_and_selects_nothing(bank, canvas, qtbot) -> None:
    """The picture follows the mouse while it is enlarged; the way back ends where it began."""
    canvas.zoom_by(2.0)
    here = QPointF(300, 300)
    before = canvas.viewport.to_picture(here)
    qtbot.mousePress(canvas, Qt.MouseButton.LeftButton, pos=QPoint(300, 300))
    qtbot.mouseMove(canvas, QPoint(340, 320))
    qtbot.mouseRelease(canvas, Qt.MouseButton.LeftButton, pos=QPoint(340, 320))
    assert canvas.viewport.to_picture(here) == before - QPointF(20, 10)
    assert bank.view.selection is None


def test_undo_takes_back_layers_and_hyperparameters(bank, qtbot) -> None:
    """The way of a slider is one step; layers come back in the order they were changed."""
    bridge = bank.bridge
    bridge.set_training(learning_rate=0.02)
    bridge.set_training(learning_rate=0.03)
    bank.actions_by_id["add_layer"].trigger()
    assert len(bridge.document.network_config.hidden) == 3
    bank.actions_by_id["undo"].trigger()
    assert len(bridge.document.network_config.hidden) == 2
    bank.actions_by_id["undo"].trigger()
    assert bridge.document.train_config.learning_rate == 0.01
    bank.actions_by_id["redo"].trigger()
    assert bridge.document.train_config.learning_rate == 0.03


def test_plus_and_minus_above_a_layer(bank, canvas, qtbot) -> None:
    """Plus adds a neuron to that layer and keeps the others' weights; minus takes it away."""
    before = bank.bridge.document.snapshot.W[0].copy()
    plus = QPoint(round(canvas.frame.layout.x[1] + 50), 74)
    qtbot.mouseClick(canvas, Qt.MouseButton.LeftButton, pos=plus)
    assert bank.bridge.document.network_config.sizes == (12, 7, 6, 1)
    np.testing.assert_array_equal(bank.bridge.document.snapshot.W[0][:, :6], before)
    minus = QPoint(round(canvas.frame.layout.x[2] - 50), 74)
    qtbot.mouseClick(canvas, Qt.MouseButton.LeftButton, pos=minus)
    assert bank.bridge.document.network_config.sizes == (12, 7, 5, 1)


def test_a_wrong_one_is_wrong(bank, qtbot) -> None:
    """The row found is answered wrongly; all rows between are right."""
    document = bank.bridge.document
    bank.bridge.set_example(10)
    bank.actions_by_id["wrong_example"].trigger()
    found = document.example
    X, Y = document.dataset.X[11 : found + 1], document.dataset.Y[11 : found + 1]
    wrong = (document.network.predict(X)[:, 0] > 0.5) != (Y[:, 0] > 0.5)
    assert wrong[-1] and not wrong[:-1].any()


def test_pixels_are_a_picture_and_wide_layers_say_what_is_left_out(bank, canvas) -> None:
    """The digits' 64 columns are 8 × 8; of 128 neurons 48 are drawn and 80 are named."""
    bank.open_sample(next(sample for sample in samples() if sample.file == "digits.csv"))
    config = bank.bridge.document.network_config
    bank.bridge.set_hidden((config.hidden[0].__class__(neurons=128),))
    frame = canvas.frame
    assert [len(values) for values in frame.values] == [61, 48, 10]
    assert canvas.stage.arrangement.picture.side == 8 and canvas.stage.arrangement.more(1) == "+80 more"
    assert frame.lines.n_drawn < frame.lines.n_total == 61 * 48 + 48 * 10


def test_selecting_turns_to_the_inspector_and_back(bank, canvas, qtbot) -> None:
    """A click on a neuron opens *Inspect*; letting go of it shows *Watch* again, and its chart catches up."""
    panel = bank.right_panel
    bank.view.select(Neuron(1, 2))
    assert panel.inspector.isVisible() and not panel.watch.isVisible()
    bank.view.select(None)
    assert panel.watch.isVisible() and not panel.inspector.isVisible()
    bank.actions_by_id["show_inspector"].trigger()
    assert panel.inspector.isVisible()
    bank.actions_by_id["show_watch"].trigger()
    assert panel.watch.isVisible()


def test_the_coming_step_of_a_weight_is_told_before_it_is_done(bank, canvas) -> None:
    """Phase by phase: with the whole gradient there, the clicked line tells its new weight; the update makes it so."""
    bridge, inspector = bank.bridge, bank.right_panel.inspector
    bank.view.select(Connection(0, 3, 2))
    assert inspector.update_card.isHidden()
    while bridge.document.explain_update(0, 3, 2) is None:
        bridge.step("phase")
    story = bridge.document.explain_update(0, 3, 2)
    assert not inspector.update_card.isHidden()
    assert inspector.update_card.words.endswith(f"new weight: {story.lines[-1].text}.")
    assert "average gradient: m = 0.9·" in inspector.update_card.words
    bridge.step("phase")
    assert bridge.document.snapshot.phase.kind == "update"
    assert bridge.document.snapshot.W[0][3, 2] == pytest.approx(story.after, rel=1e-5)
    assert inspector.update_card.isHidden()


def test_the_picture_speaks_both_voices(bank, canvas, qtbot) -> None:
    """Headings and tooltips change with the key that changes everything, with the same numbers."""
    stage, line, neuron = canvas.stage, Connection(0, 3, 2), Neuron(1, 2)
    plain = headings(2, bank.view.voice), stage.describe(line), stage.describe(neuron), picture_of(canvas, 1.0)
    bank.actions_by_id["toggle_voice"].trigger()
    technical = headings(2, bank.view.voice), stage.describe(line), stage.describe(neuron), picture_of(canvas, 1.0)
    assert all(one != other for one, other in zip(plain, technical, strict=True))
    for one, other in zip(plain[1:3], technical[1:3], strict=True):
        assert re.findall(r"[+−]?\d+\.\d+", one) == re.findall(r"[+−]?\d+\.\d+", other)
    assert "w·a" in technical[1] and "a = " in technical[2]
    bank.actions_by_id["toggle_voice"].trigger()
    assert headings(2, bank.view.voice) == plain[0]


def test_two_fingers_on_a_touchpad_zoom(canvas, qapp) -> None:
    """A pinch of the system's own zooms around the place where it happens."""
    place = QPointF(200, 150)
    before = canvas.viewport.to_picture(place)
    gesture = QNativeGestureEvent(
        Qt.NativeGestureType.ZoomNativeGesture,
        QPointingDevice.primaryPointingDevice(),
        2,
        place,
        place,
        QPointF(canvas.mapToGlobal(place.toPoint())),
        0.5,
        QPointF(),
        1,
    )
    qapp.sendEvent(canvas, gesture)
    assert canvas.zoom == pytest.approx(1.5)
    after = canvas.viewport.to_picture(place)
    assert (after.x(), after.y()) == (pytest.approx(before.x(), abs=0.5), pytest.approx(before.y(), abs=0.5))


def test_curves_are_finer_when_they_are_larger(bank, canvas) -> None:
    """Zoomed in, a curve has more pieces, and a line is still found under the pointer."""
    pieces = len(canvas.frame.lines.pieces)
    canvas.zoom_by(4.0)
    frame = canvas.frame
    assert FINE_PIECES * len(frame.lines.pieces) == PIECES[-1] * pieces
    mark = Connection(0, 7, 1)
    assert canvas.stage.mark_at(*canvas.stage.arrangement.curves.middle(0, 7, 1)) is not None
    bank.view.select(mark)
    assert "neuron 2" in canvas.stage.describe(mark)
    canvas.fit()
    assert len(canvas.frame.lines.pieces) == pieces


def test_a_column_of_categories_folds_into_one_input(bank, canvas, qtbot) -> None:
    """A click on its name leaves the category of the shown row, with its weights; another click brings all back."""

    def labels() -> InputLabels:
        return canvas.stage.arrangement.labels

    def group() -> tuple[str, int, int]:
        return next(group for group in labels().groups if group[0] == "Geography")

    before, start = labels().groups, group()[1]
    n_inputs = len(canvas.frame.values[0])

    def click_on_name() -> None:
        box = fold_box(canvas.frame.layout, labels(), *group())
        qtbot.mouseClick(canvas, Qt.MouseButton.LeftButton, pos=box.center().toPoint())

    click_on_name()
    frame = canvas.frame
    assert len(frame.values[0]) == n_inputs - 2 and frame.values[0][start] == 1.0
    assert labels().names[start] == "Geography" and labels().values[start] in ("France", "Germany", "Spain")
    member = start + ("France", "Germany", "Spain").index(labels().values[start])
    weights = bank.bridge.document.snapshot.W[0]
    n_next = weights.shape[1]
    np.testing.assert_array_equal(frame.line_numbers[start * n_next : (start + 1) * n_next], weights[member])
    for row in range(1, 5):
        bank.bridge.set_example(row)
        assert canvas.frame.values[0][start] == 1.0
    click_on_name()
    assert len(canvas.frame.values[0]) == n_inputs and labels().groups == before
    bank.actions_by_id["fold"].trigger()
    assert "Geography" in labels().folded


def test_the_number_of_the_row_is_named_as_the_sample_names_its_rows(bank) -> None:
    """Samples say what a row is; the longest number fits its field."""
    shown = bank.canvas_card.example_bar.findChild(QSpinBox, "exampleNumber")
    assert shown is not None
    bank.bridge.set_example(2_989)
    assert shown.text() == "Customer 2,990"
    assert shown.width() >= shown.fontMetrics().horizontalAdvance("Customer 10,000")
    dataset = bank.bridge.document.dataset
    assert dataset is not None
    bank.bridge.open_dataset(build_dataset(dataset.table, replace(dataset.recipe, row_name="")))
    assert shown.text() == "Row 1"


def test_pixels_are_those_of_the_file_in_every_language(bank, tmp_path: Path) -> None:
    """Sixteen-bit pixels have thousands marks on screen; what is drawn has not gone through them."""
    rows = np.random.default_rng(3).integers(0, 65_536, (80, 64))
    names = ",".join(f"pixel{k}" for k in range(64))
    lines = [",".join(map(str, (*row, k % 2))) for k, row in enumerate(rows)]
    (tmp_path / "deep.csv").write_text("\n".join((f"{names},digit", *lines)), encoding="utf-8")
    use_marks(",", ".")
    try:
        bank.bridge.open_dataset(open_dataset(tmp_path / "deep.csv", target="digit"))
        stage = bank.canvas_card.canvas.stage
        stage.prepare()
        assert stage.arrangement.picture is not None
        assert stage.pixels().tolist() == rows[0].tolist()
    finally:
        use_marks()


def test_the_bar_above_the_picture_cuts_no_word(bank, qtbot: QtBot) -> None:
    """What the lines show can be read at every width, and so can the answer; the truth and the row's name give way."""
    bar = bank.canvas_card.example_bar
    shown = bar.findChild(QSpinBox, "exampleNumber")
    said = {}
    for width in (1100, 1200, 1280, 1440, 1800):
        bank.resize(width, 900)
        qtbot.waitUntil(lambda width=width: bank.width() == width)
        qtbot.waitUntil(lambda: bar.modes.width() >= bar.modes.sizeHint().width())
        qtbot.waitUntil(lambda: bar.truth.width() >= bar.truth.sizeHint().width())
        assert shown.text() in {"1", "Customer 1"}
        qtbot.waitUntil(lambda: bar.says.isVisible() and not bar.says.is_cut)
        said[width] = bar.says.text()
    assert re.fullmatch(r"<b>(leaves|stays) \d+.%</b>", said[1100])
    assert re.fullmatch(r"<b>(leaves|stays) \d+.%</b>", said[1440])
    assert re.fullmatch(r"predicted <b>(leaves|stays) \d+.%</b> · truth", said[1800])


@pytest.mark.parametrize("ratio", [1.25, 1.5, 1.75])
def test_every_pixel_is_painted_where_pixels_are_fractions(canvas, ratio: float) -> None:
    """What is behind the picture is not painted: a row left out would show whatever was there before."""
    unpainted = Qt.GlobalColor.magenta
    for size in (QSize(730, 387), QSize(731, 386), QSize(733, 389)):
        canvas.resize(size)
        image = QImage(size * ratio, QImage.Format.Format_RGB32)
        image.setDevicePixelRatio(ratio)
        image.fill(unpainted)
        canvas.render(image)
        rows = np.array(image.constBits()).reshape(image.height(), image.width(), 4)
        assert not (rows[..., :3] == (255, 0, 255)).all(axis=2).any()


def test_the_answer_has_the_room_it_needs(bank, canvas) -> None:
    """Short words leave more room for the network; no word is cut, however long the answer is."""
    layout = canvas.frame.layout
    short = layout.width - layout.x[-1]
    dataset = bank.bridge.document.dataset
    phrase = replace(dataset.recipe, phrase="is worth the credit")
    bank.bridge.open_dataset(build_dataset(dataset.table, phrase))
    layout = canvas.frame.layout
    assert 100 < short < layout.width - layout.x[-1] <= 178
    assert binary_names(bank.bridge.document.dataset) == ("is worth the credit", "is not")
