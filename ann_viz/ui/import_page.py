"""The widgets of the import dialog and how they lie; it shows what it is given and decides nothing."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from itertools import pairwise
from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import (
    QDialog,
    QFrame,
    QHBoxLayout,
    QLabel,
    QLayout,
    QProgressBar,
    QPushButton,
    QSizePolicy,
    QStackedWidget,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from ann_viz.ui import icons, theme
from ann_viz.ui.import_cards import MissingCard, NoticesCard, SplitCard
from ann_viz.ui.import_choices import ImportChoices
from ann_viz.ui.import_footer import Footer
from ann_viz.ui.import_options import ReadOptions
from ann_viz.ui.import_preview import PreviewRow
from ann_viz.ui.import_table import PreviewTable
from ann_viz.ui.import_text import broken_summary, count, file_facts

__all__ = ["ImportPage"]

STEPS: Final = 1000
CARDS_HEIGHT: Final = 146
CHIP_HEIGHT: Final = 22


class ImportPage(QWidget):
    """Everything in the dialog, top to bottom.

    Parameters
    ----------
    dialog : QDialog
        The dialog to fill.
    """

    def __init__(self, dialog: QDialog) -> None:
        super().__init__(dialog)
        self.setAutoFillBackground(True)
        self.setBackgroundRole(QPalette.ColorRole.Base)
        outer = QVBoxLayout(dialog)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(self)
        self.options = ReadOptions()
        self.table = PreviewTable()
        self.notices, self.missing, self.split = NoticesCard(), MissingCard(), SplitCard()
        self.footer = Footer()
        self.progress = QProgressBar()
        self.progress.setRange(0, STEPS)
        self.progress.setTextVisible(False)
        self.progress.setAccessibleName("Progress")
        policy = self.progress.sizePolicy()
        policy.setRetainSizeWhenHidden(True)
        self.progress.setSizePolicy(policy)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.progress)
        column.addLayout(self._body(), 1)
        column.addWidget(self.footer)
        self._calm_buttons()
        self._order_tabs()
        self.tint()

    def _body(self) -> QLayout:
        body = QVBoxLayout()
        body.setContentsMargins(20, 8, 20, 8)
        body.setSpacing(0)
        body.addLayout(self._header())
        body.addSpacing(16)
        body.addWidget(self.options)
        body.addSpacing(12)
        body.addLayout(self._preview_heading())
        body.addSpacing(8)
        self.stack = QStackedWidget()
        self.stack.addWidget(self.table)
        self.stack.addWidget(self._message_page())
        body.addWidget(self.stack, 1)
        body.addSpacing(12)
        self.cards = self._cards()
        body.addWidget(self.cards)
        return body

    def _header(self) -> QLayout:
        self._picture = QLabel()
        self._picture.setProperty("role", "accentChip")
        self._picture.setFixedSize(36, 36)
        self._picture.setAlignment(Qt.AlignmentFlag.AlignCenter)
        title = QLabel("Import a CSV file")
        title.setProperty("role", "dialogTitle")
        self.facts = QLabel()
        self.facts.setProperty("role", "muted")
        self.facts.setTextFormat(Qt.TextFormat.PlainText)
        self.another = QPushButton("Choose another…")
        self.close_button = QToolButton()
        self.close_button.setProperty("kind", "quiet")
        self.close_button.setToolTip("Close without importing (Esc)")
        self.close_button.setAccessibleName("Close")
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(title)
        words.addWidget(self.facts)
        row = QHBoxLayout()
        row.setSpacing(12)
        row.addWidget(self._picture)
        row.addLayout(words)
        row.addSpacing(8)
        row.addWidget(self.another)
        row.addStretch(1)
        row.addWidget(self.close_button)
        return row

    def _preview_heading(self) -> QLayout:
        heading = QLabel("Preview")
        heading.setProperty("role", "strong")
        hint = QLabel("choose what each column is for")
        hint.setProperty("role", "muted")
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(heading)
        row.addWidget(hint)
        row.addStretch(1)
        self._chips = {role: QLabel() for role in ("input", "target", "ignore")}
        for role, chip in self._chips.items():
            chip.setProperty("role", "accentChip" if role == "target" else "chip")
            chip.setFixedHeight(CHIP_HEIGHT)
            row.addWidget(chip)
        self.broken = QLabel()
        self.broken.setFixedHeight(CHIP_HEIGHT)
        self.broken.setProperty("role", "dangerChip")
        self.broken.setTextInteractionFlags(
            Qt.TextInteractionFlag.LinksAccessibleByMouse | Qt.TextInteractionFlag.LinksAccessibleByKeyboard
        )
        self.broken.hide()
        row.addWidget(self.broken)
        return row

    def _message_page(self) -> QWidget:
        page = QFrame()
        page.setProperty("card", "empty")
        self._message_icon = QLabel()
        self._message_icon.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.message = QLabel()
        self.message.setProperty("role", "body")
        self.message.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.message.setWordWrap(True)
        self.message.setTextFormat(Qt.TextFormat.PlainText)
        self.message.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.message_another = QPushButton("Choose another…")
        column = QVBoxLayout(page)
        column.setContentsMargins(120, 20, 120, 20)
        column.setSpacing(12)
        column.addStretch(1)
        column.addWidget(self._message_icon)
        column.addWidget(self.message)  # not aligned: a wrapped label gets its height only at the layout's own width
        column.addWidget(self.message_another, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addStretch(1)
        return page

    def _cards(self) -> QWidget:
        cards = QWidget()
        row = QHBoxLayout(cards)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(24)
        for place, (card, share) in enumerate(((self.notices, 112), (self.missing, 96), (self.split, 103))):
            if place:
                line = QFrame()
                line.setProperty("line", "v")
                row.addWidget(line)
            card.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
            row.addWidget(card, share)
        cards.setFixedHeight(CARDS_HEIGHT)
        policy = cards.sizePolicy()
        policy.setRetainSizeWhenHidden(True)
        cards.setSizePolicy(policy)
        return cards

    def _calm_buttons(self) -> None:
        # In a dialog every button becomes the default one while it has the focus; only Import may be.
        for button in self.findChildren(QPushButton):
            button.setAutoDefault(False)
        self.footer.accept.setDefault(True)

    def _order_tabs(self) -> None:
        boxes = [field.box for field in self.options.fields.values()]
        chain = [self.another, *boxes, self.options.again, self.broken, self.table]
        for first, second in pairwise(chain):
            QWidget.setTabOrder(first, second)
        QWidget.setTabOrder(self.footer.accept, self.close_button)

    def show_reading(self, name: str) -> None:
        """Show that a file is being read."""
        self.facts.setText(name)
        self.footer.show_busy(f"Reading {name} …")
        self.progress.setValue(0)
        self.progress.show()

    def show_fraction(self, what: str, fraction: float) -> None:
        """Show how far the work is."""
        self.progress.setValue(round(STEPS * fraction))
        share = f"{fraction:.0%}".replace("%", "\u00a0%") if fraction < 1.0 else ""
        self.footer.summary.setText(f"{escape(what)} … {share}")

    def show_table(self, rows: Sequence[PreviewRow], choices: ImportChoices) -> None:
        """Show a file that was read."""
        table = choices.table
        self.progress.hide()
        self.facts.setText(file_facts(table))
        self.table.show_rows(rows, table.columns, choices.roles)
        self.stack.setCurrentIndex(0)
        self.options.setEnabled(True)
        self.cards.show()
        self.broken.setVisible(table.n_bad > 0)
        self.broken.setToolTip(broken_summary(table))

    def show_choices(self, choices: ImportChoices) -> None:
        """Show what the columns are for, and what follows from it."""
        self.table.show_roles(choices.roles)
        counts = choices.counts()
        self._chips["input"].setText(count(counts["input"], "input"))
        self._chips["target"].setText(count(counts["target"], "target"))
        self._chips["ignore"].setText(f"{counts['ignore']:,} ignored")
        for chip in self._chips.values():
            chip.show()
        colour = theme.current().danger
        rows = count(choices.table.n_bad, "broken row")
        self.broken.setText(f'<a href="#broken" style="color:{colour};text-decoration:none">{rows}</a>')
        for card in (self.notices, self.missing, self.split):
            card.show_choices(choices)
        self._calm_buttons()
        self.footer.show_choices(choices)

    def show_failure(self, name: str, sentence: str) -> None:
        """Show why a file can't be used."""
        self.progress.hide()
        self.facts.setText(name)
        self.message.setText(sentence)
        self.stack.setCurrentIndex(1)
        self.cards.hide()
        for chip in (*self._chips.values(), self.broken):
            chip.hide()
        self.footer.show_busy("")
        self.footer.accept.setText("Import")
        self.footer.show_problem("This file can't be imported as it is.")

    def show_building(self) -> None:
        """Show that the dataset is being made."""
        self.set_busy(True)
        self.footer.show_busy("Preparing the rows …")

    def set_busy(self, busy: bool) -> None:
        """Let nothing be changed while the dataset is made; Cancel stays."""
        self.progress.setVisible(busy)
        self.progress.setValue(0)
        for widget in (self.options, self.table, self.cards, self.another):
            widget.setEnabled(not busy)

    def tint(self) -> None:
        """Colour the icons for the theme in use."""
        tokens = theme.current()
        self._picture.setPixmap(icons.pixmap("table", tokens.accent, 18))
        self._message_icon.setPixmap(icons.pixmap("circle-alert", tokens.danger, 28))
        self.close_button.setIcon(icons.icon("x"))
        for part in (self.options, self.notices, self.missing, self.split, self.footer):
            part.tint()
