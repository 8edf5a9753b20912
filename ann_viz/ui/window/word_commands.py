"""What shows commands, keys and versions: the palette, the sheet of shortcuts, a report of a fault, *About*."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtGui import QGuiApplication

from ann_viz.translation import translate

if TYPE_CHECKING:
    from ann_viz.session import Document
    from ann_viz.ui.window.commanded_window import CommandedWindow

__all__ = ["copy_diagnostics", "show_about", "show_palette", "show_shortcuts"]


def show_palette(window: CommandedWindow) -> None:
    """Let a command be found by its name."""
    from ann_viz.ui.window.palette import Palette

    more = {**window.data_menu.entries(), translate("View"): window.docks.toggles()}
    Palette(window.actions_by_id, window.window(), more).open()


def show_shortcuts(window: CommandedWindow) -> None:
    """Show all shortcuts on one page."""
    from ann_viz.ui.window.help_dialogs import ShortcutSheet

    ShortcutSheet(window.actions_by_id, window.window()).open()


def copy_diagnostics(window: CommandedWindow, document: Document) -> None:
    """Put on the clipboard what a report of a fault needs."""
    from ann_viz.ui.window.diagnostics_report import diagnostics_report

    QGuiApplication.clipboard().setText(diagnostics_report(window.window(), document))
    window.messages.show_message(
        translate(
            "Versions, sizes and the file's name are on the clipboard, but nothing else of your data. "
            "Paste them into your report."
        )
    )


def show_about(window: CommandedWindow) -> None:
    """Show version and licences."""
    from ann_viz.ui.window import help_dialogs

    help_dialogs.show_about(window.window())
