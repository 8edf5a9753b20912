"""All rows with trouble in one list, each to be skipped, filled up or edited, and the small editor of one row.

The list paints its lines itself, so ten thousand of them are as quick as ten.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final, Literal

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontDatabase, QFontMetrics, QKeyEvent, QPainter, QPen
from PySide6.QtWidgets import (
    QAbstractItemView,
    QDialog,
    QHBoxLayout,
    QListView,
    QPlainTextEdit,
    QPushButton,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from ann_viz.data import BadLine, Dialect
from ann_viz.numerals import count, format_number
from ann_viz.session.importing.repair import DECISION_LABELS, Decision, Repairs, check_row
from ann_viz.translation import translate
from ann_viz.ui.kit import theme
from ann_viz.ui.kit.labels import PlainLabel
from ann_viz.ui.kit.plain_text import plain_tip
from ann_viz.ui.kit.sheet import Sheet

__all__ = ["BrokenRows", "RowEditor"]

Index = QModelIndex | QPersistentModelIndex
SIZE: Final = (860, 520)
LEAST_SIZE: Final = (560, 320)
EDITOR_WIDTH: Final = 640
FIELD_HEIGHT: Final = 84
ROW_HEIGHT: Final = 44
NUMBER_WIDTH: Final = 92
MARK_WIDTH: Final = 84
SHOWN_LENGTH: Final = 300
_TOP: Final = QModelIndex()


class _Model(QAbstractListModel):
    """Rows with trouble and what was decided for each."""

    def __init__(self, rows: Sequence[BadLine], repairs: Repairs) -> None:
        super().__init__()
        self.rows = rows
        self.repairs = repairs

    def rowCount(self, parent: Index = _TOP) -> int:
        return 0 if parent.isValid() else len(self.rows)

    def text(self, place: int) -> str:
        """Return a row's text as it will be used."""
        bad = self.rows[place]
        edited = self.repairs.edits.get(bad.line, "")
        return edited if edited and self.decision(place) == "edit" else bad.text

    def decision(self, place: int) -> Decision:
        """Return what was decided for a row."""
        return self.repairs.decision(self.rows[place].line)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:  # Qt's own signature
        bad = self.rows[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            decided = translate(DECISION_LABELS[self.decision(index.row())])
            text = self.tr("Line {n}: {problem}; {decided}. {text}")
            return text.format(n=format_number(bad.line), problem=bad.problem, decided=decided, text=bad.text)
        if role == Qt.ItemDataRole.ToolTipRole:
            return plain_tip(self.text(index.row()))
        return None


class _Delegate(QStyledItemDelegate):
    """Paints line number, sentence, text and decision of one row."""

    def __init__(self, view: QListView, model: _Model) -> None:
        super().__init__(view)
        self._view = view
        self._model = model

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """Two lines."""
        return QSize(200, ROW_HEIGHT)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Paint one row."""
        tokens = theme.current()
        rect, state = option.rect, option.state
        bad, decision = self._model.rows[index.row()], self._model.decision(index.row())
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if state & QStyle.StateFlag.State_Selected:
            painter.fillRect(rect, QColor(tokens.accent_soft))
        painter.fillRect(rect.left(), rect.bottom(), rect.width(), 1, QColor(tokens.border))
        ink = QColor(tokens.danger if decision == "skip" else tokens.ok)
        upper = QRect(rect.left() + 10, rect.top() + 5, NUMBER_WIDTH - 10, 17)
        font = QFont(self._view.font())
        font.setPixelSize(12)
        font.setWeight(QFont.Weight.DemiBold)
        painter.setFont(theme.tabular(font))
        painter.setPen(QColor(tokens.text))
        painter.drawText(upper, Qt.AlignmentFlag.AlignVCenter, self.tr("Line {n}").format(n=format_number(bad.line)))
        middle = QRect(rect.left() + NUMBER_WIDTH, upper.top(), rect.width() - NUMBER_WIDTH - MARK_WIDTH, 17)
        font.setWeight(QFont.Weight.Normal)
        painter.setFont(font)
        painter.setPen(QColor(tokens.text2))
        _draw_elided(painter, middle, bad.problem[:1].upper() + bad.problem[1:])
        painter.setPen(ink)
        right = QRect(middle.right(), upper.top(), MARK_WIDTH - 10, 17)
        painter.drawText(right, Qt.AlignmentFlag.AlignRight, translate(DECISION_LABELS[decision]))
        mono = QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont)
        mono.setPixelSize(11)
        painter.setFont(mono)
        painter.setPen(QColor(tokens.muted))
        lower = QRect(rect.left() + NUMBER_WIDTH, upper.bottom() + 1, rect.width() - NUMBER_WIDTH - 10, 16)
        _draw_elided(painter, lower, " ".join(self._model.text(index.row())[:SHOWN_LENGTH].split()))
        if state & QStyle.StateFlag.State_HasFocus and self._view.hasFocus():
            painter.setPen(QPen(QColor(tokens.accent), 1.5))
            painter.drawRoundedRect(rect.adjusted(1, 1, -1, -2), 4, 4)
        painter.restore()


def _draw_elided(painter: QPainter, box: QRect, text: str) -> None:
    shown = QFontMetrics(painter.font()).elidedText(text, Qt.TextElideMode.ElideRight, box.width())
    painter.drawText(box, Qt.AlignmentFlag.AlignVCenter, shown)


class BrokenRows(Sheet):
    """The list of all rows with trouble.

    Parameters
    ----------
    rows : sequence of BadLine
        The rows, in file order.
    n_all : int
        How many there are; more than listed in a file with very many.
    repairs : Repairs
        What was decided so far.
    dialect : Dialect
        How the file is written.
    """

    def __init__(
        self, rows: Sequence[BadLine], n_all: int, repairs: Repairs, dialect: Dialect, parent: QWidget
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Broken rows"))
        self._dialect = dialect
        self._model = _Model(rows, repairs)
        title = PlainLabel(count(n_all, "broken row"), role="dialogTitle")
        advice = self.tr("Choose for the selected rows, or for all of them at once.")
        listed = self.tr("The first {n} are listed.").format(n=format_number(len(rows)))
        hint = PlainLabel(f"{advice} {listed}" if n_all > len(rows) else advice, role="muted")
        self.list = QListView()
        self.list.setModel(self._model)
        self.list.setItemDelegate(_Delegate(self.list, self._model))
        self.list.setUniformItemSizes(True)
        self.list.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.list.setAccessibleName(self.tr("Broken rows"))
        self.list.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.list.activated.connect(lambda index: self._edit(index.row()))
        column = self.white_column()
        column.addWidget(title)
        column.addWidget(hint)
        column.addWidget(self.list, 1)
        column.addLayout(self._buttons())
        self.set_sizes(SIZE, LEAST_SIZE)
        if rows:
            self.list.setCurrentIndex(self._model.index(0))
        self.list.setFocus()

    @property
    def repairs(self) -> Repairs:
        """What is decided now."""
        return self._model.repairs

    def _buttons(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(8)
        self.edit = self._button(self.tr("&Edit…"), lambda: self._edit(self.list.currentIndex().row()))
        self.skip = self._button(self.tr("&Skip"), lambda: self._decide("skip"))
        self.pad = self._button(self.tr("&Fill up"), lambda: self._decide("pad"))
        self.skip_all = self._button(self.tr("S&kip all"), lambda: self._decide_all("skip"))
        self.pad_all = self._button(self.tr("Fill &up all"), lambda: self._decide_all("pad"))
        for place, button in enumerate((self.edit, self.skip, self.pad, self.skip_all, self.pad_all)):
            if place == 3:
                row.addSpacing(12)
            row.addWidget(button)
        row.addStretch(1)
        self.ok = self.add_answers(row, self.tr("Read again"))
        return row

    def _button(self, text: str, act: Any) -> QPushButton:
        button = QPushButton(text)
        button.setAutoDefault(False)
        button.setProperty("small", True)
        button.clicked.connect(lambda _=False: act())
        return button

    def _decide(self, decision: Literal["skip", "pad"]) -> None:
        chosen = [self._model.rows[index.row()] for index in self.list.selectedIndexes()]
        self._take(self.repairs.with_rows(chosen, decision, self._dialect))

    def _decide_all(self, decision: Literal["skip", "pad"]) -> None:
        self._take(self.repairs.with_all(decision))

    def _edit(self, place: int) -> None:
        if place < 0:
            return
        bad = self._model.rows[place]
        text = RowEditor.ask(self, bad, self._dialect, self._model.text(place))
        if text is not None:
            self._take(self.repairs.with_edit(bad.line, text))

    def _take(self, repairs: Repairs) -> None:
        self._model.repairs = repairs
        self._model.dataChanged.emit(self._model.index(0), self._model.index(len(self._model.rows) - 1))


class RowEditor(Sheet):
    """Edit one row; *Use this text* only works while the text has the right number of columns."""

    def __init__(self, parent: QWidget, bad: BadLine, dialect: Dialect, text: str) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Edit row"))
        self._n_columns = bad.expected
        self._dialect = dialect
        self.field = QPlainTextEdit(text)
        family = QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont).family()
        # Not `setFont`: the program's stylesheet names a font for every widget, and only another sheet beats it.
        self.field.setStyleSheet(f'font-family: "{family}"; font-size: 13px;')
        self.field.setTabChangesFocus(True)
        self.field.setAccessibleName(self.tr("Text of line {n}").format(n=bad.line))
        self.field.setFixedHeight(FIELD_HEIGHT)
        self.field.textChanged.connect(self._on_text)
        self.verdict = PlainLabel(role="muted")
        foot = QHBoxLayout()
        foot.setSpacing(8)
        foot.addWidget(self.verdict, 1)
        self.ok = self.add_answers(foot, self.tr("Use this text"))
        column = self.white_column()
        column.addWidget(PlainLabel(self.tr("Line {n}").format(n=format_number(bad.line)), role="dialogTitle"))
        column.addWidget(PlainLabel(f"{bad.problem[:1].upper()}{bad.problem[1:]}.", role="muted", wrap=True))
        column.addWidget(self.field)
        column.addLayout(foot)
        self.setFixedWidth(EDITOR_WIDTH)
        self.field.setFocus()
        self._on_text()

    @classmethod
    def ask(cls, parent: QWidget, bad: BadLine, dialect: Dialect, text: str) -> str | None:
        """Show the editor; return the corrected text, or None when the user cancelled."""
        editor = cls(parent, bad, dialect, text)
        accepted = editor.exec() == QDialog.DialogCode.Accepted
        result = editor.field.toPlainText() if accepted else None
        editor.deleteLater()
        return result

    def _on_text(self) -> None:
        fine, words = check_row(self.field.toPlainText(), self._n_columns, self._dialect)
        self.verdict.setText(words)
        self.verdict.setProperty("role", "ok" if fine else "danger")
        self.verdict.style().unpolish(self.verdict)
        self.verdict.style().polish(self.verdict)
        self.ok.setEnabled(fine)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Ctrl+Enter uses the text, also from within the field."""
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and self.ok.isEnabled():
            self.accept()
            return
        super().keyPressEvent(event)
