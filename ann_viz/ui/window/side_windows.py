"""The windows beside the main one: rows, glossary, the network as text. Each is made when asked for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ann_viz.ui.document.bridge import Bridge

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from ann_viz.ui.document.view import View
    from ann_viz.ui.tables.network_text_dock import NetworkTextDock
    from ann_viz.ui.tables.rows_window import RowsWindow
    from ann_viz.ui.window.docks import Docks
    from ann_viz.ui.window.glossary_window import GlossaryWindow
    from ann_viz.ui.window.what_is_this import WhatIsThis

__all__ = ["SideWindows"]


class SideWindows:
    """Opens the other windows; of those that stay open there is one each.

    Parameters
    ----------
    bridge : Bridge
        To the document.
    view : View
        How the network is looked at.
    window : QWidget
        The main window: they belong to it and close with it.
    docks : Docks
        Take the panel that tells the network as text.
    """

    def __init__(self, bridge: Bridge, view: View, window: QWidget, docks: Docks) -> None:
        self._bridge = bridge
        self._view = view
        self._window = window
        self._docks = docks
        self.rows: RowsWindow | None = None
        self.glossary: GlossaryWindow | None = None
        self.what_is_this: WhatIsThis | None = None
        self.network_text: NetworkTextDock | None = None

    def show_rows(self) -> None:
        """Show the table as it was read."""
        from ann_viz.ui.tables.rows_window import RowsWindow

        if self.rows is None:
            self.rows = RowsWindow(self._bridge, self._window)
            self.rows.destroyed.connect(self._on_rows_closed)
        _bring_up(self.rows)

    def ask_what_this_is(self) -> None:
        """Let the next click explain a control."""
        from ann_viz.ui.window.what_is_this import WhatIsThis

        if self.what_is_this is None:
            self.what_is_this = WhatIsThis(self._window)
            self.what_is_this.word_asked.connect(self.show_word)
        self.what_is_this.toggle()

    def show_word(self, identifier: str) -> None:
        """Explain one word."""
        self.show_glossary()
        if self.glossary is not None:
            self.glossary.show_entry(identifier)

    def show_glossary(self) -> None:
        """Explain words, in the voice in use first."""
        from ann_viz.ui.window.glossary_window import GlossaryWindow

        if self.glossary is None:
            self.glossary = GlossaryWindow(self._window, self._view)
            self.glossary.destroyed.connect(self._on_glossary_closed)
        _bring_up(self.glossary)

    def toggle_network_text(self) -> None:
        """Show the network as text below the picture, or hide it."""
        from ann_viz.ui.tables.network_text_dock import NetworkTextDock

        if self.network_text is None:
            self.network_text = NetworkTextDock(self._bridge, self._view, self._window)
            self._docks.add_below(self.network_text)
            self.network_text.setFocus()
        else:
            self.network_text.setVisible(not self.network_text.isVisible())

    def close(self) -> None:
        """Close those that are open."""
        if self.what_is_this is not None:
            self.what_is_this.close()
        for window in (self.rows, self.glossary):
            if window is not None:
                window.close()

    def _on_rows_closed(self) -> None:
        self.rows = None

    def _on_glossary_closed(self) -> None:
        self.glossary = None


def _bring_up(window: RowsWindow | GlossaryWindow) -> None:
    window.show()
    window.raise_()
    window.activateWindow()
