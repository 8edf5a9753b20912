"""What is seen of predicting a file: the first rows with their answers, how to write them, and the receipt."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLayout,
    QPushButton,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from ann_viz.session.answer_files import FORMATS, AnswerFormat
from ann_viz.session.predict import RowOrder
from ann_viz.session.prediction import Glimpse
from ann_viz.translation import translate
from ann_viz.ui.kit.check_box import CheckBox
from ann_viz.ui.kit.controls import IconButton
from ann_viz.ui.kit.labels import PlainLabel
from ann_viz.ui.kit.line import horizontal_line
from ann_viz.ui.kit.plain_text import plain_tip
from ann_viz.ui.kit.progress import ProgressBar
from ann_viz.ui.kit.scrolling import Scrolling
from ann_viz.ui.kit.wheel import ComboBox
from ann_viz.ui.predicting.first_rows import FirstRows

__all__ = ["PredictPage"]


class PredictPage(QWidget):
    """The parts of the dialog, which know nothing of files and threads."""

    another_asked = Signal()
    closed = Signal()
    save_asked = Signal()
    fill_asked = Signal()
    folder_asked = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.title = PlainLabel(self.tr("Predict a file"), role="dialogTitle")
        self.facts = PlainLabel(role="muted")
        self.another = QPushButton(self.tr("Another file…"))
        self.another.setProperty("small", True)
        self.another.clicked.connect(self.another_asked)
        self.close_button = IconButton("x", self.tr("Close"))
        self.close_button.clicked.connect(self.closed)
        self.progress = ProgressBar(self.tr("Progress"), keeps_room=True)
        self.rows = FirstRows()
        self.message = PlainLabel(role="body", wrap=True)
        self.message.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.fill = QPushButton(self.tr("Fill them like empty cells"))
        self.fill.clicked.connect(self.fill_asked)
        self.receipt_title = PlainLabel(role="title")
        self.receipt = QVBoxLayout()
        self.sentences: list[PlainLabel] = []
        self.stack = QStackedWidget()
        for page in (self.rows, self._message_page(), self._receipt_page()):
            self.stack.addWidget(page)
        self._make_options()
        self.status = PlainLabel(role="muted")
        self.cancel = QPushButton(self.tr("Cancel"))
        self.cancel.setProperty("kind", "tool")
        self.cancel.clicked.connect(self.closed)
        self.folder = QPushButton(self.tr("Show in folder"))
        self.folder.setProperty("kind", "tool")
        self.folder.clicked.connect(self.folder_asked)
        self.save = QPushButton(self.tr("Save answers…"))
        self.save.setProperty("kind", "primary")
        self.save.clicked.connect(self.save_asked)
        self._lay_out()
        for button in self.findChildren(QPushButton):
            button.setAutoDefault(False)
        self.save.setDefault(True)

    def _make_options(self) -> None:
        self.order = ComboBox()
        self.order.setAccessibleName(self.tr("Order of the rows"))
        self.order.addItem(self.tr("As in the file"), "file")
        self.order.addItem(self.tr("Surest first"), "chance")
        self.kind = ComboBox()
        self.kind.setAccessibleName(self.tr("Kind of file"))
        for each in FORMATS:
            self.kind.addItem(translate(each.title), each)
            if not each.is_there:
                item = self.kind.count() - 1
                self.kind.setItemData(item, plain_tip(self.tr("Needs ann-viz[excel]")), Qt.ItemDataRole.ToolTipRole)
        self.kind.currentIndexChanged.connect(self._on_kind_changed)
        self.escape = CheckBox(self.tr("Keep spreadsheets from running cells"))
        tip = self.tr("Puts ' before text that begins with =, +, - or @, which a spreadsheet would take for a formula")
        self.escape.setToolTip(plain_tip(tip))

    def _on_kind_changed(self) -> None:
        self.escape.setVisible(self.chosen_kind.runs_formulas)

    def _lay_out(self) -> None:
        head, options, foot = QHBoxLayout(), QHBoxLayout(), QHBoxLayout()
        head.setSpacing(12)
        for widget in (self.title, self.facts):
            head.addWidget(widget)
        head.addStretch()
        head.addWidget(self.another)
        head.addWidget(self.close_button)
        options.setSpacing(8)
        for words, box in ((self.tr("Rows"), self.order), (self.tr("File"), self.kind)):
            label = PlainLabel(words, role="label")
            label.setBuddy(box)
            options.addWidget(label)
            options.addWidget(box)
            options.addSpacing(10)
        options.addWidget(self.escape)
        options.addStretch()
        foot.setSpacing(8)
        foot.addWidget(self.status, 1)
        for button in (self.folder, self.cancel, self.save):
            foot.addWidget(button)
        body = QVBoxLayout()
        body.setContentsMargins(20, 10, 16, 14)
        body.setSpacing(12)
        parts: tuple[QLayout | QWidget, ...] = (head, self.stack, options, horizontal_line(), foot)
        for part in parts:
            if isinstance(part, QWidget):
                body.addWidget(part, 1 if part is self.stack else 0)
            else:
                body.addLayout(part)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.progress)
        column.addLayout(body, 1)

    def _message_page(self) -> QWidget:
        page = QFrame()
        page.setProperty("card", "empty")
        column = QVBoxLayout(page)
        column.setContentsMargins(60, 20, 60, 20)
        column.setSpacing(12)
        column.addStretch()
        column.addWidget(self.message)
        column.addWidget(self.fill, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addStretch()
        return page

    def _receipt_page(self) -> QWidget:
        inside = QWidget()
        page = Scrolling(name=self.tr("Receipt"), sideways=True)
        column = QVBoxLayout(inside)
        column.setContentsMargins(4, 4, 4, 4)
        column.setSpacing(8)
        column.addWidget(self.receipt_title)
        self.receipt.setSpacing(6)
        column.addLayout(self.receipt)
        column.addStretch()
        page.setWidget(inside)
        return page

    # What was chosen ------------------------------------------------------------------------------------------------
    @property
    def chosen_kind(self) -> AnswerFormat:
        """The kind of file."""
        kind: AnswerFormat = self.kind.currentData()
        return kind

    @property
    def chosen_order(self) -> RowOrder:
        """The order of the rows."""
        order: RowOrder = self.order.currentData()
        return order

    # What is shown --------------------------------------------------------------------------------------------------
    def show_busy(self, facts: str, status: str) -> None:
        """Say what is being done; the rest waits."""
        self.facts.setText(facts)
        self.status.setText(status)
        self.progress.show_share(0.0)
        self._set_ready(ready=False)
        self.folder.hide()

    def show_fraction(self, fraction: float) -> None:
        """Move the bar."""
        self.progress.show_share(fraction)

    def show_rows(self, facts: str, status: str, glimpse: Glimpse) -> None:
        """Show the first rows, ready to write all of them."""
        self.facts.setText(facts)
        self.status.setText(status)
        self.rows.show_glimpse(glimpse)
        self.stack.setCurrentIndex(0)
        self._set_ready(ready=True)

    def show_problem(self, sentence: str, *, may_fill: bool) -> None:
        """Say why this file can't be answered."""
        self.message.setText(sentence)
        self.fill.setVisible(may_fill)
        self.status.setText("")
        self.stack.setCurrentIndex(1)
        self._set_ready(ready=False)
        self.progress.hide()
        self.another.setEnabled(True)

    def show_receipt(self, title: str, sentences: Sequence[str], status: str) -> None:
        """Show what was done."""
        for label in self.sentences:
            self.receipt.removeWidget(label)
            label.deleteLater()
        self.sentences = [PlainLabel(f"• {sentence}", role="body", wrap=True) for sentence in sentences]
        for label in self.sentences:
            self.receipt.addWidget(label)
        self.receipt_title.setText(title)
        self.status.setText(status)
        self.stack.setCurrentIndex(2)
        self._set_ready(ready=True)
        self.folder.show()
        self.cancel.setText(self.tr("Done"))

    def _set_ready(self, *, ready: bool) -> None:
        for control in (self.order, self.kind, self.escape, self.save, self.another):
            control.setEnabled(ready)
        self.progress.setVisible(not ready)
        self.cancel.setText(self.tr("Cancel"))
