"""What says beside a setting that it was chosen for the data that are open, and why."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtWidgets import QWidget

from ann_viz.explain.texts import Voice
from ann_viz.translation import translate
from ann_viz.ui.kit.controls import Glyph
from ann_viz.ui.kit.plain_text import plain_tip

__all__ = ["SuggestionMark"]

Reasons = Mapping[str, Mapping[Voice, str]]


class SuggestionMark(Glyph):
    """A small sign at the end of a row of settings; its tip has the reasons, in plain words and in technical ones.

    Parameters
    ----------
    settings : str
        Names of the settings of the row.
    """

    def __init__(self, *settings: str, parent: QWidget | None = None) -> None:
        super().__init__("sparkles", "accent", 12, parent)
        self.setObjectName("suggestionMark")
        self._settings: Sequence[str] = settings

    def keep_room(self, is_kept: bool) -> None:
        """Keep its room where it is not shown, so that the fields beside it stay as wide; or give it to them."""
        policy = self.sizePolicy()
        policy.setRetainSizeWhenHidden(is_kept)
        self.setSizePolicy(policy)

    def show_reasons(self, reasons: Reasons) -> None:
        """Show it where a setting of the row is as chosen, and why that is."""
        found = [reasons[name] for name in self._settings if name in reasons]
        self.setVisible(bool(found))
        if found:
            voices: tuple[Voice, ...] = ("plain", "technical")
            told = [" ".join(reason[voice] for reason in found) for voice in voices]
            text = "\n".join((translate("Chosen for this data."), *told))
            self.setToolTip(plain_tip(text))
            self.setAccessibleName(text)
