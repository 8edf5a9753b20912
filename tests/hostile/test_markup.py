"""Text from data is shown letter by letter: nothing in the program takes it for markup, and nothing it names is opened.

The walks open every window, dialog, tooltip, picture and page with a table whose names, categories, cells and file
name ask for pictures, style sheets and addresses.
"""

from __future__ import annotations

import json
from pathlib import Path

import pytest
import shiboken6
from PySide6.QtCore import QMimeData, QPoint, QUrl
from PySide6.QtWidgets import QApplication, QMessageBox

from ann_viz.errors import DataError
from ann_viz.explain import STEPS
from ann_viz.scene import Connection, Neuron
from ann_viz.ui.charts.chart_table import CHARTS
from ann_viz.ui.charts.confusion_grid import ConfusionGrid
from ann_viz.ui.document.weight_gestures import WeightEditor
from ann_viz.ui.window.main_window import MainWindow
from ann_viz.ui.window.palette import Palette

TARGETS = ("target", "column", "number")  # yes or no, one of many, a number


def boxes(window: MainWindow) -> list[QMessageBox]:
    """Return the message boxes on show."""
    return [box for box in window.findChildren(QMessageBox) if box.isVisible()]


def test_the_bait_is_taken_by_markup(walk, texts, qtbot) -> None:
    """Were a text taken for markup, the walk would notice: it does with a label of Qt's own."""
    from PySide6.QtWidgets import QLabel

    label = QLabel(texts["truth"])
    qtbot.addWidget(label)
    label.setToolTip(texts["category"])
    walk.look("the proof", label)
    found, walk.wrong = walk.wrong, []
    assert [line.split(": ", 1)[1].split(" markup")[0] for line in found] == [
        "painting opens truth.png",
        "tooltip of QLabel is",
        "tooltip of QLabel opens category.png",
        "label in NoneType (QLabel) may be",
    ]


def test_import_dialog(import_dialog, texts, walk, settle) -> None:
    """Notices, cards, preview, chips and footer; while reading, with and without a target, and after a failure."""
    dialog, page = import_dialog, import_dialog.page
    walk.look("import dialog", dialog)
    page.options.detect_again.emit()
    walk.look("import dialog, reading", dialog)
    settle(dialog)
    dialog.choose(lambda choices: choices.set_role(texts["target"], "target"))
    page.footer.phrase.setText(texts["phrase"])
    page.footer.phrase.textEdited.emit(texts["phrase"])
    settle(dialog)
    walk.look("import dialog, yes or no", dialog)
    dialog.choose(lambda choices: choices.set_role(texts["target"], "ignore"))
    settle(dialog)
    walk.look("import dialog without target", dialog)
    dialog.show_failure(f"{texts['error']} can't be read.")
    walk.look("import dialog, failed", dialog)
    assert walk.seen >= {"number", "hole", "column", "target", "code", "notes"}
    assert walk.seen >= {"file", "cell", "category", "bidi", "truth", "other", "missing", "error"}


def test_small_windows_of_the_import_dialog(import_dialog, walk) -> None:
    """Settings of every column, words that mean missing, rows with trouble, the editor of one row."""
    from ann_viz.ui.importing.broken_rows import BrokenRows, RowEditor
    from ann_viz.ui.importing.popups import ask_words, open_settings

    dialog, choices = import_dialog, import_dialog.choices
    for place in range(len(choices.table.columns)):
        popover = open_settings(dialog.page.table, place, choices, dialog.choose)
        walk.look("column settings", popover)
        popover.close()
    assert walk.seen == {"number", "hole", "column", "target", "code", "notes", "bidi", "category", "fetched"}
    popover = ask_words(dialog.page.missing.words, choices.table, lambda words: None)
    walk.look("words that mean missing", popover)
    popover.close()
    rows = sorted(dialog.source.known.values(), key=lambda bad: bad.line)
    sheet = BrokenRows(rows, len(rows), dialog.source.repairs, choices.table.dialect, dialog)
    sheet.show()
    walk.look("rows with trouble", sheet)
    editor = RowEditor(sheet, rows[0], choices.table.dialect, rows[0].text)
    editor.show()
    walk.look("row editor", editor)
    assert walk.seen >= {"missing", "broken"}


@pytest.mark.parametrize("target", TARGETS)
def test_main_window(window: MainWindow, hostile_data, target: str, walk, hover) -> None:
    """Docks, tabs, charts and steps in both voices, and what they say when the mouse moves over them."""
    window.bridge.open_dataset(hostile_data(target))
    walk.look("main window", window)
    window.bridge.step("epoch")
    for step in range(1, STEPS + 1):
        window.commands.function(f"explain_{step}")()
        walk.look(f"step {step}", window.explain_panel)
    window.commands.function("toggle_voice")()
    for chart in CHARTS:
        window.commands.function(f"chart_{chart.id}")()
        walk.look(f"chart {chart.id}", window)
    canvas = window.canvas
    hover(canvas, 32, lambda: walk.hovered("tooltip of the picture"))
    canvas.fold_categories()
    walk.look("folded", window.canvas_card)
    hover(canvas, 48, lambda: walk.hovered("tooltip of the folded picture"))
    for grid in window.findChildren(ConfusionGrid):
        hover(grid, 16, lambda: walk.hovered("tooltip of the matrix"))
    window.resize(1100, 700)
    walk.look("small window", window)
    answers = {"target": {"phrase"}, "column": {"category", "bidi"}, "number": set()}[target]
    assert walk.seen >= {"number", "hole", "column", "target", "file"} | answers


def test_inspector(window: MainWindow, hostile_data, walk, hover) -> None:
    """Inputs, hidden neurons, answers and connections; and the editors and menus that open at them."""
    window.bridge.open_dataset(hostile_data("column"))
    window.bridge.step("phase")
    sizes = window.bridge.document.network_config.sizes
    canvas, last = window.canvas_card.canvas, len(sizes) - 1
    inputs = range(sizes[0])
    marks = [*(Neuron(0, index) for index in inputs), *(Connection(0, index, 0) for index in inputs)]
    marks += [Neuron(1, 0), Neuron(last - 1, 0), Neuron(last, 0), Neuron(last, 1), Connection(last - 1, 0, 0)]
    for mark in marks:
        window.view.select(mark)
        walk.look(f"inspector, {mark}", window.right_panel)
        for table in (window.right_panel.inspector.adds_up.table, window.right_panel.inspector.goes_to.table):
            hover(table, 10, lambda table=table: walk.tip("tooltip of a row", table.toolTip()))
        canvas.edit(mark, QPoint(5, 5))
        menu = canvas.hand.menu(mark, canvas.stage.title_of(mark), QPoint(5, 5), canvas)
        for small in (menu, *canvas.findChildren(WeightEditor)):
            walk.look(f"{type(small).__name__} of {mark}", small)
            small.close()
    assert walk.seen >= {"number", "hole", "bidi", "target"}


def test_side_windows(window: MainWindow, hostile_data, hostile_file: Path, texts, walk) -> None:
    """Rows, network as text, recent files, palette, glossary, shortcuts, about, and "What is this?"."""
    window.bridge.open_dataset(hostile_data("target"))
    window.bridge.step("epoch")
    window.opener.recent.add(hostile_file)
    side = window.side_windows
    side.show_rows()
    walk.look("rows", side.rows)
    assert walk.seen >= {"number", "target", "cell", "truth", "file"}
    side.toggle_network_text()
    walk.look("network as text", side.network_text)
    walk.seen.clear()
    window.data_menu.recent.refresh()
    walk.look("recent files", window.data_menu.recent)
    assert walk.seen == {"file"}
    walk.seen.clear()
    for command in ("palette", "glossary", "shortcuts", "about"):
        window.commands.function(command)()
    window.findChild(Palette).field.setText("img")
    for other in [each for each in QApplication.topLevelWidgets() if each not in (window, side.rows)]:
        if shiboken6.isValid(other) and other.isVisible() and not other.inherits("QTipLabel"):
            walk.look(f"window {type(other).__name__}", other)
            other.close()
    assert walk.seen >= {"file"}
    side.ask_what_this_is()
    for part in (window.toolbar.chip, window.canvas_card.example_bar.truth, window.left_side.build):
        side.what_is_this.explain(part, QPoint(5, 5))
        popover = side.what_is_this.popover
        walk.look("what is this", popover)
        popover.close()
    side.what_is_this.close()
    assert walk.seen >= {"phrase"}


def test_messages(window: MainWindow, hostile_data, hostile_file: Path, texts, walk) -> None:
    """The message bar, errors, reports of faults, and what is said while a file is dragged over the window."""
    from ann_viz.ui.kit.error_report import show_error

    window.bridge.open_dataset(hostile_data("target"))
    window.opener.reloader.watch.changed.emit(hostile_file)
    walk.look("message bar", window)
    window.messages.show_message(texts["error"], [(texts["file"], window.messages.hide)])
    walk.look("message bar", window)
    show_error(window, texts["sample"], DataError(f"{texts['error']} is wrong.", hint=texts["cell"]))
    window.reporter.report(f"ValueError: {texts['error']}")
    for box in boxes(window):
        walk.look(box.objectName(), box)
        box.close()
    window.left_side.build.data.show_problem(texts["error"])
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(hostile_file))])
    window.drop_overlay.show_for(mime)
    walk.look("drop", window)
    assert walk.seen >= {"file", "error", "sample", "cell"}


def test_lessons(window: MainWindow, hostile_data, tmp_path: Path, texts, walk) -> None:
    """A lesson from a file, its pages, the question before it; what is said when it is over or can't be read."""
    from ann_viz.ui.lessons.own_work import LessonQuestion

    window.bridge.open_dataset(hostile_data("target"))
    window.bridge.step("epoch")
    both = {"plain": texts["lesson"], "technical": f"**{texts['lesson']}**"}
    step = {"text": both, "done": both, "expect": "answered", "choices": [both, both], "right": 0}
    lesson = {"id": "own", "title": texts["lesson"], "minutes": 2, "steps": [step]}
    path = tmp_path / "lesson.json"
    path.write_text(json.dumps(lesson), encoding="utf-8")
    school = window.school
    school.open(path)
    walk.look("lesson", window)
    school.course.panel.choices[0].click()
    for page in ("slope", "compare"):
        window.pages.show(page)
        walk.look(f"lesson, {page} page", window)
    number = window.bridge.document.run_numbers[0]
    window.bridge.rename_run(number, texts["truth"])
    window.bridge.set_run_note(number, texts["other"])
    window.actions_by_id["show_runs"].trigger()
    walk.look("names and notes of runs", window)
    school.course.close()
    school.course.ended.emit("own", texts["file"])
    walk.look("lesson is over", window)
    path.write_text(json.dumps({**lesson, texts["lesson"]: 1}), encoding="utf-8")
    school.open(path)
    for closes in (True, False):
        LessonQuestion(window, texts["file"], trained=True, closes=closes).show()
    for box in boxes(window):
        walk.look(f"box {box.objectName()}", box)
        box.deleteLater()
    assert walk.seen >= {"lesson", "file", "truth"}


def test_pictures_and_paper(window: MainWindow, hostile_data, tmp_path: Path, walk) -> None:
    """The exported pictures and the printed report."""
    from datetime import date

    from ann_viz.session.exports import format_for, subject_of, wish_for
    from ann_viz.session.exports.report_content import report_of
    from ann_viz.ui.document.saving import picture_of
    from ann_viz.ui.document.vector_files import svg_of_widget
    from ann_viz.ui.taking.paper import pdf_of_report

    window.bridge.open_dataset(hostile_data("target"))
    window.bridge.step("epoch")
    assert not picture_of(window.canvas_card, 2).isNull()
    assert b"<script" not in svg_of_widget(window.canvas, "<script>")
    walk.note("the exported picture")
    window.bridge.pause()
    subject = subject_of(window.bridge.take_work())
    report = report_of(subject, wish_for(format_for("report")).chosen, date(2026, 1, 1))
    (tmp_path / "page.pdf").write_bytes(pdf_of_report(report, "ann-viz"))
    walk.note("the printed page")
    assert (tmp_path / "page.pdf").stat().st_size > 1000
