"""The widgets of the import dialog and how they lie; it shows what it is given and decides nothing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QPalette, QShortcut
from PySide6.QtWidgets import (
    QDialog,
    QFrame,
    QHBoxLayout,
    QLayout,
    QPushButton,
    QSizePolicy,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from ann_viz.data import Role
from ann_viz.data.advice.findings import Finding
from ann_viz.numerals import percent_fixed
from ann_viz.session.importing.choices import ImportChoices
from ann_viz.session.importing.preview_rows import PreviewRow
from ann_viz.session.importing.reading import Glance
from ann_viz.session.importing.repair import filled_up
from ann_viz.session.importing.sentences import broken_summary, file_facts, glance_facts, hint_sentence, round_rows
from ann_viz.session.importing.source import Source
from ann_viz.ui.importing.cards import MissingCard, NoticesCard, SplitCard
from ann_viz.ui.importing.footer import Footer
from ann_viz.ui.importing.heads import PreviewHeading, TitleBar
from ann_viz.ui.importing.preview_table import PreviewTable
from ann_viz.ui.importing.read_options import ReadOptions
from ann_viz.ui.kit import icons, theme
from ann_viz.ui.kit.labels import PlainLabel
from ann_viz.ui.kit.line import vertical_line
from ann_viz.ui.kit.progress import ProgressBar

__all__ = ["ImportPage"]

CARDS_HEIGHT: Final = 146


class ImportPage(QWidget):
    """Everything in the dialog, top to bottom.

    ``another_asked`` fires when another file shall be chosen.

    Parameters
    ----------
    dialog : QDialog
        The dialog to fill.
    """

    another_asked = Signal()

    def __init__(self, dialog: QDialog) -> None:
        super().__init__(dialog)
        self.setAutoFillBackground(True)
        self.setBackgroundRole(QPalette.ColorRole.Base)
        outer = QVBoxLayout(dialog)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(self)
        self.title, self.heading = TitleBar(), PreviewHeading()
        self.another, self.facts, self.broken = self.title.another, self.title.facts, self.heading.broken
        self.title.another_asked.connect(self.another_asked)
        self.options = ReadOptions()
        self.table = PreviewTable()
        self.notices, self.missing, self.split = NoticesCard(), MissingCard(), SplitCard()
        self.footer = Footer()
        self.progress = ProgressBar(self.tr("Progress"), keeps_room=True)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.progress)
        column.addLayout(self._body(), 1)
        column.addWidget(self.footer)
        self._reading = ""
        self._findings: tuple[Finding, ...] | None = None
        self._choices: ImportChoices | None = None
        self.options.show_nothing()
        self.options.setEnabled(False)
        self._calm_buttons()
        self._order_tabs()
        self._add_shortcuts()
        self.tint()

    def _body(self) -> QLayout:
        body = QVBoxLayout()
        body.setContentsMargins(20, 8, 20, 8)
        body.setSpacing(0)
        body.addWidget(self.title)
        body.addSpacing(16)
        body.addWidget(self.options)
        body.addSpacing(12)
        body.addWidget(self.heading)
        body.addSpacing(8)
        self.stack = QStackedWidget()
        self.stack.addWidget(self.table)
        self.stack.addWidget(self._message_page())
        body.addWidget(self.stack, 1)
        body.addSpacing(12)
        self.cards = self._cards()
        body.addWidget(self.cards)
        return body

    def _message_page(self) -> QWidget:
        page = QFrame()
        page.setProperty("card", "empty")
        self._message_icon = PlainLabel()
        self._message_icon.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.message = PlainLabel(role="body")
        self.message.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.message.setWordWrap(True)
        self.message.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.message_another = QPushButton(self.tr("Choose another…"))
        self.message_another.clicked.connect(self.another_asked)
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
                row.addWidget(vertical_line())
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
        cards = [self.notices.list, self.missing.numbers, self.missing.categories, self.missing.words, self.split.bar]
        chain = [
            self.another,
            *boxes,
            self.options.again,
            self.heading.hint,
            self.broken,
            self.heading.mended,
            self.table,
            *cards,
        ]
        for first, second in pairwise(chain):
            QWidget.setTabOrder(first, second)
        QWidget.setTabOrder(self.footer.accept, self.title.close_button)

    def _add_shortcuts(self) -> None:
        """Alt and a letter jump to a part of the dialog; the tooltips name the letters."""
        boxes = {field: widget.box for field, widget in self.options.fields.items()}
        places: tuple[tuple[str, QWidget], ...] = (
            ("D", boxes["delimiter"]),
            ("E", boxes["encoding"]),
            ("C", boxes["header"]),
            ("M", boxes["decimal"]),
            ("Q", boxes["quote"]),
            ("W", boxes["missing"]),
            ("P", self.table),
            ("N", self.notices.list),
            ("V", self.missing.numbers),
            ("S", self.split.bar),
        )
        for key, widget in places:
            shortcut = QShortcut(QKeySequence(f"Alt+{key}"), self)
            shortcut.activated.connect(lambda widget=widget: widget.setFocus(Qt.FocusReason.ShortcutFocusReason))
            widget.setAccessibleDescription(f"{widget.accessibleDescription()} (Alt+{key})".strip())
        roles = QShortcut(QKeySequence("Alt+R"), self)
        roles.activated.connect(self.table.focus_role)
        accept = QShortcut(QKeySequence("Alt+I"), self)
        accept.activated.connect(self.footer.accept.click)

    def show_reading(self, name: str) -> None:
        """Show that a file is being read."""
        self._reading = self.tr("Reading {name}").format(name=name)
        self._findings = None
        if self.facts.text() == "" or not self.facts.text().startswith(name):
            self.facts.setText(name)
        self.footer.show_busy(self.tr("Reading {name} …").format(name=name))
        self.progress.show_share(0.0)
        self.progress.show()

    def show_glance(self, name: str, glance: Glance, roles: Mapping[str, Role]) -> None:
        """Show the first rows while the others are being read."""
        rows = round_rows(glance.about_rows)
        self._reading = self.tr("Reading about {rows}").format(rows=rows)
        self.facts.setText(glance_facts(name, glance.size_bytes, glance.about_rows, len(glance.columns)))
        self.table.show_rows(glance.rows, glance.columns, roles)
        self.stack.setCurrentIndex(0)

    def show_fraction(self, fraction: float) -> None:
        """Show how far the work is."""
        self.progress.show_share(fraction)
        share = percent_fixed(fraction, 0) if 0.0 < fraction < 1.0 else ""
        self.footer.show_share(f"{self._reading} … {share}")

    def show_table(self, rows: Sequence[PreviewRow], choices: ImportChoices, source: Source) -> None:
        """Show a file that was read."""
        table = choices.table
        self.progress.hide()
        self.facts.setText(file_facts(table))
        self.table.show_rows(
            rows,
            table.columns,
            choices.roles,
            source.repairs.decision,
            lambda bad: filled_up(bad, table.dialect) is not None,
        )
        self.stack.setCurrentIndex(0)
        self.options.setEnabled(True)
        self.cards.show()
        self.heading.show_broken(table.n_bad, len(source.known), broken_summary(table))

    def show_choices(self, choices: ImportChoices) -> None:
        """Show what the columns are for, and what follows from it."""
        self._choices = choices
        self.table.show_roles(choices.roles, choices.plans)
        self.heading.show_counts(choices.counts())
        self.notices.show_findings(choices, self._findings)
        self.missing.show_choices(choices)
        self.split.show_choices(choices)
        self.footer.show_choices(choices)

    def show_findings(self, findings: tuple[Finding, ...]) -> None:
        """Show what was found in the data for the choices on show."""
        self._findings = findings
        if self._choices is not None:
            self.notices.show_findings(self._choices, findings)

    def show_hint(self, choices: ImportChoices, source: Source) -> None:
        """Say what is remembered of an earlier import, or why the target was suggested."""
        self.heading.show_hint(hint_sentence(choices, source.follows_last_time, source.offered is not None))

    def show_failure(self, name: str, sentence: str) -> None:
        """Show why a file can't be used."""
        self.progress.hide()
        self.facts.setText(name)
        self.message.setText(sentence)
        self.stack.setCurrentIndex(1)
        self.cards.hide()
        self.heading.clear()
        self.footer.show_failure()

    def show_building(self) -> None:
        """Show that the dataset is being made."""
        self.set_busy(True)
        self._reading = self.tr("Preparing the rows")
        self.footer.show_busy(self.tr("Preparing the rows …"))

    def set_busy(self, busy: bool) -> None:
        """Let nothing be changed while the dataset is made; Cancel stays."""
        self.progress.setVisible(busy)
        self.progress.show_share(0.0)
        for widget in (self.options, self.table, self.cards, self.another):
            widget.setEnabled(not busy)

    def tint(self) -> None:
        """Colour the icons for the theme in use."""
        tokens = theme.current()
        self._message_icon.setPixmap(icons.pixmap("circle-alert", tokens.danger, 28))
        for part in (self.title, self.options, self.notices, self.missing, self.split, self.footer, self.table.strips):
            part.tint()
