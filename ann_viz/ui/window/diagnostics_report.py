"""What *Copy diagnostics* puts on the clipboard: where a fault was seen, in English and without anyone's data."""

from __future__ import annotations

from PySide6.QtCore import QLocale, qVersion
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget

from ann_viz.diagnostics import last_lines, versions
from ann_viz.session.diagnosis import describe_document
from ann_viz.session.document import Document
from ann_viz.ui.kit.appearance import is_motion_reduced, remembered_theme, stored_text_size

__all__ = ["diagnostics_report", "display_lines"]


def diagnostics_report(window: QWidget, document: Document) -> str:
    """Return lines about versions, the display of `window`, the document and, where one is written, the log's end."""
    lines = [*versions(), *display_lines(window), *describe_document(document)]
    log = last_lines()
    if log:
        lines += ["", "End of the log:", *log]
    return "\n".join(lines)


def display_lines(window: QWidget) -> list[str]:
    """Return lines about Qt, the screen of `window` and how everything looks."""
    screen = window.screen().size()
    motion = "less motion" if is_motion_reduced() else "all motion"
    return [
        f"Qt {qVersion()} on {QGuiApplication.platformName()}, language {QLocale().name()}",
        f"Screen {screen.width()} × {screen.height()}, scale {window.devicePixelRatioF():g}, "
        f"window {window.width()} × {window.height()}",
        f"Theme {remembered_theme()}, text at {stored_text_size()} %, {motion}",
    ]
