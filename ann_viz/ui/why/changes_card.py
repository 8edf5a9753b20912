"""What would change the answer: suggestions that can be tried, and the columns that they leave alone."""

from __future__ import annotations

from collections.abc import Callable, Collection
from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from ann_viz.numerals import listed
from ann_viz.rich import joined, rich
from ann_viz.session.trying.changes import Change, can_move
from ann_viz.session.trying.form import brief
from ann_viz.session.trying.reasons import Reasons
from ann_viz.session.trying.tried_row import TriedRow
from ann_viz.session.trying.words import change_text
from ann_viz.ui.document.rich_text import stressed
from ann_viz.ui.kit import theme
from ann_viz.ui.kit.card import Card
from ann_viz.ui.kit.controls import Glyph
from ann_viz.ui.kit.labels import PlainLabel, RichLabel
from ann_viz.ui.kit.plain_text import plain_caption, plain_tip
from ann_viz.ui.kit.popover import Popover
from ann_viz.ui.kit.scrolling import Scrolling

__all__ = ["ChangesCard"]

POPOVER_WIDTH: Final = 240
POPOVER_HEIGHT: Final = 280
MOST_LISTED: Final = 3  # names of columns in one line, as `listed` has it
BREAK: Final = rich("<br>")
COLOURED: Final = '<b><span style="color:{colour}">{value}</span></b>'


class Suggestion(QWidget):
    """One change: what, what for, what the network says then, and a button."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.what = RichLabel(role="label", wrap=True)
        self.what.setMinimumWidth(1)
        self.purpose = PlainLabel(role="caption", wrap=True)
        self.value = RichLabel(role="label")
        self.button = QPushButton(self.tr("Try"))
        self.button.setProperty("small", "true")
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(self.what)
        words.addWidget(self.purpose)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addLayout(words, 1)
        row.addWidget(self.value)
        row.addWidget(self.button)


class ChangesCard(Card):
    """Suggestions, the smallest first."""

    tried = Signal(object)
    """Carries a row to try."""
    locked = Signal(object)
    """Carries the names of the columns to leave alone."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("shuffle", "", parent)
        self._reasons: Reasons | None = None
        self.note = RichLabel(role="label", wrap=True)
        self.suggestions = (Suggestion(), Suggestion())
        self.left_alone = PlainLabel(role="muted")
        self.left_alone.setMinimumWidth(1)
        self.change = QPushButton(self.tr("Change…"))
        self.change.setProperty("kind", "link")
        self.change.setProperty("small", "true")
        self.change.setAccessibleName(self.tr("Change which columns are left alone"))
        below = QHBoxLayout()
        below.setSpacing(4)
        below.addWidget(Glyph("lock", "muted", 12))
        below.addWidget(self.left_alone, 1)
        below.addWidget(self.change)
        self.body.addWidget(self.note)
        for place, suggestion in enumerate(self.suggestions):
            self.body.addWidget(suggestion)
            suggestion.button.clicked.connect(lambda _checked=False, place=place: self._on_try(place))
        self.body.addLayout(below)
        self.change.clicked.connect(self._choose)

    def show_changes(self, reasons: Reasons, verdict: Callable[[Change], str]) -> None:
        """Show what would change an answer.

        Parameters
        ----------
        reasons : Reasons
        verdict : callable
            Returns the answer after a change, in a word: "stays".
        """
        self._reasons = reasons
        told, changes = reasons.question.told, reasons.changes
        title = self.tr("What would move the answer?") if told.is_number else self.tr("What would change the answer?")
        self.heading.setText(title)
        self.heading.brief = self.tr("What would move it?") if told.is_number else self.tr("What would change it?")
        self.setAccessibleName(title)
        self._show_note(reasons)
        tokens = theme.current()
        for place, suggestion in enumerate(self.suggestions):
            suggestion.setVisible(place < len(changes.found))
            if place >= len(changes.found):
                continue
            change = changes.found[place]
            what, purpose, value = change_text(reasons, change)
            then = brief(verdict(change))
            suggestion.what.setText(joined(BREAK, map(stressed, what)))
            suggestion.what.setToolTip(plain_tip(suggestion.what.words))
            suggestion.purpose.setText(f"{purpose} · {then}" if then else purpose)
            rises = float(told.values(change.output)) > reasons.answer
            colour = tokens.positive_text if rises else tokens.negative_text
            suggestion.value.setText(rich(COLOURED, colour=colour, value=value))
            suggestion.button.setAccessibleName(self.tr("Try {what}").format(what=suggestion.what.words))
        self._show_left_alone(reasons)

    def _show_note(self, reasons: Reasons) -> None:
        changes = reasons.changes
        text = ""
        if changes.nearest is not None:
            what, _, value = change_text(reasons, changes.nearest)
            text = self.tr("No single change is enough (nearest: {what}, {value}).")
            text = text.format(what=", ".join(what), value=value)
        if not changes.found:
            text = self.tr("No change of two columns is enough.")
            if all(each.name in reasons.question.locked or not can_move(each) for each in reasons.question.summaries):
                text = self.tr("Every column is left alone.")
        self.note.setText(stressed(text))
        self.note.setVisible(bool(text))
        self._keep_lines()

    def _keep_lines(self) -> None:
        """Let no line of the note be cut: what scrolls asks for the height of its cards before it knows their width."""
        self.note.setMinimumHeight(max(0, self.note.heightForWidth(self.note.width())))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Break the note anew."""
        super().resizeEvent(event)
        self._keep_lines()

    def _show_left_alone(self, reasons: Reasons) -> None:
        names = [each.name for each in reasons.question.summaries if each.name in reasons.question.locked]
        text = self.tr("left alone: {columns}").format(columns=listed(names)) if names else self.tr("all may change")
        few = len(names) <= MOST_LISTED
        self.left_alone.brief = self.tr("left alone: {columns}").format(columns=", ".join(names)) if few else ""
        self.left_alone.setText(text)
        self.left_alone.setToolTip(plain_tip(text))

    def _on_try(self, place: int) -> None:
        if self._reasons is not None and place < len(self._reasons.changes.found):
            row: TriedRow = self._reasons.changes.found[place].row
            self.tried.emit(row)

    def _choose(self) -> None:
        """Let the user tick the columns that may change."""
        if self._reasons is None:
            return
        question = self._reasons.question
        popover = Popover(self.tr("Columns that may change"), POPOVER_WIDTH, self)
        popover.column.addWidget(PlainLabel(self.tr("These may change"), role="strong"))
        boxes: dict[str, QCheckBox] = {}
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, 0, 0)
        for summary in (each for each in question.summaries if can_move(each)):
            box = QCheckBox(plain_caption(brief(summary.name)))
            box.setToolTip(plain_tip(summary.name))
            box.setChecked(summary.name not in question.locked)
            box.toggled.connect(lambda _on: self.locked.emit(_unticked(boxes)))
            boxes[summary.name] = box
            column.addWidget(box)
        scroll = Scrolling(inside)
        scroll.setFixedHeight(min(inside.sizeHint().height() + 4, POPOVER_HEIGHT))
        popover.column.addWidget(scroll)
        popover.open_beside(self.change)
        for box in list(boxes.values())[:1]:
            box.setFocus()


def _unticked(boxes: dict[str, QCheckBox]) -> Collection[str]:
    """Return the names of the columns that are left alone."""
    return frozenset(name for name, box in boxes.items() if not box.isChecked())
