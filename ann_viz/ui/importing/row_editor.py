"""The small editor of one broken row: its text in a monospaced field, with a check of its cells as one types."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtGui import QFontDatabase, QKeyEvent
from PySide6.QtWidgets import QDialog, QHBoxLayout, QPlainTextEdit, QWidget

from ann_viz.data import BadLine, Dialect
from ann_viz.numerals import format_number
from ann_viz.session.importing.repair import check_row
from ann_viz.ui.kit.labels import PlainLabel
from ann_viz.ui.kit.sheet import Sheet

__all__ = ["RowEditor"]

WIDTH: Final = 640
FIELD_HEIGHT: Final = 84


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
        self.setFixedWidth(WIDTH)
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
