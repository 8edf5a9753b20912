"""The question when the network is to be changed while a past moment is looked at: there, or as it is now."""

from __future__ import annotations

from typing import Literal

from PySide6.QtWidgets import QMessageBox, QWidget

from ann_viz.numerals import format_number
from ann_viz.session import Document
from ann_viz.translation import translate
from ann_viz.ui.kit.message_box import MessageBox

__all__ = ["LookAnswer", "ask_where_to_change"]

LookAnswer = Literal["here", "now", ""]


def ask_where_to_change(window: QWidget, document: Document, anew: bool) -> LookAnswer:
    """Return "here" to continue from the moment on show, "now" to return to the newest weights, or nothing.

    Parameters
    ----------
    window : QWidget
    document : Document
    anew : bool
        Whether what is to be changed begins with fresh weights, unless one continues from here.
    """
    epoch = "" if document.looking_at is None else format_number(document.looking_at.epoch)
    text = translate("You are looking at epoch {epoch}. What is to be changed?").format(epoch=epoch)
    if anew:
        more = translate("Continue from here makes a run of its own from these weights. Return to now begins afresh.")
    else:
        more = translate(
            "Continue from here makes a run of its own from these weights. Return to now changes the newest."
        )
    box = MessageBox(translate("Change the network"), text, more, window, strong=True)
    here = box.addButton(translate("Continue from here"), QMessageBox.ButtonRole.AcceptRole)
    now = box.addButton(translate("Return to now"), QMessageBox.ButtonRole.ActionRole)
    box.addButton(QMessageBox.StandardButton.Cancel)
    box.setDefaultButton(here)
    box.exec()
    box.deleteLater()
    return "here" if box.clickedButton() is here else "now" if box.clickedButton() is now else ""
