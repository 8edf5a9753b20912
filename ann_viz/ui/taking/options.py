"""What can be chosen about a format, and what will be inside the file."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QCheckBox, QFrame, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from ann_viz.session.exports import Format, Option, Wish, wish_for
from ann_viz.session.exports.shown import YES_NO
from ann_viz.translation import translatable, translate
from ann_viz.ui.kit.controls import Glyph, Segments
from ann_viz.ui.kit.labels import PlainLabel
from ann_viz.ui.kit.plain_text import plain_caption
from ann_viz.ui.kit.scrolling import Scrolling
from ann_viz.ui.kit.wheel import ComboBox, SpinBox

__all__ = ["OptionsPane"]

WIDTH: Final = 296
BESIDE_BAR: Final = 4  # between what can be chosen and the bar that scrolls it
MOST_SEGMENTS: Final = 3
CHOICES: Final = {
    "viewer": translatable("As viewer"),
    "light": translatable("Light"),
    "dark": translatable("Dark"),
    "network": translatable("Network"),
    "card": translatable("Network, row and legend"),
    "chart": translatable("Chart in front"),
    "window": translatable("Window"),
    "loss": translatable("Network and loss"),
    "answers": translatable("Answers"),
    "history": translatable("Course"),
    "weights": translatable("Weights"),
}
"""What values of options are called; others are called as they are."""

Getter = Callable[[], Any]


class OptionsPane(QWidget):
    """Controls for the options of one format, made anew for each."""

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFixedWidth(WIDTH)
        self._format: Format | None = None
        self._getters: dict[str, Getter] = {}
        self._suffix: Getter | None = None
        self.rows: QCheckBox | None = None
        self._scroll = Scrolling(parent=self, name=self.tr("What is inside"), sideways=True)
        self._inside = QVBoxLayout()
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 14, 16, 14)
        column.setSpacing(10)
        column.addWidget(self._scroll, 1)
        box = QFrame(self)
        box.setProperty("card", "soft")
        box.setLayout(self._inside)
        self._inside.setContentsMargins(12, 10, 12, 10)
        self._inside.setSpacing(4)
        below = QHBoxLayout()  # no wider than what can be chosen above it
        below.setContentsMargins(0, 0, BESIDE_BAR, 0)
        below.addWidget(box)
        column.addLayout(below)

    @property
    def wish(self) -> Wish:
        """What is chosen."""
        assert self._format is not None  # one is shown before anybody asks
        suffix = self._suffix() if self._suffix is not None else self._format.suffixes[0]
        chosen = {name: get() for name, get in self._getters.items()}
        rows = self.rows is not None and self.rows.isChecked()
        return wish_for(self._format, f"x{suffix}", rows=rows, chosen=chosen)

    def show_format(self, format: Format, last: Wish, title: str) -> None:
        """Show the controls of a format.

        Parameters
        ----------
        format : Format
        last : Wish
            What was chosen last; rows are never ticked.
        title : str
            What it is called if nobody says otherwise.
        """
        self._format, self._getters, self._suffix, self.rows = format, {}, None, None
        page = QWidget()
        column = QVBoxLayout(page)
        column.setContentsMargins(0, 0, BESIDE_BAR, 0)
        column.setSpacing(8)
        if len(format.suffixes) > 1:
            names = [(each, each.lstrip(".").upper()) for each in format.suffixes]
            self._suffix = self._choice(column, self.tr("File"), names, last.suffix)
        for option in format.options:
            self._add(column, option, last.chosen[option.name], title)
        if format.rows:
            self.rows = QCheckBox(self.tr("Rows of the table"))
            self.rows.toggled.connect(self._on_changed)
            column.addWidget(self.rows)
            column.addWidget(PlainLabel(translate(format.rows), role="muted", wrap=True))
        column.addStretch()
        self._scroll.setWidget(page)
        self._show_inside()

    def _add(self, column: QVBoxLayout, option: Option, value: Any, title: str) -> None:
        label = translate(option.label)
        if option.choices == YES_NO:
            box = QCheckBox(label)
            box.setChecked(value == "yes")
            box.toggled.connect(self._on_changed)
            column.addWidget(box)
            self._getters[option.name] = lambda: YES_NO[0 if box.isChecked() else 1]
        elif option.choices:
            values = {str(each): each for each in option.choices}
            names = [(text, translate(CHOICES.get(text, text))) for text in values]
            get = self._choice(column, label, names, str(value))
            self._getters[option.name] = lambda: values[get()]
        elif isinstance(option.default, str):
            field = QLineEdit(str(value))
            field.setAccessibleName(label)
            field.setPlaceholderText(plain_caption(title) if option.name == "title" else self.tr("as usual"))
            field.textChanged.connect(self._on_changed)
            column.addWidget(PlainLabel(label, role="strong"))
            column.addWidget(field)
            self._getters[option.name] = field.text
        else:
            number = SpinBox()
            number.setProperty("small", True)
            number.setRange(round(option.least), round(option.most))
            number.setValue(int(value))
            number.setAccessibleName(label)
            number.valueChanged.connect(self._on_changed)
            self._row(column, label, number)
            self._getters[option.name] = number.value

    def _choice(self, column: QVBoxLayout, label: str, names: list[tuple[str, str]], value: str) -> Getter:
        if len(names) <= MOST_SEGMENTS and sum(len(text) for _, text in names) < 26:
            segments = Segments(names, label)
            segments.show_value(value)
            segments.chosen.connect(self._on_changed)
            self._row(column, label, segments)
            return lambda: segments.value
        combo = ComboBox()
        combo.setAccessibleName(label)
        for each, text in names:
            combo.addItem(text, each)
        combo.setCurrentIndex(max(0, combo.findData(value)))
        combo.currentIndexChanged.connect(self._on_changed)
        self._row(column, label, combo)
        return combo.currentData

    def _row(self, column: QVBoxLayout, label: str, control: QWidget) -> None:
        row = QHBoxLayout()
        name = PlainLabel(label, role="label")
        name.setBuddy(control)
        row.addWidget(name)
        row.addStretch()
        row.addWidget(control)
        column.addLayout(row)

    def _on_changed(self) -> None:
        self._show_inside()
        self.changed.emit()

    def _show_inside(self) -> None:
        """Say what is in the file, and what is not."""
        while (item := self._inside.takeAt(0)) is not None:
            shown = item.widget()
            if shown is not None:
                shown.hide()  # it goes later, and would be seen through the new ones
                shown.deleteLater()
        format, with_rows = self._format, self.rows is not None and self.rows.isChecked()
        if format is None:
            return
        inside = [*map(translate, format.inside), *([translate(format.rows)] if with_rows else [])]
        outside = [
            *([] if with_rows else [self.tr("rows of your table")]),
            self.tr("anything loaded from the internet"),
        ]
        if format.name in ("picture", "video"):
            outside = outside[1:]  # the row on show can be read from it
        for title, glyph, token, lines in (
            (self.tr("Inside"), "check", "ok", inside),
            (self.tr("Not inside"), "x", "muted", outside),
        ):
            self._inside.addWidget(PlainLabel(title, role="strong"))
            for line in lines:
                self._inside.addWidget(_Line(glyph, token, line))


class _Line(QWidget):
    """A sign and a few words."""

    def __init__(self, glyph: str, token: str, text: str) -> None:
        super().__init__()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(Glyph(glyph, token, 14, self), 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(PlainLabel(text, self, role="label", wrap=True), 1)
