"""Above the picture: which row is shown, what the network makes of it, and what the lines show.

While training goes through a batch phase by phase, previous, next, number and dice go through the rows of the batch.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QEvent, QSignalBlocker, Qt
from PySide6.QtGui import QFontMetrics, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QToolButton, QToolTip, QWidget

from ann_viz.explain import wording
from ann_viz.numerals import format_number
from ann_viz.rich import bold, rich
from ann_viz.translation import translate
from ann_viz.ui.canvas.bar_forms import Form, Told, forms
from ann_viz.ui.canvas.row_number import RowNumber
from ann_viz.ui.canvas.row_walk import RowWalk
from ann_viz.ui.canvas.tried_bar import TriedBar
from ann_viz.ui.document.bridge import Bridge
from ann_viz.ui.document.view import View
from ann_viz.ui.kit import icons, theme
from ann_viz.ui.kit.controls import Segments
from ann_viz.ui.kit.labels import PlainLabel, RichLabel
from ann_viz.ui.kit.plain_text import plain_tip

if TYPE_CHECKING:
    from ann_viz.data import Dataset, PartName

__all__ = ["ExampleBar"]

SPACING: Final = 6
GAP: Final = 4
CHIP_HEIGHT: Final = 22  # twice the radius that the style sheet gives a chip
SHORTEST_PART: Final = 2
LEAST_ANSWER: Final = 110  # below it, what the lines show is left to the menu and its keys
DOTTED: Final = '<span style="color:{colour}">●</span> {text}'


class ExampleBar(QWidget):
    """Chooses the row that is shown and says what the network makes of it."""

    def __init__(self, bridge: Bridge, view: View, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._bridge = bridge
        self._view = view
        self._told: Told | None = None
        self.answer = ""
        self._name = ""
        self._walk = RowWalk(bridge)
        self._parts = ("", "", "")
        self._part_widths: tuple[int, ...] = (0, 0, 0)
        self._part: PartName = "train"
        self._previous = self._button("chevron-left", self.tr("Previous row"))
        self._next = self._button("chevron-right", self.tr("Next row"))
        self._dice = self._button("dices", self.tr("Random row"))
        self._wrong = self._button("circle-x", self.tr("Next row that the network gets wrong"))
        self._spin = RowNumber(self)
        self.part = RichLabel(parent=self, role="muted")
        self.says = RichLabel(parent=self, role="body")
        self.truth = PlainLabel(parent=self, role="chip")
        self.truth.setMinimumHeight(CHIP_HEIGHT)
        self._caption = PlainLabel(self.tr("Lines show"), self, role="muted")
        choices = (
            ("weights", self.tr("Weights")),
            ("signals", self.tr("Signals")),
            ("gradients", self.tr("Gradients")),
            ("change", self.tr("Change")),
        )
        self.modes = Segments(choices, self.tr("Lines show"), self)
        self.modes.show_value(view.mode)
        self._buttons = (self._previous, self._next, self._dice, self._wrong)
        self.tried = TriedBar(bridge, self)
        self.tried.hide()
        self._row = QHBoxLayout(self)
        self._arrange()
        self._connect()
        self._on_dataset_changed()

    def _arrange(self) -> None:
        row = self._row
        row.setContentsMargins(12, 8, 12, 8)
        row.setSpacing(SPACING)
        row.addWidget(self.tried, 1)
        number = QHBoxLayout()  # between its arrows, as one thing
        number.setSpacing(0)
        for widget in (self._previous, self._spin, self._next):
            number.addWidget(widget)
        row.addLayout(number)
        for widget in (self._dice, self._wrong):
            row.addWidget(widget)
        row.addWidget(self.part)
        row.addSpacing(GAP)
        row.addWidget(self.says)
        row.addWidget(self.truth, 0, Qt.AlignmentFlag.AlignVCenter)  # a pill, however high the bar is
        row.addStretch()
        row.addWidget(self._caption)
        row.addWidget(self.modes)

    def _connect(self) -> None:
        bridge, view = self._bridge, self._view
        self.modes.chosen.connect(view.show_lines)
        view.mode_changed.connect(lambda: self.modes.show_value(view.mode))
        self._previous.clicked.connect(self.previous)
        self._next.clicked.connect(self.next)
        self._dice.clicked.connect(self.random)
        self._wrong.clicked.connect(self.wrong)
        self._spin.valueChanged.connect(self._on_number_chosen)
        bridge.dataset_changed.connect(self._on_dataset_changed)
        bridge.example_changed.connect(self.show_example)
        bridge.runs_changed.connect(self.show_verdict)

    def _button(self, icon: str, tip: str) -> QToolButton:
        button = QToolButton(self)
        button.setProperty("icon_name", icon)
        button.setIcon(icons.icon(icon))
        button.setToolTip(plain_tip(tip))
        button.setAccessibleName(tip)
        button.setFixedSize(28, 28)
        button.setProperty("kind", "quiet")
        return button

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Leave out what doesn't fit, the least important first."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        """Say all that there is room for, and the network's answer in any case.

        Reckoned from size hints: trying it out on the layout would resize the picture, many times a second.
        """
        if self.tried.isVisibleTo(self) or self._told is None:
            return
        room = self._room()
        strong_font = self.says.font()
        strong_font.setBold(True)
        plain, strong = self.says.fontMetrics(), QFontMetrics(strong_font)
        modes = self.modes.sizeHint().width() + SPACING
        for form in forms(self._told, strong):
            left = room - modes - self._width_beside(form) - plain.horizontalAdvance(form.saying.format(answer=""))
            left -= form.widest
            if left >= 0:
                break
        else:
            alone = room - self._width_beside(form)
            form = form.cut(strong, alone - (modes if alone - modes >= LEAST_ANSWER else 0))
            left = alone - modes - LEAST_ANSWER
        self._say(form, self._prefix if form.is_named else "")
        shown = ((self.modes, left >= 0), (self._caption, left >= SPACING + self._caption.sizeHint().width()))
        for widget, seen in shown:
            if widget.isHidden() == seen:
                widget.setVisible(seen)

    def _room(self) -> int:
        """Return how wide what changes its words may be altogether."""
        margins, chip = self._row.contentsMargins(), self.truth.fontMetrics()
        used = margins.left() + margins.right() + GAP + SPACING * (len(self._buttons) + 2)
        used += self.truth.sizeHint().width() - chip.horizontalAdvance(self.truth.text())  # around its text
        return self.width() - used - sum(w.sizeHint().boundedTo(w.maximumSize()).width() for w in self._buttons)

    def _width_beside(self, form: Form) -> int:
        """Return how wide all is that is said but the answer."""
        named = self._spin.width_with(self._prefix if form.is_named else "")
        beside = self._part_widths[form.part] + named + self.truth.fontMetrics().horizontalAdvance(form.chip)
        return beside if self._has_dice(form) else beside - self._dice.width() - SPACING

    @staticmethod
    def _has_dice(form: Form) -> bool:
        """Whether there is room for the dice, which a key of the keyboard throws as well."""
        return form.part < SHORTEST_PART

    def _say(self, form: Form, prefix: str) -> None:
        """Say row, answer and truth in this form."""
        self._dice.setVisible(self._has_dice(form))
        self._say_part(self._parts[form.part])
        self._spin.show_name(prefix)
        self.says.setText(rich(form.saying, answer=bold(form.told.words)))
        self.truth.setText(form.chip)

    @property
    def _prefix(self) -> str:
        """What a row is called, before its number; in a batch it is the number there."""
        return self.tr("Row ") if self._walk.batch is not None else self._name

    def previous(self) -> None:
        """Show the row before; the first is followed by the last."""
        self._walk.move(-1)

    def next(self) -> None:
        """Show the row after; the last is followed by the first."""
        self._walk.move(1)

    def random(self) -> None:
        """Show any row, of the batch under way if there is one."""
        self._walk.jump()

    def wrong(self) -> None:
        """Show the next row that the network gets wrong; if there is none, say so."""
        document = self._bridge.document
        row = document.find_wrong() if document.dataset is not None else None
        if row is not None:
            self._bridge.set_example(row)
        elif document.dataset is not None:
            where = self._wrong.mapToGlobal(self._wrong.rect().bottomLeft())
            QToolTip.showText(where, self.tr("The network gets every row right."), self._wrong)

    def _on_number_chosen(self, number: int) -> None:
        self._walk.show(number - 1)

    def _on_dataset_changed(self) -> None:
        dataset = self._bridge.document.described
        name = "" if dataset is None else dataset.recipe.row_name
        self._name = (name or self.tr("Row")) + " "
        self._told = None
        self.show_example()

    def show_example(self) -> None:
        """Fill the controls from the document."""
        document = self._bridge.document
        dataset, batch = document.dataset, document.batch
        if document.described is None:
            return
        self._show_tried(document.tried is not None)
        if dataset is None:  # there are no rows to choose from
            self._fit()
            self.show_verdict()
            return
        among = self._walk.batch = batch if batch is not None and not batch.beside else None
        with QSignalBlocker(self._spin):
            self._spin.setRange(1, self._walk.n_rows)
            self._spin.setSuffix("" if among is None else self.tr(" of {n}").format(n=format_number(len(among))))
            self._spin.setValue(self._walk.place + 1)
        self._show_part(dataset)
        self._fit()
        self.show_verdict()

    def _show_tried(self, tried: bool) -> None:
        """Say what is made of a made-up row in the place of which row of the table is shown, or the other way round."""
        self.tried.setVisible(tried)
        for widget in (*self._buttons, self._spin, self.part, self.says, self.truth):
            widget.setVisible(not tried)
        if tried:
            self._caption.hide()
            self.modes.show()

    def _show_part(self, dataset: Dataset) -> None:
        """Say which part of the data the row belongs to, and in a batch, where its number counts, which row it is."""
        row = self._bridge.document.example
        part = dataset.part_of(row)
        text = translate(wording.PARTS[part])
        self._parts = (text, text, "")
        if self._walk.batch is not None:
            name, number = wording.row_name(dataset, row), format_number(row + 1)
            self._parts = (f"{name} · {text}", f"{number} · {text}", number)
        self._part = part
        widths = []
        for each in self._parts:
            self._say_part(each)
            widths.append(self.part.sizeHint().width())
        self._part_widths = tuple(widths)
        self.part.setToolTip(plain_tip(translate(wording.USES[part])))

    def _say_part(self, text: str) -> None:
        self.part.setText(rich(DOTTED, colour=getattr(theme.current(), self._part), text=text))

    def show_verdict(self) -> None:
        """Say what the network answers for the row now, and whether it is right."""
        row = self._bridge.document.shown_row() if self.isVisible() else None
        if row is None:
            return
        if row.facts.is_made_up:
            self.tried.show_row(row)
            return
        right = row.right if row.has_answered else None
        mark = {None: "", True: "✓ ", False: "✗ "}[right]
        told = Told(row.answer, row.names.truth, mark, row.has_answered)
        if self._told is not None and self._told.is_said_like(told):
            return
        self._told, self.answer = told, told.words
        role = {None: "chip", True: "okChip", False: "dangerChip"}[right]
        if self.truth.property("role") != role:
            self.truth.setProperty("role", role)
            self.truth.style().polish(self.truth)
        said = self.tr("Truth: {truth}. The network says {answer}.").format(truth=told.truth, answer=told.words)
        for label in (self.says, self.truth):
            label.setToolTip(plain_tip(said))
        self._fit()

    def changeEvent(self, event: QEvent) -> None:
        """Tint the icons anew when the theme changes."""
        if event.type() == QEvent.Type.PaletteChange:
            for button in self._buttons:
                button.setIcon(icons.icon(button.property("icon_name")))
            if self._bridge.document.dataset is not None:
                self._show_part(self._bridge.document.dataset)
        super().changeEvent(event)
