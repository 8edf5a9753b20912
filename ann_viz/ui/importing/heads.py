"""The upper lines of the import dialog: title with the facts of the file, and the preview's heading with its chips."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QSizePolicy, QToolButton, QVBoxLayout, QWidget

from ann_viz.data import Role
from ann_viz.numerals import count, format_number
from ann_viz.rich import rich
from ann_viz.ui.kit import icons, theme
from ann_viz.ui.kit.labels import PlainLabel, RichLabel
from ann_viz.ui.kit.plain_text import plain_tip

__all__ = ["PreviewHeading", "TitleBar"]

CHIP_HEIGHT: Final = 24
LINK: Final = '<a href="#broken" style="color:{colour};text-decoration:none">{words}</a>'
LINKS: Final = Qt.TextInteractionFlag.LinksAccessibleByMouse | Qt.TextInteractionFlag.LinksAccessibleByKeyboard


class TitleBar(QWidget):
    """What is imported: title, name and size of the file, and the buttons to take another one or none."""

    another_asked = Signal()
    close_asked = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._picture = PlainLabel(role="accentChip")
        self._picture.setFixedSize(36, 36)
        self._picture.setAlignment(Qt.AlignmentFlag.AlignCenter)
        title = PlainLabel(self.tr("Import a table"), role="dialogTitle")
        self.facts = PlainLabel(role="muted")
        self.another = QPushButton(self.tr("Choose another…"))
        self.another.clicked.connect(self.another_asked)
        self.close_button = QToolButton()
        self.close_button.setProperty("kind", "quiet")
        self.close_button.setToolTip(self.tr("Close without importing (Esc)"))
        self.close_button.setAccessibleName(self.tr("Close"))
        self.close_button.clicked.connect(self.close_asked)
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(title)
        words.addWidget(self.facts)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(12)
        row.addWidget(self._picture)
        row.addLayout(words)
        row.addSpacing(8)
        row.addWidget(self.another)
        row.addStretch(1)
        row.addWidget(self.close_button)

    def tint(self) -> None:
        """Colour the icons for the theme in use."""
        self._picture.setPixmap(icons.pixmap("table", theme.current().accent, 18))
        self.close_button.setIcon(icons.icon("x"))


class PreviewHeading(QWidget):
    """The word "Preview", a quiet line beside it, and chips that count columns and rows with trouble.

    ``list_asked`` fires when all rows with trouble should be listed; ``link_followed`` carries a link of the line.
    """

    list_asked = Signal()
    link_followed = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        heading = PlainLabel(self.tr("Preview"), role="strong")
        self.hint = RichLabel(role="muted")
        self.hint.setTextInteractionFlags(LINKS)
        self.hint.linkActivated.connect(self.link_followed)
        self.hint.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.hint.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self.broken, self.mended = RichLabel(), RichLabel()
        for chip, role in ((self.broken, "dangerChip"), (self.mended, "warningChip")):
            chip.setProperty("role", role)
            chip.setFixedHeight(CHIP_HEIGHT)
            chip.setTextInteractionFlags(LINKS)
            chip.linkActivated.connect(lambda _: self.list_asked.emit())
            chip.hide()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(heading)
        row.addWidget(self.hint, 1)
        self.chips: dict[Role, QLabel] = {"input": PlainLabel(), "target": PlainLabel(), "ignore": PlainLabel()}
        for column_role, label in self.chips.items():
            label.setProperty("role", "accentChip" if column_role == "target" else "chip")
            label.setFixedHeight(CHIP_HEIGHT)
            row.addWidget(label)
        row.addWidget(self.broken)
        row.addWidget(self.mended)

    def show_counts(self, counts: Mapping[Role, int]) -> None:
        """Say how many columns have each role."""
        self.chips["input"].setText(count(counts["input"], "input"))
        self.chips["target"].setText(count(counts["target"], "target"))
        self.chips["ignore"].setText(self.tr("{n} ignored").format(n=format_number(counts["ignore"])))
        for chip in self.chips.values():
            chip.show()

    def show_broken(self, n_broken: int, n_known: int, tip: str) -> None:
        """Say how many rows have trouble; the chip opens their list."""
        tokens = theme.current()
        for chip, words, colour in (
            (self.broken, count(n_broken, "broken row"), tokens.danger),
            (self.mended, count(n_known, "mended row"), tokens.warning),
        ):
            chip.setText(rich(LINK, colour=colour, words=words))
            chip.setAccessibleName(self.tr("{rows}: list").format(rows=words))
            chip.setToolTip(plain_tip(tip))
        self.broken.setVisible(n_broken > 0)
        self.mended.setVisible(n_broken == 0 and n_known > 0)

    def show_hint(self, sentence: str) -> None:
        """Show the quiet line; it takes the focus when it has a link."""
        self.hint.setText(sentence)
        has_link = "<a " in sentence
        self.hint.setFocusPolicy(Qt.FocusPolicy.StrongFocus if has_link else Qt.FocusPolicy.NoFocus)

    def clear(self) -> None:
        """Say nothing: there is no table."""
        for chip in (*self.chips.values(), self.broken, self.mended):
            chip.hide()
        self.show_hint("")
