"""The window: puts the parts together and carries out the commands of `actions.ACTIONS`."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Final

from PySide6.QtCore import QEvent, QSettings, QSize, Qt
from PySide6.QtGui import (
    QCloseEvent,
    QDragEnterEvent,
    QDragLeaveEvent,
    QDropEvent,
    QIcon,
    QKeyEvent,
    QResizeEvent,
)
from PySide6.QtWidgets import (
    QDockWidget,
    QMainWindow,
    QMenu,
    QMenuBar,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from ann_viz.engine import LayerConfig
from ann_viz.errors import AnnVizError
from ann_viz.explain import STEPS
from ann_viz.resources import resource
from ann_viz.session import RunState, StepKind
from ann_viz.ui import actions as action_table
from ann_viz.ui import theme
from ann_viz.ui.appearance import Appearance, least_size
from ann_viz.ui.bridge import Bridge
from ann_viz.ui.build_dock import BuildPanel
from ann_viz.ui.build_side import BuildSide
from ann_viz.ui.canvas_card import CanvasCard
from ann_viz.ui.chart_tabs import CHARTS
from ann_viz.ui.companions import Companions
from ann_viz.ui.corner import Corner
from ann_viz.ui.drop_overlay import DropOverlay
from ann_viz.ui.error_report import ErrorReporter, show_error
from ann_viz.ui.explain_dock import ExplainPanel
from ann_viz.ui.gc_guard import GcGuard
from ann_viz.ui.ghost_network import GhostNetwork
from ann_viz.ui.learn_pages import TOUR_SEEN, Pages
from ann_viz.ui.message_bar import MessageBar
from ann_viz.ui.opening import Opener
from ann_viz.ui.presentation import Presentation
from ann_viz.ui.recent_files import RecentMenu
from ann_viz.ui.samples import Sample, samples
from ann_viz.ui.saving import export_picture, save_model_as
from ann_viz.ui.start_card import StartCard
from ann_viz.ui.toolbar import Toolbar
from ann_viz.ui.view import View
from ann_viz.ui.watch_dock import RightPanel

__all__ = ["MainWindow"]

MENU_HEIGHT: Final = 32
LEAST: Final = (1100, 700)
"""Smallest window; with larger text on a small screen it may be less."""

COMPACT_WIDTH: Final = 1280
LARGE_WIDTH: Final = 1800
WIDTHS: Final = {"compact": (44, 290), "usual": (264, 320), "large": (300, 380)}
"""Of the panels at the left and right; in the compact one the scroll bar takes ten pixels of the right."""

GUTTER: Final = 8
LESSONS: Final = 6
SHORT_HEIGHT: Final = 780


class MainWindow(QMainWindow):
    """One document, one window.

    Parameters
    ----------
    bridge : Bridge
        To the session, which the window closes with itself.
    """

    def __init__(self, bridge: Bridge) -> None:
        super().__init__()
        self._bridge = bridge
        self._last_step: StepKind = "batch"
        self._layout, self._short, self._narrow = "", False, False
        self._asks_to_train_on = False
        self._gc_guard = GcGuard(self)
        self._reporter = ErrorReporter(self)
        self.setObjectName("mainWindow")
        self.setWindowTitle("ANN Viz")
        self.setWindowIcon(QIcon(str(resource("icons", "app.svg"))))
        self.setMinimumSize(least_size(QSize(*LEAST)))
        self.setAcceptDrops(True)
        self.messages = MessageBar(self)
        self.opener = Opener(bridge, self, self.messages)
        self.view = View(bridge, self)
        self.canvas_card = CanvasCard(bridge, self.view, self)
        self.explain_panel = ExplainPanel(bridge, self.view, self)
        self.companions = Companions(bridge, self)
        self.presentation = Presentation(self)
        self.appearance = Appearance(self)
        self.actions_by_id = action_table.build_actions(self, self._command)
        self.appearance.mark(self.actions_by_id)
        self.data_menu = QMenu(self)
        self.sample_menu = QMenu(self.tr("Sample data"), self)
        self.recent_menu = RecentMenu(self.opener.recent, self.open_file, self)
        self._fill_data_menus()
        self.toolbar = Toolbar(bridge, self.actions_by_id, self.data_menu, self)
        self.start_card = StartCard(self)
        self.start_card.offer_lessons(
            self.actions_by_id["tour"],
            [self.actions_by_id[f"lesson_{number}"] for number in range(1, LESSONS + 1)],
            new_here=not QSettings().value(TOUR_SEEN),
        )
        self.build_panel = BuildPanel(bridge, self)
        self.build_side = BuildSide(self.build_panel, self)
        self.right_panel = RightPanel(bridge, self.view, self)
        self.watch_panel = self.right_panel.watch
        self._drop_overlay = DropOverlay(self)
        self._arrange()
        self._connect()
        self._restore_geometry()
        self._on_state_changed()

    # Building -------------------------------------------------------------------------------------------------------
    def _fill_data_menus(self) -> None:
        for sample in samples():
            action = self.sample_menu.addAction(f"{sample.title} — {sample.subtitle}")
            action.setToolTip(sample.about)
            action.triggered.connect(lambda _checked=False, chosen=sample: self.open_sample(chosen))
        self.sample_menu.setToolTipsVisible(True)
        for name in ("open_csv", "reload", "show_rows"):
            self.data_menu.addAction(self.actions_by_id[name])
        self.data_menu.addMenu(self.recent_menu)
        self.data_menu.addMenu(self.sample_menu)

    def _arrange(self) -> None:
        extra = [("File", (self.recent_menu, self.sample_menu), "open_csv")]
        self.menu_bar = QMenuBar(self)
        action_table.fill_menu_bar(self.menu_bar, self.actions_by_id, extra)
        self.menu_bar.setFixedHeight(MENU_HEIGHT)
        # Not a QToolBar: it hands its widgets back while it dies, and their changeEvent then meets dead children.
        header = QWidget(self)
        rows = QVBoxLayout(header)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(0)
        rows.addWidget(self.menu_bar)
        rows.addWidget(self.toolbar)
        rows.addWidget(self.messages)
        self.setMenuWidget(header)
        self.stack = QStackedWidget(self)
        start_page = GhostNetwork(self)
        page = QVBoxLayout(start_page)
        page.addWidget(self.start_card, 0, Qt.AlignmentFlag.AlignCenter)
        self.stack.addWidget(start_page)
        self.stack.addWidget(self.canvas_card)
        self.pages = Pages(self._bridge, self.stack)
        centre = QWidget(self)
        column = QVBoxLayout(centre)
        column.setContentsMargins(0, 8, 0, 8)
        column.addWidget(self.stack)
        self._centre = column
        self.setCentralWidget(centre)
        self.setCorner(Qt.Corner.BottomLeftCorner, Qt.DockWidgetArea.LeftDockWidgetArea)
        left, right = Qt.DockWidgetArea.LeftDockWidgetArea, Qt.DockWidgetArea.RightDockWidgetArea
        self.build_dock = self._dock("buildDock", self.tr("Build"), self.build_side, left, (8, 8, 0, 8))
        self.watch_dock = self._dock("watchDock", self.tr("Watch"), self.right_panel, right, (0, 8, 8, 8))
        bottom = Qt.DockWidgetArea.BottomDockWidgetArea
        self.explain_dock = self._dock("explainDock", self.tr("Explain"), self.explain_panel, bottom, (0, 0, 8, 8))
        docks = (self.build_dock, self.watch_dock, self.explain_dock)
        for dock in docks:
            dock.visibilityChanged.connect(self._on_dock_shown)
        for menu in self.menu_bar.findChildren(QMenu, "menuView"):
            menu.addSeparator()
            menu.addActions([dock.toggleViewAction() for dock in docks])
        self.corner_buttons = Corner(
            (
                (self.build_dock, "panel-left-close", self.tr("Show or hide the Build panel")),
                (self.explain_dock, "lightbulb", self.tr("Show or hide the Explain panel")),
                (self.watch_dock, "panel-right-close", self.tr("Show or hide the Watch panel")),
            ),
            self.appearance.choose_theme,
            self,
        )
        self.menu_bar.setCornerWidget(self.corner_buttons)

    def _dock(
        self,
        name: str,
        title: str,
        panel: QWidget,
        area: Qt.DockWidgetArea,
        margins: tuple[int, int, int, int],
    ) -> QDockWidget:
        dock = QDockWidget(title, self)
        dock.setObjectName(name)
        dock.setFeatures(QDockWidget.DockWidgetFeature.DockWidgetClosable)
        dock.setTitleBarWidget(QWidget(dock))
        host = QWidget(dock)
        layout = QVBoxLayout(host)
        layout.setContentsMargins(*margins)
        layout.addWidget(panel)
        dock.setWidget(host)
        self.addDockWidget(area, dock)
        return dock

    def add_below(self, dock: QDockWidget) -> None:
        """Put a panel that was made later beneath the Explain panel, and show it."""
        self.addDockWidget(Qt.DockWidgetArea.BottomDockWidgetArea, dock)
        self.splitDockWidget(self.explain_dock, dock, Qt.Orientation.Vertical)
        dock.visibilityChanged.connect(self._on_dock_shown)
        dock.show()
        self.resizeDocks([dock], [dock.sizeHint().height()], Qt.Orientation.Vertical)
        self._on_dock_shown()

    def _connect(self) -> None:
        bridge = self._bridge
        bridge.state_changed.connect(self._on_state_changed)
        bridge.dataset_changed.connect(self._on_dataset_changed)
        bridge.failed.connect(self._on_failed)
        bridge.interrupted.connect(self._on_interrupted)
        self.canvas_card.canvas.layer_resized.connect(self._resize_layer)
        self.start_card.open_requested.connect(self.opener.choose_file)
        self.explain_panel.voices.chosen.connect(self._on_voice_chosen)
        self.explain_panel.step_asked.connect(self.view.tell)
        self.explain_panel.word_asked.connect(self.companions.show_word)
        self.watch_panel.coach.word_asked.connect(self.companions.show_word)
        self.start_card.sample_requested.connect(self._on_sample_requested)
        self.messages.message_shown.connect(self.canvas_card.speaker.announce)
        self.appearance.changed.connect(self._on_theme_changed)
        self.appearance.text_size_chosen.connect(self._on_text_size_chosen)
        self.appearance.motion_changed.connect(self.view.mode_changed)

    def _restore_geometry(self) -> None:
        geometry = QSettings().value("window/geometry")
        if geometry is None or not self.restoreGeometry(geometry):
            self.resize(QSize(1440, 900))

    # Commands, by their id ------------------------------------------------------------------------------------------
    def _command(self, identifier: str) -> Callable[[], object]:
        bar = self.canvas_card.example_bar
        functions: dict[str, Callable[[], object]] = {
            "open_csv": self.opener.choose_file,
            "reload": self.opener.reload,
            "undo": self._bridge.undo_stack.undo,
            "redo": self._bridge.undo_stack.redo,
            "lines_weights": partial(self.view.show_lines, "weights"),
            "lines_signals": partial(self.view.show_lines, "signals"),
            "lines_gradients": partial(self.view.show_lines, "gradients"),
            "lines_change": partial(self.view.show_lines, "change"),
            "lock_selected": self.canvas_card.canvas.hand.lock,
            "switch_selected": self.canvas_card.canvas.hand.switch,
            "fold": self.canvas_card.canvas.fold_categories,
            "zoom_in": self.canvas_card.canvas.zoom_in,
            "zoom_out": self.canvas_card.canvas.zoom_out,
            "zoom_fit": self.canvas_card.canvas.fit,
            "paste_table": self.opener.paste,
            "save_model": lambda: save_model_as(self, self._bridge.session),
            "print_picture": self._print,
            "export_picture": lambda: export_picture(self, self.canvas_card),
            "show_rows": self.companions.show_rows,
            "show_watch": partial(self._show_right, 0),
            "show_inspector": partial(self._show_right, 1),
            "network_text": self.companions.toggle_network_text,
            "palette": self.companions.show_palette,
            "toggle_voice": self._toggle_voice,
            "quit": self.close,
            "add_layer": self._add_layer,
            "remove_layer": self._remove_layer,
            "previous_example": bar.previous,
            "next_example": bar.next,
            "random_example": bar.random,
            "wrong_example": bar.wrong,
            "toggle_training": self._bridge.toggle,
            "step": lambda: self._step(self._last_step),
            "step_phase": lambda: self._step("phase"),
            "step_batch": lambda: self._step("batch"),
            "step_epoch": lambda: self._step("epoch"),
            "reset": self._reset,
            "new_start": self._new_start,
            "restore_best": self._bridge.restore_best,
            **self.appearance.functions(),
            "presentation": self.presentation.toggle,
            "tour": self.companions.start_tour,
            "open_lesson": self.companions.open_lesson,
            "page_slope": lambda: self.pages.show("slope"),
            "page_compare": lambda: self.pages.show("compare"),
            "lesson_next": self.companions.go_on,
            "lesson_back": self.companions.go_back,
            "glossary": self.companions.show_glossary,
            "what_is_this": self.companions.ask_what_this_is,
            "shortcuts": self.companions.show_shortcuts,
            "about": self.companions.show_about,
        }
        for number, chart in enumerate(CHARTS):
            functions[f"chart_{chart}"] = partial(self._show_chart, number)
        for number in range(1, STEPS + 1):
            functions[f"explain_{number}"] = partial(self._explain, number)
        for number in range(1, LESSONS + 1):
            functions[f"lesson_{number}"] = partial(self.companions.start_lesson, number)
        return functions[identifier]

    def open_file(self, path: Path) -> None:
        """Let the user look at the file and import it; what is open stays open if they don't."""
        self.opener.open_file(path)

    def open_sample(self, sample: Sample) -> None:
        """Open data that come with the program, as their list says."""
        self.opener.open_sample(sample)

    def _show_right(self, tab: int) -> None:
        self.watch_dock.show()
        self.right_panel.setCurrentIndex(tab)

    def _show_chart(self, number: int) -> None:
        self._show_right(0)
        self.watch_panel.charts.tabs.setCurrentIndex(number)

    def add_above_picture(self, widget: QWidget) -> None:
        """Put a strip that was made later between the toolbar and the picture."""
        self._centre.insertWidget(0, widget)

    def _explain(self, step: int) -> None:
        self.explain_dock.show()
        self.explain_panel.show_step(step)

    def _toggle_voice(self) -> None:
        self.explain_panel.toggle_voice()
        self._on_voice_chosen(self.explain_panel.voices.value)

    def _on_voice_chosen(self, voice: str) -> None:
        self.watch_panel.coach.show_voice("technical" if voice == "technical" else "plain")
        self.companions.show_voice("technical" if voice == "technical" else "plain")

    def _print(self) -> None:
        from ann_viz.ui.printing import print_picture

        print_picture(self, self.canvas_card)

    def _add_layer(self) -> None:
        config = self._bridge.session.network_config
        if config is not None:
            new = config.hidden[-1] if config.hidden else LayerConfig()
            self._change_hidden((*config.hidden, new))

    def _resize_layer(self, layer: int, change: int) -> None:
        config = self._bridge.session.network_config
        if config is not None and layer < len(config.hidden):
            hidden = list(config.hidden)
            hidden[layer] = replace(hidden[layer], neurons=max(1, hidden[layer].neurons + change))
            self._change_hidden(tuple(hidden))

    def _remove_layer(self) -> None:
        config = self._bridge.session.network_config
        if config is not None and config.hidden:
            self._change_hidden(config.hidden[:-1])

    def _change_hidden(self, layers: tuple[LayerConfig, ...]) -> None:
        try:
            self._bridge.set_hidden(layers)
        except AnnVizError as error:
            show_error(self, self.tr("The network stays as it is"), error)

    def _step(self, kind: StepKind) -> None:
        self._last_step = kind
        step = self.actions_by_id[f"step_{kind}"]
        self.actions_by_id["step"].setToolTip(self.tr("Step: {kind} (S)").format(kind=step.text().lower()))
        self._bridge.step(kind)

    def _reset(self) -> None:
        self.canvas_card.canvas.forget_scale()
        self._bridge.reset()

    def _new_start(self) -> None:
        self.canvas_card.canvas.forget_scale()
        self._bridge.new_start()

    # What happened --------------------------------------------------------------------------------------------------
    def _on_state_changed(self) -> None:
        state = self._bridge.session.state
        if state is RunState.RUNNING and self._asks_to_train_on:
            self._asks_to_train_on = False
            self.messages.hide()
        action_table.update_enabled(self.actions_by_id, state)
        self.pages.refresh()

    def _on_dataset_changed(self) -> None:
        dataset = self._bridge.session.dataset
        self.setWindowTitle("ANN Viz" if dataset is None else f"{dataset.name} — ANN Viz")
        self._on_state_changed()
        self.canvas_card.canvas.setFocus()

    def _on_dock_shown(self) -> None:
        """Keep the gutter at a side without its dock."""
        left, right = (0 if dock.isVisible() else GUTTER for dock in (self.build_dock, self.watch_dock))
        below = [dock for dock in (self.explain_dock, self.companions.network_text) if dock is not None]
        for dock in below:
            host = dock.widget().layout()
            if host is not None:
                host.setContentsMargins(left, 0, GUTTER, GUTTER)
        beneath = any(dock.isVisible() for dock in below)
        self._centre.setContentsMargins(left, GUTTER, right, 0 if beneath else GUTTER)

    def _on_failed(self, error: object) -> None:
        if isinstance(error, AnnVizError):
            show_error(self, self.tr("Training stopped"), error)

    def _on_interrupted(self) -> None:
        """Ask whether to train on: it was the change of the network that stopped it."""
        undo = self._bridge.undo_stack.undo
        self.messages.show_message(
            self.tr("The network has changed, so training has paused. What was learned is kept where it still fits."),
            [(self.tr("Train on"), self._bridge.train), (self.tr("Undo"), undo)],
        )
        self._asks_to_train_on = True

    def _on_sample_requested(self, file: str) -> None:
        for sample in samples():
            if sample.file == file:
                self.open_sample(sample)

    def _on_theme_changed(self) -> None:
        action_table.refresh_icons(self.actions_by_id)
        self.corner_buttons.tint()

    def _on_text_size_chosen(self, percent: int) -> None:
        self.messages.show_message(
            self.tr("Text and everything around it is drawn at {n} % from the next start on.").format(n=percent)
        )

    # Qt -------------------------------------------------------------------------------------------------------------
    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Train or pause on Space, unless what has the focus needed it; Esc ends a presentation."""
        if event.key() == Qt.Key.Key_Space and not event.modifiers():
            self.actions_by_id["toggle_training"].trigger()
        elif event.key() == Qt.Key.Key_Escape and self.presentation.active:
            self.presentation.leave()
        else:
            super().keyPressEvent(event)

    def fit_panels(self) -> None:
        """Give the panels at the sides the width that the window and the size of words ask for."""
        left, right = WIDTHS[self._layout]
        self.build_side.set_compact(self._layout == "compact", left)
        self.right_panel.setFixedWidth(round(right * theme.magnified()))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Follow the size: compact below 1280 × 780 pixels, larger panels above 1800; the right one goes below 1100."""
        super().resizeEvent(event)
        self.build_side.close_flyover()
        layout = "compact" if self.width() < COMPACT_WIDTH else "large" if self.width() > LARGE_WIDTH else "usual"
        if layout != self._layout:
            self._layout = layout
            self.toolbar.set_compact(layout == "compact")
            self.watch_panel.set_compact(layout == "compact")
            self.fit_panels()
        narrow = self.width() < LEAST[0]
        if narrow != self._narrow:
            self._narrow = narrow
            self.watch_dock.setVisible(not narrow)
        short = self.height() < SHORT_HEIGHT
        if short != self._short:
            self._short = short
            self.explain_panel.set_short(short)

    def changeEvent(self, event: QEvent) -> None:
        """Ask for no frames while minimised."""
        if event.type() == QEvent.Type.WindowStateChange:
            self._bridge.set_watched(not self.isMinimized())
        super().changeEvent(event)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Say over the whole window what would happen."""
        if event.mimeData().hasUrls() or event.mimeData().hasText():
            self._drop_overlay.show_for(event.mimeData())
            event.acceptProposedAction()

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        """Nothing was dropped."""
        self._drop_overlay.hide()
        event.accept()

    def dropEvent(self, event: QDropEvent) -> None:
        """Open the dropped file."""
        self._drop_overlay.hide()
        event.acceptProposedAction()
        self.opener.open_dropped(event.mimeData())

    def closeEvent(self, event: QCloseEvent) -> None:
        """Stop the worker, then go."""
        self.presentation.leave()
        QSettings().setValue("window/geometry", self.saveGeometry())
        self.companions.close()
        self.opener.close()
        self.build_panel.stop()
        self._bridge.close()
        self._reporter.restore()
        self._gc_guard.stop()
        super().closeEvent(event)
