"""The menu of a run, and the question before its moments are forgotten."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QMenu, QMessageBox, QWidget

from ann_viz.numerals import size_text
from ann_viz.session.run_tree import RunRow
from ann_viz.translation import translatable, translate
from ann_viz.ui.kit.message_box import MessageBox

__all__ = ["RunMenu", "ask_to_forget"]

KEYS: Final = {"rename": "F2", "pin": "Shift+P", "eye": "V", "copy": "Ctrl+C", "delete": "Del"}
WORDS: Final = {
    "show": translatable("Make it the network"),
    "compare": translatable("Compare with the one in the window"),
    "train": translatable("Train on"),
    "twin": translatable("Twin…"),
    "rename": translatable("Rename"),
    "note": translatable("Note"),
    "copy": translatable("Copy all as text"),
    "take": translatable("Take it with you…"),
    "delete": translatable("Delete"),
}
GROUPS: Final = (
    ("show", "compare", "train", "twin"),
    ("rename", "note", "pin", "eye", "copy", "take"),
    ("bare", "delete"),
)


class RunMenu(QMenu):
    """What can be done with a run; whoever opens it does it.

    Parameters
    ----------
    row : RunRow
    freed : int
        Bytes that are free when only its weights are kept.
    has_rows : bool
        Whether there is anything to train on.
    """

    asked = Signal(str)
    """Carries what is to be done, as in `GROUPS`."""

    def __init__(self, row: RunRow, freed: int, parent: QWidget | None = None, *, has_rows: bool = True) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        bare = translate("Keep weights only")
        if freed:
            bare = translate("Keep weights only (frees {size})").format(size=size_text(freed))
        words = {name: translate(text) for name, text in WORDS.items()} | {
            "pin": translate("Unpin") if row.is_pinned else translate("Pin"),
            "eye": translate("Hide its curve") if row.is_shown else translate("Show its curve"),
            "bare": bare,
        }
        left_out = {"show", "compare"} if row.is_current else set()
        disabled = {"delete"} if row.is_current else set()
        if row.is_running:
            disabled |= {"train", "bare"}
        if not freed:
            disabled |= {"bare"}
        if not has_rows:
            disabled |= {"compare", "train", "twin", "bare"}
        for place, group in enumerate(GROUPS):
            if place:
                self.addSeparator()
            for name in (each for each in group if each not in left_out):
                key = f"\t{KEYS[name]}" if name in KEYS else ""
                action = self.addAction(words[name] + key)
                action.setEnabled(name not in disabled)
                action.triggered.connect(lambda _checked=False, name=name: self.asked.emit(name))


def ask_to_forget(window: QWidget, name: str, freed: int) -> bool:
    """Ask whether the moments of a run shall go; they can't come back, or no memory would be free."""
    title = translate("Keep the weights only?")
    text = translate(
        "Of “{name}” the first, the best and the last epoch stay, with its scores and its curve. All other epochs are "
        "forgotten, which frees {size} and can't be undone."
    )
    box = MessageBox(title, title, text.format(name=name, size=size_text(freed)), window, strong=True)
    forget = box.addButton(translate("Keep weights only"), QMessageBox.ButtonRole.AcceptRole)
    box.setDefaultButton(box.addButton(QMessageBox.StandardButton.Cancel))
    return box.wait() is forget
