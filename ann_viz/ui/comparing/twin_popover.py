"""Asks for a twin: what shall be otherwise, from how many seeds, and whether one watches."""

from __future__ import annotations

from typing import Any, Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QLineEdit, QPushButton, QWidget

from ann_viz.errors import AnnVizError
from ann_viz.session.run import Run
from ann_viz.session.twin import Change
from ann_viz.session.twin_choices import TWIN_CHOICES, TwinChoice, choices_for
from ann_viz.translation import translate
from ann_viz.ui.kit.controls import Stepper
from ann_viz.ui.kit.labels import PlainLabel
from ann_viz.ui.kit.number_controls import NumberField
from ann_viz.ui.kit.popover import MARGIN, Popover, choice_box

__all__ = ["TwinPopover"]

WIDTH: Final = 312
MOST_SEEDS: Final = 5
NAME_WIDTH: Final = 96


class TwinPopover(Popover):
    """A small form; *Train the twin* closes it.

    Parameters
    ----------
    run : Run
        What it shall be a twin of.
    name : str
        What that is called.
    """

    asked = Signal(object, int, bool)
    """A change, from how many seeds, and whether both are trained in step."""

    def __init__(self, run: Run, name: str, parent: QWidget) -> None:
        super().__init__(self.tr("Twin"), WIDTH, parent)
        self._run = run
        self._field: QWidget | None = None
        self.what = choice_box(self.tr("Change"), [(choice.label, id) for id, choice in choices_for(run).items()])
        self.seeds = Stepper(self.tr("Seeds"), 1, MOST_SEEDS)
        self.seeds.setValue(1)
        self.seeds.setToolTip(
            self.tr("Networks of each kind, each from another seed: with five, luck can be ruled out")
        )
        self.steady = QCheckBox(self.tr("Train both in step"))
        self.steady.setChecked(True)
        self.go = QPushButton(self.tr("Train the twin"))
        self.go.setProperty("kind", "primary")
        self._problem = PlainLabel(role="danger", wrap=True)
        self._problem.hide()
        self.column.addWidget(PlainLabel(self.tr("Twin of “{name}”").format(name=name), role="title"))
        note = self.tr(
            "The same starting weights, rows and order. One thing is changed, so what differs comes from it."
        )
        words = PlainLabel(note, role="muted", wrap=True)
        words.ensurePolished()
        words.setMinimumHeight(words.heightForWidth(WIDTH - 2 * MARGIN))
        self.column.addWidget(words)
        self._add_row(self.tr("Change"), self.what)
        self._value = QHBoxLayout()
        self._value.addWidget(self._caption(self.tr("to")))
        self.column.addLayout(self._value)
        self._add_row(self.tr("Seeds"), self.seeds)
        self.column.addWidget(self.steady)
        self.column.addWidget(self._problem)
        self.column.addWidget(self.go)
        self.what.currentIndexChanged.connect(self._on_what)
        self.go.clicked.connect(self._on_go)
        self._on_what()

    @staticmethod
    def _caption(text: str) -> PlainLabel:
        label = PlainLabel(text, role="label")
        label.setFixedWidth(NAME_WIDTH)
        return label

    def _add_row(self, caption: str, *widgets: QWidget) -> None:
        row = QHBoxLayout()
        row.addWidget(self._caption(caption))
        for widget in widgets:
            row.addWidget(widget, 1)
        self.column.addLayout(row)

    @property
    def problem(self) -> str:
        """Why there is no such twin; empty where nothing was said."""
        return self._problem.text()

    @property
    def choice(self) -> TwinChoice:
        """What is to be changed."""
        return TWIN_CHOICES[self.what.currentData()]

    @property
    def field(self) -> QWidget:
        """Where the value is given."""
        assert self._field is not None  # made with the form
        return self._field

    def _on_what(self) -> None:
        if self._field is not None:
            self._value.removeWidget(self._field)
            self._field.deleteLater()
        choice = self.choice
        suggested = choice.suggest(self._run)
        self._field = self._make_field(choice, suggested)
        self._field.setAccessibleName(self.tr("Value"))
        self._value.addWidget(self._field, 1)
        self._show_problem("")

    def _make_field(self, choice: TwinChoice, suggested: Any) -> QWidget:
        if choice.form == "list":
            options = choice.options(self._run)
            box = choice_box(translate(choice.label), [(label, value) for value, label in options.items()])
            box.setCurrentIndex(list(options).index(suggested))
            return box
        if choice.form == "text":
            line = QLineEdit(str(suggested))
            line.setProperty("small", True)
            line.returnPressed.connect(self._on_go)
            return line
        number = NumberField(translate(choice.label), whole=choice.form == "whole", percent=choice.form == "percent")
        number.setProperty("small", True)
        number.show_number(suggested)
        number.entered.connect(number.show_number)
        number.rejected.connect(self._show_problem)
        return number

    def value(self) -> Any:
        """Return what is chosen."""
        field = self.field
        if isinstance(field, NumberField):
            field.editingFinished.emit()
            return field.number
        if isinstance(field, QLineEdit):
            return field.text()
        return list(self.choice.options(self._run))[field.currentIndex()]  # type: ignore[attr-defined]

    def _on_go(self) -> None:
        try:
            change: Change = self.choice.change(self._run, self.value())
        except AnnVizError as error:
            self._show_problem(str(error))
            return
        seeds, steady = self.seeds.value(), self.steady.isChecked()
        self.close()
        self.asked.emit(change, seeds, steady)

    def _show_problem(self, sentence: str) -> None:
        self._problem.setText(sentence)
        self._problem.setVisible(bool(sentence))
        self.adjustSize()
