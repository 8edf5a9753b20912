"""The bar that says how much of something is done; words stand beside it, not in it."""

from __future__ import annotations

from typing import Final

from PySide6.QtWidgets import QProgressBar, QWidget

__all__ = ["ProgressBar"]

STEPS: Final = 1000


class ProgressBar(QProgressBar):
    """Shows a share.

    Parameters
    ----------
    name : str
        Of what, for a screen reader.
    keeps_room : bool
        Whether nothing moves when it is hidden.
    """

    def __init__(self, name: str, parent: QWidget | None = None, *, keeps_room: bool = False) -> None:
        super().__init__(parent)
        self.setRange(0, STEPS)
        self.setTextVisible(False)
        self.setAccessibleName(name)
        policy = self.sizePolicy()
        policy.setRetainSizeWhenHidden(keeps_room)
        self.setSizePolicy(policy)

    def show_share(self, share: float) -> None:
        """Show how much is done, 0 to 1."""
        self.setValue(round(STEPS * share))
