"""The menus, made from the table of commands, and at their right end buttons: panels on and off, light and dark."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Final

from PySide6.QtCore import QPoint
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QDockWidget, QHBoxLayout, QMenu, QMenuBar, QToolButton, QWidget

from ann_viz.translation import translate
from ann_viz.ui.kit import icons, theme
from ann_viz.ui.kit.plain_text import plain_tip, with_mnemonics
from ann_viz.ui.window.action_table import MENUS, all_commands
from ann_viz.ui.window.docks import Docks
from ann_viz.ui.window.document_chip import DocumentChip
from ann_viz.ui.window.document_popover import DocumentPopover
from ann_viz.ui.window.opening import Opener

__all__ = ["Corner", "MenuBar"]

HEIGHT: Final = 32


class MenuBar(QMenuBar):
    """Every command in its menu.

    Parameters
    ----------
    actions : mapping of id to QAction
        The window's.
    data_menus : sequence of QMenu
        Stand in the menu *File* behind the commands that open one.
    """

    def __init__(
        self, actions: Mapping[str, QAction], data_menus: Sequence[QMenu], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setFixedHeight(HEIGHT)
        self._actions = actions
        commands = all_commands()
        for title, caption in zip(MENUS, with_mnemonics([translate(title) for title in MENUS]), strict=True):
            menu = self.addMenu(caption)
            menu.setObjectName(f"menu{title}")
            for command in (command for command in commands if command.menu == title):
                if command.section:
                    menu.addSeparator()
                _submenu(menu, command.submenu).addAction(actions[command.id])
                if command.id == "open_project":
                    for submenu in data_menus:
                        menu.addMenu(submenu)

    def add_panels(self, docks: Docks, choose_theme: Callable[[str], object]) -> None:
        """List the panels in the menu *View*, and put buttons for them and the theme at the right end."""
        for menu in self.findChildren(QMenu, "menuView"):
            menu.addSeparator()
            menu.addActions(docks.toggles())
        self.corner = Corner((docks.build, docks.explain, docks.watch), choose_theme, self.window())
        self.setCornerWidget(self.corner)

    def tell_of_document(self, opener: Opener) -> None:
        """Let a click on the document's name show what is not saved of it, and the copies that were kept by itself."""

        def open_popover() -> None:
            chip = self.corner.document
            actions = [self._actions[name] for name in ("save", "save_as", "back_to_saved")]
            popover = DocumentPopover(opener.keeper, opener.autosaver, actions, self)
            popover.copy_wanted.connect(opener.open_copy)
            popover.open_at(chip.mapToGlobal(QPoint(chip.width() - popover.width(), chip.height() + 2)))
            popover.rows[0].setFocus()

        self.corner.document.clicked.connect(open_popover)

    def show_document(self, name: str, *, changed: bool) -> None:
        """Show at the right end what the document is called and whether it is saved."""
        before = self.corner.sizeHint()
        self.corner.document.show_document(name, changed=changed)
        if self.corner.sizeHint() != before:
            self.setCornerWidget(self.corner)  # only then does it give the corner another width
            self.corner.show()

    def tint(self) -> None:
        """Colour the icons for the theme in use."""
        self.corner.tint()


def _submenu(menu: QMenu, title: str) -> QMenu:
    """Return the menu within a menu of this name, made where it is first asked for; the menu itself without one."""
    if not title:
        return menu
    found = menu.findChild(QMenu, f"menu{title}")
    if isinstance(found, QMenu):
        return found
    made = menu.addMenu(translate(title))
    made.setObjectName(f"menu{title}")
    return made


class Corner(QWidget):
    """The document's name, and icon buttons, tinted for the theme in use.

    Parameters
    ----------
    docks : sequence of QDockWidget
        Build, Explain, Watch.
    choose_theme : callable
        Called with a theme's name.
    """

    def __init__(
        self,
        docks: Sequence[QDockWidget],
        choose_theme: Callable[[str], object],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 2, 10, 2)
        self._row.setSpacing(4)
        self.document = DocumentChip(self)
        self._row.addWidget(self.document)
        self._row.addSpacing(6)
        self._tinted: list[tuple[QToolButton, str]] = []
        looks = (
            ("panel-left-close", self.tr("Show or hide the Build panel")),
            ("lightbulb", self.tr("Show or hide the Explain panel")),
            ("panel-right-close", self.tr("Show or hide the Watch panel")),
        )
        for dock, (icon, tip) in zip(docks, looks, strict=True):
            button = self._button(icon, tip)
            button.clicked.connect(lambda _checked=False, dock=dock: dock.setVisible(not dock.isVisible()))
        self.theme_button = self._button("moon", self.tr("Switch between light and dark theme"))
        self.theme_button.clicked.connect(lambda: choose_theme(theme.other_theme()))
        self.tint()

    def _button(self, icon: str, tip: str) -> QToolButton:
        button = QToolButton(self)
        button.setProperty("kind", "quiet")
        button.setToolTip(plain_tip(tip))
        button.setAccessibleName(tip)
        button.setFixedSize(30, 28)
        self._row.addWidget(button)
        self._tinted.append((button, icon))
        return button

    def tint(self) -> None:
        """Colour the icons for the theme in use."""
        for button, icon in self._tinted:
            button.setIcon(icons.icon(icon))
        self.theme_button.setIcon(icons.icon("sun" if theme.current().dark else "moon"))
