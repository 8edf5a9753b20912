"""The window: puts the parts together; what its commands do stands in `commands.FUNCTIONS`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QMimeData, QSettings, Qt
from PySide6.QtGui import QCloseEvent, QKeyEvent, QKeySequence, QResizeEvent
from PySide6.QtWidgets import QStackedWidget, QWidget

from ann_viz.app_folder import own_folder
from ann_viz.errors import AnnVizError
from ann_viz.explain.lesson import QUESTIONS
from ann_viz.session.samples import SampleData
from ann_viz.ui.document.bridge import Bridge
from ann_viz.ui.document.view import View
from ann_viz.ui.explaining.panel import ExplainPanel
from ann_viz.ui.kit.appearance import Appearance
from ann_viz.ui.kit.error_report import ErrorReporter, show_error
from ann_viz.ui.kit.message_bar import MessageBar
from ann_viz.ui.kit.plain_text import plain_title
from ann_viz.ui.lessons.pages import TOUR_SEEN, Pages
from ann_viz.ui.lessons.school import School
from ann_viz.ui.runs.time_bar import TimeBar
from ann_viz.ui.sweeping.sweeping import Sweeping
from ann_viz.ui.window import actions
from ann_viz.ui.window.chart_rooms import ChartRooms
from ann_viz.ui.window.commands import Commands
from ann_viz.ui.window.comparing import Comparing
from ann_viz.ui.window.data_menu import DataMenu
from ann_viz.ui.window.docks import Docks
from ann_viz.ui.window.enabling import Enabling
from ann_viz.ui.window.enlarged import Enlarged
from ann_viz.ui.window.gc_guard import GcGuard
from ann_viz.ui.window.late_picture import LatePicture
from ann_viz.ui.window.left_side import LeftSide
from ann_viz.ui.window.menu_bar import MenuBar
from ann_viz.ui.window.opening import Opener
from ann_viz.ui.window.presentation import Presentation
from ann_viz.ui.window.run_rooms import RunRooms
from ann_viz.ui.window.side_windows import SideWindows
from ann_viz.ui.window.start_card import StartCard
from ann_viz.ui.window.start_page import StartPage
from ann_viz.ui.window.taking_along import TakingAlong
from ann_viz.ui.window.toolbar import Toolbar
from ann_viz.ui.window.train_on_offer import TrainOnOffer
from ann_viz.ui.window.turbo_offer import TurboOffer
from ann_viz.ui.window.watch_dock import RightPanel
from ann_viz.ui.window.window_frame import WindowFrame

if TYPE_CHECKING:
    from ann_viz.session.exports.easel import Motif
    from ann_viz.ui.canvas.canvas import NetworkCanvas
    from ann_viz.ui.window.picture_card import PictureCard

__all__ = ["MainWindow", "unasked_window"]

WINDOW_SHORTCUT: Final = Qt.ShortcutContext.WindowShortcut


class MainWindow(WindowFrame):
    """One document, one window.

    Parameters
    ----------
    bridge : Bridge
        To the session, which the window closes with itself; also an attribute, to read.
    """

    school: School

    def __init__(self, bridge: Bridge) -> None:
        super().__init__(bridge)
        self._gc_guard = GcGuard(self)
        self.reporter = ErrorReporter(self)
        self.messages = MessageBar(self)
        self.opener = Opener(bridge, self, self.messages)
        self.view = View(bridge, self)
        self.explain_panel = ExplainPanel(bridge, self.view, self)
        self.appearance = Appearance(self)
        self.taking = TakingAlong(bridge, self, self.messages, self.motif, unasked_window)
        self.commands = Commands(bridge, self)
        self.actions_by_id = actions.build_actions(self, self.commands.function)
        self.appearance.mark(self.actions_by_id)
        self.picture = LatePicture(bridge, self.view, lambda: self.school.is_on, self)
        self._left_over = [
            action for action in self.actions_by_id.values() if action.shortcutContext() != WINDOW_SHORTCUT
        ]
        self.data_menu = DataMenu(self.actions_by_id, self.opener.recent, self.open_file, self.open_sample, self)
        self.toolbar = Toolbar(bridge, self.actions_by_id, self.data_menu, self)
        self.start_card = StartCard(self)
        self.stack = QStackedWidget(self)
        self.stack.addWidget(StartPage(self.start_card, self))
        self.stack.addWidget(self.picture)
        self.pages = Pages(bridge, self.stack)
        self.sweeping = Sweeping(bridge, own_folder(), self)
        self.left_side = LeftSide(bridge, self.sweeping, self)
        self.right_panel = RightPanel(bridge, self.view, self)
        self.watch_panel = self.right_panel.watch
        self.time_bar = TimeBar(bridge, self.actions_by_id["look_play"], self.actions_by_id["record"], self)
        self._arrange()
        self._connect()
        self._open_in_its_place()
        self.pages.refresh()
        self.start_card.open.setFocus()

    # Building -------------------------------------------------------------------------------------------------------
    def _arrange(self) -> None:
        self.menu_bar = MenuBar(self.actions_by_id, self.data_menu.submenus, self)
        self.start_card.offer_lessons(
            self.actions_by_id["tour"],
            [self.actions_by_id[f"lesson_{number}"] for number in range(1, len(QUESTIONS) + 1)],
            new_here=not QSettings().value(TOUR_SEEN),
        )
        self._put_in((self.menu_bar, self.toolbar, self.messages), self.stack)
        panels = self.left_side, self.right_panel, self.explain_panel, self.time_bar
        self.docks = Docks(self, self._centre, *panels, self.toolbar)
        self.build_dock, self.watch_dock, self.explain_dock = self.docks.build, self.docks.watch, self.docks.explain
        self.enlarged = Enlarged(self.pages, self.docks)
        self.chart_rooms = ChartRooms(self.watch_panel, self.docks, self.enlarged)
        self.comparing = Comparing(self.bridge, self.pages, self.left_side.runs, self.watch_panel.desk, self)
        self.run_rooms = RunRooms(
            self.bridge,
            left_side=self.left_side,
            enlarged=self.enlarged,
            sweeping=self.sweeping,
            messages=self.messages,
            train=self.actions_by_id["toggle_training"],
            take=self.taking.take,
            parent=self,
        )
        self.menu_bar.add_panels(self.docks, self.appearance.choose_theme)
        self.menu_bar.tell_of_document(self.opener)
        self.presentation = Presentation(self, self.menu_bar, self.docks, self.right_panel, self.picture.magnify)
        self.side_windows = SideWindows(self.bridge, self.view, self, self.docks)
        self.school = School(self.bridge, self)
        self.enabling = Enabling(self.actions_by_id, self.toolbar, self.bridge, self.opener.keeper, self.sweeping)
        self.train_on_offer = TrainOnOffer(self.bridge, self.messages, self)
        self.turbo_offer = TurboOffer(self.bridge, self.messages, self)

    def _connect(self) -> None:
        bridge, view = self.bridge, self.view
        bridge.state_changed.connect(self.pages.refresh)
        bridge.dataset_changed.connect(self._on_dataset_changed)
        bridge.failed.connect(self._on_failed)
        self.opener.keeper.changed.connect(self._show_document)
        self.picture.layer_resized.connect(self.commands.resize_layer)
        self.start_card.sample_requested.connect(self.open_sample)
        self.opener.serve(self.start_card)
        rescuer = self.opener.rescuer
        rescuer.changed.connect(lambda: self.watch_panel.coach.welcome_back(bool(rescuer.offers)))
        self.explain_panel.step_asked.connect(view.tell)
        for part in (self.explain_panel, self.right_panel, self.school):
            part.word_asked.connect(self.side_windows.show_word)
        self.messages.message_shown.connect(self.picture.announce)
        self.watch_panel.coach.rate_asked.connect(self.commands.find_rate)
        self.pages.turned.connect(lambda name: self.docks.put_explain_away(name == "compare"))
        self.left_side.runs.sweep_asked.connect(self.commands.sweep)
        self.left_side.runs.enlarge_asked.connect(self.commands.show_runs_table)
        self.sweeping.opened.connect(self.commands.show_opened_run)
        self.appearance.changed.connect(self._on_theme_changed)
        self.appearance.size_unseen.connect(self.messages.show_message)
        self.appearance.motion_changed.connect(view.mode_changed)

    # Its parts that are made late ------------------------------------------------------------------------------------
    @property
    def canvas_card(self) -> PictureCard:
        """The middle, once there are data."""
        return self.picture.page

    @property
    def canvas(self) -> NetworkCanvas:
        """The picture of the network."""
        return self.canvas_card.canvas

    # What others may ask of it --------------------------------------------------------------------------------------
    def open_file(self, path: Path) -> None:
        """Let the user look at the file and import it; what is open stays open if they don't."""
        self.opener.open_file(path)

    def open_sample(self, sample: SampleData) -> None:
        """Open data that come with the program, as their list says."""
        self.opener.open_sample(sample, asked=self.school.is_preparing)

    def save_work(self) -> None:
        """Save what is open as a project; training pauses."""
        self.bridge.pause()
        self.opener.keeper.save()

    @property
    def project_path(self) -> Path | None:
        """The project that is open; None where its work is in no file."""
        return self.opener.keeper.path

    def end(self) -> None:
        """Close without a question; what is not saved is offered at the next start."""
        self.opener.end()
        self.close()

    def motif(self, motif: Motif) -> QWidget:
        """Return the part of the window that a picture is to show."""
        parts: dict[Motif, QWidget] = {"network": self.canvas, "card": self.canvas_card, "window": self}
        charts = self.watch_panel.charts
        return parts.get(motif) or charts.page(charts.front)

    def explain(self, step: int) -> None:
        """Tell one of the five steps."""
        self.docks.tell(step)

    @property
    def speed_position(self) -> int:
        """Where the speed slider stands, 0 to 100."""
        return self.toolbar.speed.position

    def show_speed(self, position: int) -> None:
        """Move the speed slider."""
        self.toolbar.speed.move_to(position)

    # What happened --------------------------------------------------------------------------------------------------
    def _on_dataset_changed(self) -> None:
        self.opener.keeper.begin(lent=self.school.is_preparing)
        if self.bridge.document.is_without_rows:
            self.enlarged.leave()  # most of what is enlarged is about rows
        self.pages.refresh()
        if self.bridge.document.dataset is None:
            self.school.close()
            self.pages.show("network")
            self.start_card.open.setFocus()
        else:
            self.canvas.setFocus()

    def _show_document(self) -> None:
        """Say in title and menu bar what is open and whether it is saved."""
        keeper = self.opener.keeper
        name, is_changed = keeper.name, keeper.is_changed
        self.setWindowTitle("[*]" + plain_title(self.tr("{name} — ANN Viz").format(name=name)) if name else "ANN Viz")
        self.setWindowModified(is_changed)
        self.menu_bar.show_document(name, changed=is_changed)

    def _on_failed(self, error: object) -> None:
        if isinstance(error, AnnVizError):
            show_error(self, self.tr("Training stopped"), error)

    def _on_theme_changed(self) -> None:
        actions.refresh_icons(self.actions_by_id)
        self.menu_bar.tint()

    def _take_dropped(self, mime: QMimeData) -> None:
        urls = mime.urls()
        if len(urls) != 1 or not self.taking.takes(Path(urls[0].toLocalFile())):
            self.opener.open_dropped(mime)

    # Qt -------------------------------------------------------------------------------------------------------------
    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Take the keys that what has the focus left over: Space trains or pauses, Esc goes back to what was before.

        While one looks back both return to now, and training stays as it is; a replay pauses with Space.
        """
        keys = QKeySequence(event.keyCombination())
        left_over = next((action for action in self._left_over if action.shortcut() == keys), None)
        is_space = event.key() == Qt.Key.Key_Space and not event.modifiers()
        if is_space and self.time_bar.is_playing:
            self.time_bar.toggle_play()
        elif self.bridge.document.looking_at is not None and (is_space or event.key() == Qt.Key.Key_Escape):
            self.time_bar.return_to_now()
        elif left_over is not None:
            left_over.trigger()
        elif event.key() == Qt.Key.Key_Escape and self.enlarged.name:
            self.enlarged.leave()
        elif event.key() == Qt.Key.Key_Escape and self.presentation.active:
            self.presentation.leave()
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Let the panels follow."""
        super().resizeEvent(event)
        self.docks.follow(self.width(), self.height())

    def closeEvent(self, event: QCloseEvent) -> None:
        """Ask about what is not saved, stop the worker, then go."""
        if not self.opener.keeper.may_leave(self.tr("Save your work before closing?"), self.close):
            event.ignore()
            return
        self.presentation.leave()
        self._remember_place()
        self.school.close()
        self.side_windows.close()
        self.comparing.close()
        self.pages.close()
        self.opener.close()
        self.taking.close()
        self.left_side.stop()
        self.sweeping.close()
        self.right_panel.stop()
        self.turbo_offer.stop()
        self.bridge.close()
        self.reporter.restore()
        self._gc_guard.stop()
        super().closeEvent(event)


def unasked_window(bridge: Bridge) -> MainWindow:
    """Return a window for pictures: nobody is asked about what is in it, and nothing of it is kept."""
    window = MainWindow(bridge)
    window.opener.keeper.let_go()
    window.opener.autosaver.close()
    window.canvas_card.look_banner.setFixedSize(0, 0)  # it would lie over the network, and nobody can press its buttons
    return window
