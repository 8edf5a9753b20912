"""Texts of the resources as rich text: ``**words**`` bold, words of the glossary as links; and a label for them."""

from __future__ import annotations

import re
from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtGui import QFocusEvent
from PySide6.QtWidgets import QWidget

from ann_viz.explain.glossary_links import mark_words
from ann_viz.rich import Rich, escaped, joined, rich
from ann_viz.ui.kit.labels import RichLabel

__all__ = ["LinkLabel", "linked", "rich_text", "stressed"]

_BOLD: Final = re.compile(r"\*\*(.+?)\*\*")


def rich_text(text: str, colour: str) -> Rich:
    """Return a text as rich text.

    Parameters
    ----------
    text : str
        With ``**`` around what stands out.
    colour : str
        Of the links, which look like the text around them but for a line; their addresses are ids of the glossary.
    """
    pieces = []
    for piece in mark_words(text):
        words = escaped(piece.text)
        pieces.append(linked(piece.entry, words, colour) if piece.entry else words)
    return Rich(_BOLD.sub(r"<b>\1</b>", joined("", pieces)))


def stressed(text: str) -> Rich:
    """Return a text with ``**`` around what stands out as rich text without links: names from the data may be in it."""
    return Rich(_BOLD.sub(r"<b>\1</b>", escaped(text)))


def linked(address: str, words: str, colour: str) -> Rich:
    """Return words that lead to an id of the glossary."""
    return rich('<a href="{address}" style="color:{colour}">{words}</a>', address=address, colour=colour, words=words)


class LinkLabel(RichLabel):
    """Rich text whose links are followed with the mouse, or with Tab and Enter; without links, Tab passes it by."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent, role="body", wrap=True)
        flag = Qt.TextInteractionFlag
        self.setTextInteractionFlags(
            flag.LinksAccessibleByMouse | flag.LinksAccessibleByKeyboard | flag.TextSelectableByMouse
        )
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)

    def setText(self, text: str) -> None:
        """Show another text; the same one keeps the link that has the focus."""
        if text != self.text():
            super().setText(text)
            self.setFocusPolicy(Qt.FocusPolicy.StrongFocus if "<a " in text else Qt.FocusPolicy.NoFocus)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Mark the link that Enter would follow: the first one, or coming from behind the last."""
        super().focusInEvent(event)
        if event.reason() in (Qt.FocusReason.TabFocusReason, Qt.FocusReason.BacktabFocusReason):
            self.focusNextPrevChild(event.reason() == Qt.FocusReason.TabFocusReason)
