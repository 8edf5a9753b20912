"""The inspector's card about the coming step: what the optimiser makes of the gradient of one weight."""

from __future__ import annotations

from typing import Final

from PySide6.QtWidgets import QWidget

from ann_viz.explain.update import UpdateStory
from ann_viz.rich import joined, rich
from ann_viz.ui.document.formula import markup
from ann_viz.ui.inspector.cards import rich_label
from ann_viz.ui.kit import theme
from ann_viz.ui.kit.card import Card

__all__ = ["UpdateCard"]

LINE: Final = '<span style="color:{muted}; font-size:11px">{label}</span><br>{formula}'


class UpdateCard(Card):
    """What the coming step of the optimiser does to the weight."""

    def __init__(self, title: str, parent: QWidget | None = None) -> None:
        super().__init__("sliders-horizontal", title, parent)
        self.summary.setText(self.tr("this batch"))
        self._lines = rich_label("body", self, wrap=True)
        self.body.addWidget(self._lines)

    @property
    def words(self) -> str:
        """The formulas, without markup."""
        return self._lines.accessibleDescription()

    def show_story(self, story: UpdateStory) -> None:
        """Show every number of the step, the new weight last."""
        muted = theme.current().muted
        lines = (rich(LINE, muted=muted, label=line.label, formula=markup(line, wraps=True)) for line in story.lines)
        self._lines.setText(joined(rich("<br>"), lines))
        self._lines.setAccessibleDescription(" ".join(f"{line.label}: {line.text}." for line in story.lines))
