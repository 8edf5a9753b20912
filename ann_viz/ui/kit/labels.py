"""The two kinds of label: one that shows text as it is, and one for the program's own rich text."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QWidget

from ann_viz.rich import Rich, escaped, words_of

__all__ = ["PlainLabel", "RichLabel"]


class PlainLabel(QLabel):
    """Text, letter by letter, or a picture. Qt's own label guesses whether a text is markup, and loads what it names.

    Parameters
    ----------
    text : str
        What it shows.
    role : str
        One of the roles in the stylesheet.
    wrap : bool
        Whether long texts are broken into lines.
    """

    def __init__(self, text: str = "", parent: QWidget | None = None, *, role: str = "", wrap: bool = False) -> None:
        super().__init__(parent)
        _prepare(self, Qt.TextFormat.PlainText, role, wrap=wrap)
        self.setText(text)


class RichLabel(QLabel):
    """Text with the tags that `ann_viz.rich` allows; any other text is shown as it is.

    Parameters
    ----------
    text : str
        What it shows: `Rich`, or anything else letter by letter.
    role : str
        One of the roles in the stylesheet.
    wrap : bool
        Whether long texts are broken into lines.
    """

    def __init__(self, text: str = "", parent: QWidget | None = None, *, role: str = "", wrap: bool = False) -> None:
        super().__init__(parent)
        _prepare(self, Qt.TextFormat.RichText, role, wrap=wrap)
        self.setText(text)

    @property
    def words(self) -> str:
        """What a reader sees of the text."""
        return words_of(Rich(self.text()))

    def setText(self, text: str) -> None:
        """Show another text."""
        super().setText(escaped(text))


def _prepare(label: QLabel, form: Qt.TextFormat, role: str, *, wrap: bool) -> None:
    label.setTextFormat(form)
    label.setWordWrap(wrap)
    if role:
        label.setProperty("role", role)
