"""The form: a control for every column, a value for the document from each, and what to begin with."""

from __future__ import annotations

import numpy as np
import pytest
from PySide6.QtCore import QDateTime, QPoint, QPointF, Qt, QTimeZone
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QApplication

from ann_viz.data import Plan, Recipe, build_dataset, open_table
from ann_viz.resources import resource
from ann_viz.scene import Connection, Neuron, Way
from ann_viz.session.headless import open_dataset
from ann_viz.session.samples import samples
from ann_viz.session.trying.tried_row import row_of_table
from ann_viz.ui.trying.fields import DateField, ListField, NumberField, SegmentsField, TextField
from ann_viz.ui.trying.panel import TryPanel


@pytest.fixture
def open_sample(window, qtbot):
    """Return a function that opens a sample with the form beside it."""

    def open_one(file: str) -> TryPanel:
        window.open_sample(next(sample for sample in samples() if sample.file == file))
        window.docks.show_try()
        return window.left_side.trying

    return open_one


@pytest.fixture
def form(qtbot, bridge) -> TryPanel:
    """Return the form alone, without the window around it."""
    bridge.open_dataset(open_dataset(resource("samples", "bank_customers.csv"), target="Exited"))
    made = TryPanel(bridge)
    qtbot.addWidget(made)
    made.resize(264, 760)
    made.show()
    return made


@pytest.fixture
def panel(open_sample) -> TryPanel:
    return open_sample("penguins.csv")


@pytest.fixture
def mixed(qtbot, bridge, tmp_path):
    """Return a form for dates, texts, many categories and missing cells."""
    lines = ["day,town,note,size,price"]
    for i in range(80):
        size = "" if i % 7 == 0 else i / 2 + 0.25
        lines.append(
            f"2021-{i % 12 + 1:02}-{i % 27 + 1:02},Town {i % 12},{'long text ' * (i % 9 + 9)}{i},{size},{i * 3}"
        )
    path = tmp_path / "mixed.csv"
    path.write_text("\n".join(lines) + "\n")
    table = open_table(path)
    columns = ("day", "town", "note", "size")
    plans = (("note", Plan(treat="text", text_as="words")),)
    recipe = Recipe(target="price", task="regression", inputs=columns, plans=plans)
    bridge.open_dataset(build_dataset(table, recipe))
    made = TryPanel(bridge)
    qtbot.addWidget(made)
    made.resize(264, 700)
    made.show()
    return made


def field(panel: TryPanel, name: str):
    return next(each for each in panel.fields.values() if each.summary.name == name)


def tried(panel: TryPanel, name: str, document) -> object:
    return document.tried.values[field(panel, name) and next(
        place for place, each in panel.fields.items() if each.summary.name == name
    )]  # fmt: skip


def test_every_column_has_the_control_that_its_values_ask_for(form: TryPanel) -> None:
    """Few values a button each, many numbers a slider; all have a name for screen readers and a focus."""
    kinds = {each.summary.name: type(each) for each in form.fields.values()}
    assert kinds["CreditScore"] is NumberField and kinds["Geography"] is SegmentsField
    assert kinds["NumOfProducts"] is SegmentsField and kinds["HasCrCard"] is SegmentsField
    age = field(form, "Age")
    assert (
        age.edit.accessibleName() == age.slider.accessibleName() == "Age" and age.slider.accessibleDescription() == "38"
    )
    assert age.slider.focusPolicy() & Qt.FocusPolicy.TabFocus and min(age.edit.height(), age.empty.height()) >= 24
    assert field(form, "HasCrCard").segments.button("0").text() == "yes"


def test_a_typical_row_is_shown_at_once(panel: TryPanel, window) -> None:
    """The first time the form is seen; it is no change that *Undo* would take back."""
    document = window.bridge.document
    assert document.tried is not None and window.canvas_card.example_bar.tried.isVisible()
    assert not window.bridge.undo_stack.canUndo()
    assert window.canvas_card.example_bar.tried.chip.text().strip() == "New penguin"
    assert (
        "nobody knows" not in window.explain_panel.sentence
        and "Nothing is learned here" in window.explain_panel.sentence
    )


def test_what_the_user_does_reaches_the_document(panel: TryPanel, window, qtbot) -> None:
    """By slider, by typing and by button; a way of the slider is undone in one step."""
    document = window.bridge.document
    flipper, year = field(panel, "flipper_length_mm"), field(panel, "year")
    for _ in range(3):
        qtbot.keyClick(flipper.slider, Qt.Key.Key_Right)
    assert tried(panel, "flipper_length_mm", document) == 200.0 and flipper.edit.text() == "200"
    flipper.edit.setFocus()
    flipper.edit.selectAll()
    qtbot.keyClicks(flipper.edit, "1,000")
    qtbot.keyClick(flipper.edit, Qt.Key.Key_Return)
    assert tried(panel, "flipper_length_mm", document) == 1000.0
    assert "Outside what it has seen" in flipper.note.text() and flipper.edit.property("warn")
    qtbot.mouseClick(year.segments.button("2"), Qt.MouseButton.LeftButton)
    assert tried(panel, "year", document) == 2009.0
    window.bridge.undo_stack.undo()
    window.bridge.undo_stack.undo()
    assert tried(panel, "flipper_length_mm", document) == 197.0 and flipper.edit.text() == "197"


def test_what_is_no_number_is_refused(form: TryPanel, bridge, qtbot) -> None:
    """The value stays, and a line says why; an empty field is no value at all."""
    age = field(form, "Age")
    age.edit.setFocus()
    age.edit.selectAll()
    qtbot.keyClicks(age.edit, "old")
    qtbot.keyClick(age.edit, Qt.Key.Key_Return)
    assert age.note.text() == "“old” is not a number." and age.edit.text() == "38"
    age.edit.selectAll()
    qtbot.keyClick(age.edit, Qt.Key.Key_Delete)
    qtbot.keyClick(age.edit, Qt.Key.Key_Return)
    assert tried(form, "Age", bridge.document) is None and age.empty.isChecked()
    qtbot.mouseClick(age.empty, Qt.MouseButton.LeftButton)
    assert tried(form, "Age", bridge.document) == 38.0


def test_the_wheel_changes_nothing_without_focus(form: TryPanel, bridge) -> None:
    """Scrolling through the form leaves the row as it is."""
    before = bridge.document.tried
    form.setFocus()
    for widget in (field(form, "Age").slider, form.start):
        middle = QPointF(widget.rect().center())
        buttons, modifiers = Qt.MouseButton.NoButton, Qt.KeyboardModifier.NoModifier
        phase = Qt.ScrollPhase.NoScrollPhase
        turn = QWheelEvent(
            middle, widget.mapToGlobal(middle), QPoint(), QPoint(0, 120), buttons, modifiers, phase, False
        )
        QApplication.sendEvent(widget, turn)
    assert bridge.document.tried == before


def test_what_to_begin_with(form: TryPanel, bridge) -> None:
    """The shown row of the table, any row, or nothing."""
    document = bridge.document
    bridge.set_example(17)
    assert document.tried is None
    for key in ("example", "random", "blank"):
        form.start.setCurrentIndex(form.start.findData(key))
        form.begin()
        values = set(document.tried.values)
        assert (values == {None}) == (key == "blank")
        assert key != "example" or document.tried == row_of_table(document.dataset, 17)


def test_pinned_rows_are_marked(panel: TryPanel, window, qtbot) -> None:
    """On sliders and buttons, and what the network says of them stands above the picture."""
    qtbot.mouseClick(panel.pin, Qt.MouseButton.LeftButton)
    assert len(window.bridge.document.trying.pinned) == 1 and "Unpin" in panel.pin.text()
    field(panel, "body_mass_g").give(6000.0)
    qtbot.mouseClick(panel.pin, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier)
    assert [row.values for row in window.bridge.document.trying.pinned] == [window.bridge.document.tried.values]
    assert "pinned: " in window.canvas_card.example_bar.tried.pinned.text()
    qtbot.mouseClick(panel.pin, Qt.MouseButton.LeftButton)
    assert window.bridge.document.trying.pinned == ()


def test_the_way_back_to_the_table(panel: TryPanel, window, qtbot) -> None:
    """The cross behind the chip; the form begins anew when it is opened again."""
    qtbot.mouseClick(window.canvas_card.example_bar.tried.back, Qt.MouseButton.LeftButton)
    assert window.bridge.document.tried is None and not window.canvas_card.example_bar.tried.isVisible()
    assert window.canvas_card.example_bar.truth.isVisible()
    window.docks.show_build()
    window.docks.show_try()
    assert window.bridge.document.tried is not None


def test_digits_are_drawn(bridge, qtbot) -> None:
    """With the mouse and with the keys; what is drawn goes through the network."""
    bridge.open_dataset(open_dataset(resource("samples", "digits.csv")))
    panel = TryPanel(bridge)
    qtbot.addWidget(panel)
    panel.resize(264, 600)
    panel.show()
    pad, document = panel.pad, bridge.document
    assert pad is not None and not panel.fields

    def ink() -> list[float]:
        return [float(value) for value in document.tried.values]  # a pixel that is on or off has a text

    panel.start.setCurrentIndex(panel.start.findData("blank"))
    panel.begin()
    assert set(ink()) == {0.0}
    qtbot.mousePress(pad, Qt.MouseButton.LeftButton, pos=QPoint(pad.width() // 2, 40))
    qtbot.mouseMove(pad, QPoint(pad.width() // 2, 160))
    qtbot.mouseRelease(pad, Qt.MouseButton.LeftButton, pos=QPoint(pad.width() // 2, 160))
    assert max(ink()) == 16.0 and np.count_nonzero(ink()) < 40
    qtbot.keyClick(pad, Qt.Key.Key_Delete)
    assert set(ink()) == {0.0}
    qtbot.keyClick(pad, Qt.Key.Key_Right)
    qtbot.keyClick(pad, Qt.Key.Key_Space)
    assert sorted(set(ink())) == [0.0, 16.0] and "100 %" in pad.accessibleDescription()


def test_dates_texts_and_many_categories(mixed: TryPanel, bridge) -> None:
    """A calendar, a list that is searched, a line of text; a category that was never seen is said to be one."""
    kinds = {each.summary.name: type(each) for each in mixed.fields.values()}
    assert kinds == {"day": DateField, "town": ListField, "note": TextField, "size": NumberField}
    document = bridge.document
    field(mixed, "day").edit.setDateTime(QDateTime.fromSecsSinceEpoch(1640995200, QTimeZone.utc()))
    assert tried(mixed, "day", document) == 18993.0 and "Outside" in field(mixed, "day").note.text()
    town = field(mixed, "town")
    town.line.setText("town 3")
    town.line.editingFinished.emit()
    assert tried(mixed, "town", document) == "Town 3" and town.line.text() == "Town 3"
    town.line.setText("Atlantis")
    town.line.editingFinished.emit()
    assert tried(mixed, "town", document) == "Atlantis" and "Not among" in town.note.text()
    note = field(mixed, "note")
    note.edit.setText("one two three")
    note.edit.editingFinished.emit()
    assert tried(mixed, "note", document) == "one two three"
    assert document.shown_row().facts.cells["day"] == "2022-01-01"


def test_no_truth_is_claimed_of_a_made_up_row(panel: TryPanel, window) -> None:
    """No error to measure, none that runs back, no blame, no chain rule; the loss over a weight is of training rows."""
    explain, view, inspector = window.explain_panel, window.view, window.right_panel.inspector
    for step, said in ((3, "nobody knows the truth"), (4, "Nothing is learned from a row that you made up")):
        explain.show_step(step)
        assert said in explain.sentence and explain.formulas == ()
    view.select(Neuron(1, 2))
    assert inspector.isVisible() and not inspector.blame.isVisible() and inspector.adds_up.isVisible()
    view.follow(Way(0, 0))
    assert not inspector.way.isVisible() and inspector.facts.isVisible()
    view.select(Connection(0, 1, 2))
    inspector.what_if.which.show_value("row")
    inspector.what_if.forget()
    inspector.refresh()
    assert "of this row" not in inspector.what_if.table.accessibleDescription()
    view.speak("technical")
    explain.show_step(3)
    assert "no y" in explain.sentence
    view.speak("plain")
    window.canvas.grab()


def test_a_row_of_the_table_is_where_trying_can_begin(panel: TryPanel, window, qtbot) -> None:
    """Shown by its number, it stands in the form; the first change of it makes it a row of one's own."""
    document = window.bridge.document
    window.bridge.set_example(17)
    row = row_of_table(document.dataset, 17)
    assert [each.value for each in panel.fields.values()] == list(row.values) and document.tried is None
    field(panel, "flipper_length_mm").give(210.0)
    assert document.tried == row.with_value(3, 210.0)
    window.actions_by_id["train_on_row"].trigger()
    assert "Nothing is learned from a row that you made up" in window.messages.text
