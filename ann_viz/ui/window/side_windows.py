"""The windows beside the main one: rows, glossary, command palette, shortcuts, about. Each is made when asked for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ann_viz.ui.document.bridge import Bridge

if TYPE_CHECKING:
    from ann_viz.explain import Voice
    from ann_viz.ui.lessons.school import School
    from ann_viz.ui.tables.network_text_dock import NetworkTextDock
    from ann_viz.ui.tables.rows_window import RowsWindow
    from ann_viz.ui.window.glossary_window import GlossaryWindow
    from ann_viz.ui.window.main_window import MainWindow
    from ann_viz.ui.window.what_is_this import WhatIsThis

__all__ = ["SideWindows"]


class SideWindows:
    """Opens the other windows; of those that stay open there is one each.

    Parameters
    ----------
    bridge : Bridge
        To the session.
    window : MainWindow
        They belong to it and close with it.
    """

    def __init__(self, bridge: Bridge, window: MainWindow) -> None:
        self._bridge = bridge
        self._window = window
        self.rows: RowsWindow | None = None
        self.glossary: GlossaryWindow | None = None
        self.what_is_this: WhatIsThis | None = None
        self._school: School | None = None
        self.network_text: NetworkTextDock | None = None

    def show_rows(self) -> None:
        """Show the table as it was read."""
        from ann_viz.ui.tables.rows_window import RowsWindow

        if self.rows is None:
            self.rows = RowsWindow(self._bridge, self._window)
            self.rows.destroyed.connect(self._on_rows_closed)
        _bring_up(self.rows)

    @property
    def school(self) -> School:
        """Where lessons begin."""
        from ann_viz.ui.lessons.school import School

        if self._school is None:
            self._school = School(self._bridge, self._window)
        return self._school

    def start_lesson(self, number: int) -> None:
        """Start one of the six questions, counted from 1."""
        self.school.lesson(number)

    def start_tour(self) -> None:
        """Show what is where in the window."""
        self.school.tour()

    def open_lesson(self) -> None:
        """Let the user choose a lesson from a file."""
        self.school.choose_file()

    def go_on(self) -> None:
        """Go to the next step of the lesson, once this one is done."""
        self.school.next()

    def go_back(self) -> None:
        """Read the step before again."""
        self.school.course.back()

    def ask_what_this_is(self) -> None:
        """Let the next click explain a control."""
        from ann_viz.ui.window.what_is_this import WhatIsThis

        if self.what_is_this is None:
            self.what_is_this = WhatIsThis(self._window)
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
            voice = self._window.explain_panel.voices.value
            self.glossary = GlossaryWindow(self._window, "technical" if voice == "technical" else "plain")
            self.glossary.destroyed.connect(self._on_glossary_closed)
        _bring_up(self.glossary)

    def toggle_network_text(self) -> None:
        """Show the network as text below the picture, or hide it."""
        from ann_viz.ui.tables.network_text_dock import NetworkTextDock

        if self.network_text is None:
            self.network_text = NetworkTextDock(self._bridge, self._window.view, self._window)
            self._window.docks.add_below(self.network_text)
            self.network_text.panel.table.setFocus()
        else:
            self.network_text.setVisible(not self.network_text.isVisible())

    def show_voice(self, voice: Voice) -> None:
        """Tell an open glossary and an open lesson that the voice has changed."""
        if self._school is not None:
            self._school.course.show_voice(voice)
        if self.glossary is not None:
            self.glossary.show_voice(voice)

    def show_palette(self) -> None:
        """Let a command be found by its name."""
        from ann_viz.ui.window.palette import Palette

        window = self._window
        window.recent_menu.refresh()
        more = {
            self._window.tr("Sample data"): window.sample_menu.actions(),
            self._window.tr("Recent files"): window.recent_menu.actions(),
            self._window.tr("View"): [dock.toggleViewAction() for dock in window.docks.all],
        }
        Palette(window.actions_by_id, window, more).open()

    def show_shortcuts(self) -> None:
        """Show all shortcuts on one page."""
        from ann_viz.ui.window.help_dialogs import ShortcutSheet

        ShortcutSheet(self._window.actions_by_id, self._window).open()

    def show_about(self) -> None:
        """Show version and licences."""
        from ann_viz.ui.window.help_dialogs import show_about

        show_about(self._window)

    def close(self) -> None:
        """Close those that are open."""
        if self._school is not None:
            self._school.course.close()
        if self.what_is_this is not None:
            self.what_is_this.close()
        self._window.pages.close()
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
