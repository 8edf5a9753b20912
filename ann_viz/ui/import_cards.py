"""What stands below the preview: notices, missing values, and the split into three parts.

Each card shows the choices and reports what the user does; none keeps any of it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from itertools import pairwise
from typing import Final

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QScrollArea,
    QSizePolicy,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)

from ann_viz.data import Split
from ann_viz.ui import icons, theme
from ann_viz.ui.import_choices import ImportChoices
from ann_viz.ui.import_text import NBSP, Notice, count, missing_sentence, notices
from ann_viz.ui.split_bar import SplitBar

__all__ = ["MissingCard", "NoticesCard", "SplitCard"]

MAX_SEED: Final = 2**31 - 1
MAX_NOTICES: Final = 200
WIDE: Final = 340
NUMBER_FILLS: Final = {"median": "Use the median", "mean": "Use the mean", "zero": "Use zero"}
CATEGORY_FILLS: Final = {"most frequent": "Use the most frequent", "none of them": "None of them"}


class _Card(QWidget):
    """A heading with an icon and a count at its right, above the card's own rows."""

    def __init__(self, icon: str, title: str) -> None:
        super().__init__()
        self._icon = icon
        self._picture = QLabel()
        heading = QLabel(title)
        heading.setProperty("role", "strong")
        self.aside = QLabel()
        self.aside.setProperty("role", "muted")
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self._picture)
        row.addWidget(heading)
        row.addStretch(1)
        row.addWidget(self.aside)
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(0, 0, 0, 0)
        self.column.setSpacing(6)
        self.column.addLayout(row)

    def tint(self) -> None:
        """Colour the icon for the theme in use."""
        self._picture.setPixmap(icons.pixmap(self._icon, theme.current().muted))


class NoticesCard(_Card):
    """Ignored columns with the reason, then what is good to know.

    ``use_anyway`` carries the name of an ignored column the user wants as an input.
    """

    use_anyway = Signal(str)

    def __init__(self) -> None:
        super().__init__("bell", "Notices")
        self._area = QScrollArea()
        self._area.setWidgetResizable(True)
        self._area.setAccessibleName("Notices")
        self._area.setFrameShape(QFrame.Shape.NoFrame)
        self._area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.column.addWidget(self._area, 1)
        self._shown: list[Notice] = []

    def show_choices(self, choices: ImportChoices) -> None:
        """List what these choices bring with them; the list is only rebuilt when it differs."""
        wanted = notices(choices)
        if wanted != self._shown:
            self._shown = wanted
            self._rebuild()

    def tint(self) -> None:
        """Colour the icons for the theme in use."""
        super().tint()
        self._rebuild()

    def _rebuild(self) -> None:
        self.aside.setText(f"{len(self._shown):,}" if self._shown else "")
        page = QWidget()
        grid = QGridLayout(page)
        grid.setContentsMargins(0, 0, 8, 0)
        grid.setHorizontalSpacing(8)
        grid.setVerticalSpacing(0)
        grid.setColumnStretch(1, 1)
        if not self._shown:
            grid.addWidget(_muted("Nothing unusual in this file."), 0, 0, 1, 3)
        for row, notice in enumerate(self._shown[:MAX_NOTICES]):
            self._add(grid, row, notice)
        grid.setRowStretch(grid.rowCount(), 1)
        self._area.setWidget(page)
        for first, second in pairwise([self._area, *page.findChildren(QPushButton)]):
            QWidget.setTabOrder(first, second)

    def _add(self, grid: QGridLayout, row: int, notice: Notice) -> None:
        tokens = theme.current()
        picture = QLabel()
        name, colour = ("triangle-alert", tokens.warning) if notice.warning else ("info", tokens.muted)
        picture.setPixmap(icons.pixmap(name, colour, 15))
        grid.addWidget(picture, row, 0)
        text = QLabel(notice.text)
        text.setProperty("role", "body")
        text.setMinimumHeight(22)
        text.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        text.setToolTip(notice.text)
        grid.addWidget(text, row, 1, 1, 1 if notice.column is not None else 2)
        if notice.column is not None:
            column = notice.column
            button = QPushButton("Use anyway")
            button.setProperty("kind", "link")
            button.setProperty("small", True)
            button.setAccessibleName(f"Use {column} anyway")
            button.clicked.connect(lambda: self.use_anyway.emit(column))
            grid.addWidget(button, row, 2)


class MissingCard(_Card):
    """How many cells are empty, where, and what fills them.

    ``fills_changed`` carries what stands in for numbers and for categories.
    """

    fills_changed = Signal(str, str)

    def __init__(self) -> None:
        super().__init__("circle-dashed", "Missing values")
        self.numbers = _choice_box("Empty numbers", NUMBER_FILLS)
        self.categories = _choice_box("Empty categories", CATEGORY_FILLS)
        rows = QGridLayout()
        rows.setHorizontalSpacing(12)
        rows.setVerticalSpacing(6)
        rows.setColumnMinimumWidth(0, 68)
        rows.setColumnStretch(1, 1)
        for place, (name, box) in enumerate((("Numbers", self.numbers), ("Categories", self.categories))):
            rows.addWidget(_label(name), place, 0)
            rows.addWidget(box, place, 1)
            box.activated.connect(
                lambda _: self.fills_changed.emit(self.numbers.currentData(), self.categories.currentData())
            )
        self.column.addLayout(rows)
        self._places = _muted("")
        self._places.setWordWrap(True)
        self.column.addWidget(self._places)
        self.column.addStretch(1)

    def show_choices(self, choices: ImportChoices) -> None:
        """Count the empty cells of the input columns."""
        self.numbers.setCurrentIndex(self.numbers.findData(choices.number_fill))
        self.categories.setCurrentIndex(self.categories.findData(choices.category_fill))
        total, sentence = missing_sentence(choices)
        self.aside.setText(count(total, "cell"))
        self._places.setText(sentence)


class SplitCard(_Card):
    """The bar of train, validation and test rows, and how rows are dealt out.

    ``split_changed`` carries a new ``Split``.
    """

    split_changed = Signal(object)

    def __init__(self) -> None:
        super().__init__("split", "Split")
        self._split = Split()
        self.bar = SplitBar()
        self.bar.shares_changed.connect(self._on_shares_changed)
        self.column.addWidget(self.bar)
        self._labels = tuple(_label("") for _ in range(3))
        names = QHBoxLayout()
        names.addWidget(self._labels[0])
        names.addStretch(1)
        names.addWidget(self._labels[1])
        names.addSpacing(20)
        names.addWidget(self._labels[2])
        self.column.addLayout(names)
        self.shuffle = QCheckBox("Shuffle first")
        self.seed = QSpinBox()
        self.stratify = QCheckBox("Keep class shares equal")
        self._add_checks()
        self.column.addStretch(1)

    def _add_checks(self) -> None:
        self.seed.setRange(0, MAX_SEED)
        self.seed.setProperty("small", True)
        self.seed.setAccessibleName("Seed of the shuffle")
        self.seed.setToolTip("The same seed deals the rows out the same way every time")
        self.seed.setFixedWidth(84)
        self.stratify.setToolTip("Each part gets the same share of every class as the whole file")
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self.shuffle)
        row.addWidget(_muted("seed"))
        row.addWidget(self.seed)
        row.addStretch(1)
        self.column.addLayout(row)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self.stratify)
        row.addWidget(_muted("stratify"))
        row.addStretch(1)
        self.column.addLayout(row)
        self.shuffle.toggled.connect(lambda on: self._change(replace(self._split, shuffle=on)))
        self.stratify.toggled.connect(lambda on: self._change(replace(self._split, stratify=on)))
        self.seed.valueChanged.connect(lambda seed: self._change(replace(self._split, seed=seed)))

    def show_choices(self, choices: ImportChoices) -> None:
        """Show the split of these choices with the rows it gives."""
        self._split = choices.split
        split = choices.split
        if [round(100 * share) for share in self.bar.shares[:2]] != [
            round(100 * split.train),
            round(100 * split.validation),
        ]:
            self.bar.show_shares(split.train, split.validation)
        blockers = [QSignalBlocker(widget) for widget in (self.shuffle, self.stratify, self.seed)]
        self.shuffle.setChecked(split.shuffle)
        self.seed.setValue(split.seed)
        self.seed.setEnabled(split.shuffle)
        classes = choices.task != "regression"
        self.stratify.setEnabled(classes and split.shuffle)
        self.stratify.setChecked(split.stratify and classes)
        del blockers
        train, validation, test = (round(100 * share) for share in self.bar.shares)
        rows = round(choices.n_rows * split.train)
        why = " · to learn from" if self.width() >= WIDE else ""
        self._labels[0].setText(f"<b>{train}{NBSP}%</b> Train {rows:,}{why}")
        self._labels[1].setText(f"<b>{validation}{NBSP}%</b> Validate")
        self._labels[2].setText(f"<b>{test}{NBSP}%</b> Test")

    def _on_shares_changed(self, train: float, validation: float, test: float) -> None:
        self._change(replace(self._split, train=train, validation=validation, test=test))

    def _change(self, split: Split) -> None:
        self._split = split
        self.split_changed.emit(split)


def _choice_box(name: str, choices: Mapping[str, str]) -> QComboBox:
    box = QComboBox()
    box.setAccessibleName(name)
    for value, label in choices.items():
        box.addItem(label, value)
    return box


def _label(text: str) -> QLabel:
    label = QLabel(text)
    label.setProperty("role", "label")
    return label


def _muted(text: str) -> QLabel:
    label = QLabel(text)
    label.setProperty("role", "muted")
    return label
