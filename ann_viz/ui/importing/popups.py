"""The small windows the import dialog opens: settings of a column, words for "missing", and rows with trouble."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QDialog, QWidget

from ann_viz.data import BadLine, Dialect, Table
from ann_viz.data.encoding.recipe import Plan
from ann_viz.session.importing.choices import ImportChoices
from ann_viz.session.importing.missing_words import word_uses
from ann_viz.session.importing.repair import Repairs
from ann_viz.session.importing.source import Source
from ann_viz.ui.importing.broken_rows import BrokenRows, RowEditor
from ann_viz.ui.importing.column_settings import ColumnSettings
from ann_viz.ui.importing.missing_words import MissingWords
from ann_viz.ui.importing.preview_table import PreviewTable

__all__ = ["ask_words", "open_settings", "repair_all", "repair_one"]

Change = Callable[[Callable[[ImportChoices], object]], None]


def open_settings(table: PreviewTable, place: int, choices: ImportChoices, change: Change) -> ColumnSettings:
    """Open the settings of a column below its type icon; `change` applies what is chosen there."""
    corner = table.below_badge(place)
    column = choices.column(table.rows.column(place).name)
    popover = ColumnSettings(column, choices.plan(column.name), choices.scaling, table.window())

    def follow(name: str, plan: Plan) -> None:
        change(lambda now: now.set_plan(name, plan))
        # Who asks for the length of a text wants it as an input.
        if plan.text_as != "ignore" and column.kind == "text" and choices.roles[name] == "ignore":
            change(lambda now: now.set_role(name, "input"))

    popover.plan_changed.connect(follow)
    popover.open_at(corner)
    return popover


def ask_words(button: QWidget, table: Table, take: Callable[[tuple[str, ...]], None]) -> MissingWords:
    """Open the list of words that mean "missing" above its button."""
    words = table.dialect.missing
    popover = MissingWords(word_uses(table.columns, words), words, button.window())
    popover.words_changed.connect(take)
    popover.adjustSize()
    popover.open_at(button.mapToGlobal(QPoint(button.width() - popover.width(), -popover.height() - 4)))
    return popover


def repair_one(parent: QWidget, source: Source, bad: BadLine, decision: str, dialect: Dialect) -> bool:
    """Decide about one row, in the editor where that was asked for; return whether anything changed."""
    before = source.repairs
    if decision == "edit":
        text = RowEditor.ask(parent, bad, dialect, before.edits.get(bad.line) or bad.text)
        if text is not None:
            source.repairs = before.with_edit(bad.line, text)
    elif decision == "pad":
        source.repairs = before.with_rows((bad,), "pad", dialect)
    else:
        source.repairs = before.with_rows((bad,), "skip", dialect)
    return source.repairs != before


def repair_all(parent: QWidget, source: Source, table: Table) -> bool:
    """Show the list of all rows with trouble; return whether anything changed."""
    before: Repairs = source.repairs
    rows = sorted(source.known.values(), key=lambda bad: bad.line)
    n_all = max(len(rows), table.n_bad)
    sheet = BrokenRows(rows, n_all, before, table.dialect, parent)
    if sheet.exec() == QDialog.DialogCode.Accepted:
        source.repairs = sheet.repairs
    sheet.deleteLater()
    return source.repairs != before
