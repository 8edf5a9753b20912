"""What stands below the preview: notices, missing values, and the split into three parts.

Each card shows the choices and reports what the user does; none keeps any of it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Final

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtWidgets import (
    QComboBox,
    QGridLayout,
    QHBoxLayout,
    QPushButton,
    QStackedLayout,
    QVBoxLayout,
    QWidget,
)

from ann_viz.data import Split
from ann_viz.data.advice.findings import Finding
from ann_viz.numerals import NBSP, count, format_number
from ann_viz.rich import joined, rich
from ann_viz.session.importing.choices import ImportChoices
from ann_viz.session.importing.notice import fallback_notices, notices
from ann_viz.session.importing.sentences import missing_sentence, missing_words_sentence
from ann_viz.translation import translatable, translate
from ann_viz.ui.importing.notices import NoticeList
from ann_viz.ui.importing.split_bar import SplitBar
from ann_viz.ui.kit import icons, theme
from ann_viz.ui.kit.check_box import CheckBox
from ann_viz.ui.kit.labels import PlainLabel, RichLabel
from ann_viz.ui.kit.plain_text import plain_tip
from ann_viz.ui.kit.wheel import ComboBox, SpinBox

__all__ = ["MissingCard", "NoticesCard", "SplitCard"]

HEADING_HEIGHT: Final = 24
MAX_SEED: Final = 2**31 - 1
WIDE: Final = 340
MANY_ROWS: Final = 100_000
NUMBER_FILLS: Final = {
    "median": translatable("Use the median"),
    "mean": translatable("Use the mean"),
    "zero": translatable("Use zero"),
}
CATEGORY_FILLS: Final = {
    "most frequent": translatable("Use the most frequent"),
    "none of them": translatable("None of them"),
}


class _Card(QWidget):
    """A heading with an icon and a count at its right, above the card's own rows."""

    def __init__(self, icon: str, title: str) -> None:
        super().__init__()
        self._icon = icon
        self._picture = PlainLabel()
        heading = PlainLabel(title, role="strong")
        heading.setFixedHeight(HEADING_HEIGHT)
        self.aside = PlainLabel(role="muted")
        self.heading = row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self._picture)
        row.addWidget(heading)
        row.addStretch(1)
        row.addWidget(self.aside)
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(0, 0, 0, 0)
        self.column.setSpacing(4)
        self.column.addLayout(row)

    def tint(self) -> None:
        """Colour the icon for the theme in use."""
        self._picture.setPixmap(icons.pixmap(self._icon, theme.current().muted))


class NoticesCard(_Card):
    """What was found in the data, warnings first.

    ``action_taken`` carries the notice whose link was taken.
    """

    action_taken = Signal(object)

    def __init__(self) -> None:
        super().__init__("bell", translate("Notices"))
        self.list = NoticeList()
        self.list.action_taken.connect(self.action_taken)
        self._nothing = PlainLabel(self.tr("Nothing unusual in this file."), role="muted")
        self._nothing.setAlignment(Qt.AlignmentFlag.AlignTop)
        self._pages = QStackedLayout()
        self._pages.addWidget(self.list)
        self._pages.addWidget(self._nothing)
        self.column.addLayout(self._pages, 1)

    def show_findings(self, choices: ImportChoices, findings: Sequence[Finding] | None) -> None:
        """List the findings; None where they are not known yet."""
        shown = fallback_notices(choices) if findings is None else notices(choices, findings)
        self.list.show_notices(shown)
        self.aside.setText(format_number(len(shown)) if shown else "")
        self._nothing.setText(self.tr("Looking …") if findings is None else self.tr("Nothing unusual in this file."))
        self._pages.setCurrentIndex(0 if shown else 1)


class MissingCard(_Card):
    """How many cells are empty, where, which words were read as empty, and what fills them.

    ``fills_changed`` carries what stands in for numbers and for categories; ``words_asked`` fires when the list of
    words should open.
    """

    fills_changed = Signal(str, str)
    words_asked = Signal()

    def __init__(self) -> None:
        super().__init__("circle-dashed", translate("Missing values"))
        self.numbers = _choice_box(self.tr("Empty numbers"), NUMBER_FILLS)
        self.categories = _choice_box(self.tr("Empty categories"), CATEGORY_FILLS)
        rows = QGridLayout()
        rows.setHorizontalSpacing(12)
        rows.setVerticalSpacing(6)
        rows.setColumnMinimumWidth(0, 68)
        rows.setColumnStretch(1, 1)
        for place, (name, box) in enumerate(
            ((self.tr("Numbers"), self.numbers), (self.tr("Categories"), self.categories))
        ):
            rows.addWidget(PlainLabel(name, role="label"), place, 0)
            rows.addWidget(box, place, 1)
            box.activated.connect(
                lambda _: self.fills_changed.emit(self.numbers.currentData(), self.categories.currentData())
            )
        self.column.addLayout(rows)
        self._places = RichLabel(role="muted", wrap=True)
        self._places.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.words = QPushButton(self.tr("Words …"))
        self.words.setProperty("kind", "link")
        self.words.setProperty("small", True)
        self.words.setToolTip(self.tr("Which words mean “missing”, where they were found, and the list to change"))
        self.words.setAccessibleName(self.tr("Words that mean missing …"))
        self.words.clicked.connect(self.words_asked)
        self.heading.addWidget(self.words)
        self.column.addWidget(self._places, 1)

    def show_choices(self, choices: ImportChoices) -> None:
        """Count the cells without a value in the input columns."""
        self.numbers.setCurrentIndex(self.numbers.findData(choices.number_fill))
        self.categories.setCurrentIndex(self.categories.findData(choices.category_fill))
        total, sentence = missing_sentence(choices)
        words = missing_words_sentence(choices)
        self.aside.setText(count(total, "cell"))
        self._places.setText(joined(". ", (part for part in (sentence, words) if part)))
        self._places.setToolTip(plain_tip(self._places.words))


class SplitCard(_Card):
    """The bar of train, validation and test rows, and how rows are dealt out.

    ``split_changed`` carries a new ``Split``.
    """

    split_changed = Signal(object)

    def __init__(self) -> None:
        super().__init__("split", translate("Split"))
        self._split = Split()
        self.bar = SplitBar()
        self.bar.shares_changed.connect(self._on_shares_changed)
        self.column.addWidget(self.bar)
        self._labels = tuple(RichLabel(role="label") for _ in range(3))
        names = QHBoxLayout()
        names.addWidget(self._labels[0])
        names.addStretch(1)
        names.addWidget(self._labels[1])
        names.addSpacing(20)
        names.addWidget(self._labels[2])
        self.column.addLayout(names)
        self.shuffle = CheckBox(self.tr("Shuffle first"))
        self.seed = SpinBox()
        self.stratify = CheckBox(self.tr("Keep class shares equal"))
        self._add_checks()
        self.column.addStretch(1)

    def _add_checks(self) -> None:
        self.seed.setRange(0, MAX_SEED)
        self.seed.setProperty("small", True)
        self.seed.setAccessibleName(self.tr("Seed of the shuffle"))
        self.seed.setToolTip(self.tr("The same seed deals the rows out the same way every time"))
        self.seed.setFixedWidth(84)
        self.seed.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.stratify.setToolTip(self.tr("Each part gets the same share of every class as the whole file"))
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self.shuffle)
        row.addWidget(PlainLabel(self.tr("seed"), role="muted"))
        row.addWidget(self.seed)
        row.addStretch(1)
        self.column.addLayout(row)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self.stratify)
        self.order = PlainLabel(self.tr("stratify"), role="muted")
        row.addWidget(self.order)
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
        by_time = split.by_time is not None
        self.shuffle.setChecked(split.shuffle and not by_time)
        self.shuffle.setEnabled(not by_time)
        self.seed.setValue(split.seed)
        self.seed.setEnabled(split.shuffle and not by_time)
        self.order.setText(
            self.tr("in order of {column}").format(column=split.by_time) if by_time else self.tr("stratify")
        )
        classes = choices.task != "regression"
        self.stratify.setEnabled(classes and split.shuffle and not by_time)
        self.stratify.setChecked(split.stratify and classes and not by_time)
        del blockers
        train, validation, test = (round(100 * share) for share in self.bar.shares)
        rows = round(choices.n_rows * split.train)
        first = self.tr("<b>{share}</b> Train {rows}")
        if self.width() >= WIDE and rows < MANY_ROWS:
            first = self.tr("<b>{share}</b> Train {rows} · to learn from")
        self._labels[0].setText(rich(first, share=f"{train}{NBSP}%", rows=format_number(rows)))
        self._labels[1].setText(rich(self.tr("<b>{share}</b> Validate"), share=f"{validation}{NBSP}%"))
        self._labels[2].setText(rich(self.tr("<b>{share}</b> Test"), share=f"{test}{NBSP}%"))

    def _on_shares_changed(self, train: float, validation: float, test: float) -> None:
        self._change(replace(self._split, train=train, validation=validation, test=test))

    def _change(self, split: Split) -> None:
        self._split = split
        self.split_changed.emit(split)


def _choice_box(name: str, choices: Mapping[str, str]) -> QComboBox:
    box = ComboBox()
    box.setAccessibleName(name)
    for value, label in choices.items():
        box.addItem(translate(label), value)
    return box
