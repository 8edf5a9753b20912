"""The card of an empty window: it opens a table, a sample, a project, or work that a crash has left."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Signal
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import (
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QMenu,
    QPushButton,
    QSizePolicy,
    QSpacerItem,
    QVBoxLayout,
    QWidget,
)

from ann_viz.numerals import format_number
from ann_viz.session.samples import SampleData, samples
from ann_viz.translation import translatable, translate
from ann_viz.ui.kit.labels import PlainLabel
from ann_viz.ui.kit.line import horizontal_line
from ann_viz.ui.kit.plain_text import plain_tip
from ann_viz.ui.window.recent_projects import ROW_HEIGHT, RecentList
from ann_viz.ui.window.rescuing import RescueCard
from ann_viz.ui.window.sample_tiles import Badge, BriefTile, SampleTile

if TYPE_CHECKING:
    from ann_viz.session.project_summary import ProjectSummary

__all__ = ["StartCard"]

WIDTH: Final = 574
WIDE: Final = 600
"""With projects to go on with: their names want room."""

RESCUE_GAP: Final = 16
TILES_A_ROW: Final = 2
N_BRIEF: Final = 3
"""Samples that are still offered by their titles where there is work to go on with."""

HIGH_DROP: Final = 86
LOW_PAGE: Final = 470
"""A page that is lower has no room for all that newcomers need."""

LOW_DROP: Final = 62
PAGE_MARGIN: Final = 10
MOST_PROJECTS: Final = 5
MOST_BESIDE_RESCUE: Final = 3
FIRST_SAMPLES: Final = {
    "bank_customers.csv": ("landmark", translatable("yes / no")),
    "digits.csv": ("grid-3x3", translatable("10 classes")),
    "house_prices.csv": ("house", translatable("number")),
    "two_spirals.csv": ("tornado", translatable("yes / no")),
}


class StartCard(QFrame):
    """What a new window opens with.

    ``open_requested`` asks for the file dialog; ``sample_requested`` carries a ``SampleData``.
    """

    open_requested = Signal()
    sample_requested = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("card", True)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.open = QPushButton(self.tr("Open a CSV…"))
        self.open.setProperty("kind", "primary")
        self.open.clicked.connect(self.open_requested)
        self._offer_samples()
        self.project = QPushButton(self.tr("Open a project…"))
        self.tour = QPushButton()
        self.learn = QPushButton(self.tr("Learn in short lessons…"))
        self.learn.setToolTip(self.tr("Lessons of a few minutes, each with a question to find out"))
        self.rescue = RescueCard(self)
        self.rescue.offered.connect(self._on_rescue_offered)
        self.recent = RecentList(self)
        self.project.clicked.connect(self.recent.project_requested)
        self._height = 0
        self._below_rescue = QSpacerItem(0, 0)
        self._below_recent = QSpacerItem(0, 0)
        self._many_tiles, self._few_tiles, self._foot, self._newcomers = (QWidget(self) for _ in range(4))
        self._badge = Badge("file-down", 44, accent=True)
        self._lay_out()
        self._make_room(has_rescue=False)

    def _offer_samples(self) -> None:
        """Make the tiles of the first few, and menus of the others and of all."""
        by_file = {sample.file: sample for sample in samples()}
        self.tiles = [
            SampleTile(by_file[file], icon, translate(answer)) for file, (icon, answer) in FIRST_SAMPLES.items()
        ]
        for tile in self.tiles:
            tile.clicked.connect(lambda _checked=False, sample=tile.sample: self.sample_requested.emit(sample))
        self.brief_tiles = [BriefTile(tile.picture, tile.sample.title) for tile in self.tiles[:N_BRIEF]]
        for brief, tile in zip(self.brief_tiles, self.tiles, strict=False):
            brief.setToolTip(tile.toolTip())
            brief.clicked.connect(tile.click)
        self.all = BriefTile("ellipsis", self.tr("All {n}").format(n=format_number(len(by_file))))
        self.all.setAccessibleName(self.tr("All samples"))
        self.all.setMenu(self._menu(list(by_file.values())))
        self.more = QPushButton(self.tr("More samples…"))
        self.more.setMenu(self._menu([sample for file, sample in by_file.items() if file not in FIRST_SAMPLES]))

    def _lay_out(self) -> None:
        column = self._column = QVBoxLayout(self)
        column.setContentsMargins(24, 24, 24, 22)
        column.setSpacing(0)
        column.addWidget(self.rescue)
        column.addSpacerItem(self._below_rescue)
        column.addWidget(PlainLabel(self.tr("Teach a network from your own table"), role="startTitle"))
        text = self.tr("Each row is one case. Pick the column to predict, and watch it learn.")
        self._about = PlainLabel(text, role="body")
        self._about.setContentsMargins(0, 5, 0, 0)
        column.addWidget(self._about)
        column.addSpacing(15)
        self._drop = self._drop_area()
        column.addWidget(self._drop)
        column.addSpacing(17)
        column.addWidget(self.recent)
        column.addSpacerItem(self._below_recent)
        column.addWidget(PlainLabel(self.tr("Or start with a sample"), role="strong"))
        column.addSpacing(9)
        self._lay_out_tiles()
        for below in (self._many_tiles, self._few_tiles, self._foot, self._newcomers):
            column.addWidget(below)
        self._lay_out_newcomers()

    def _lay_out_tiles(self) -> None:
        """Arrange the samples in tiles, in one line, and what stands below them."""
        grid = QGridLayout(self._many_tiles)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setSpacing(8)
        for position, tile in enumerate(self.tiles):
            grid.addWidget(tile, position // TILES_A_ROW, position % TILES_A_ROW)
        line = QHBoxLayout(self._few_tiles)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(8)
        for brief in (*self.brief_tiles, self.all):
            line.addWidget(brief)
        foot = QHBoxLayout(self._foot)
        foot.setContentsMargins(0, 16, 0, 0)
        foot.setSpacing(8)
        foot.addWidget(self.more)
        foot.addWidget(self.project)
        foot.addStretch()
        shortcut = QKeySequence(QKeySequence.StandardKey.Open).toString(QKeySequence.SequenceFormat.NativeText)
        foot.addWidget(PlainLabel(self.tr("{keys} opens a table").format(keys=shortcut), role="muted"))

    def _lay_out_newcomers(self) -> None:
        below = QVBoxLayout(self._newcomers)
        below.setContentsMargins(0, 16, 0, 0)
        below.setSpacing(14)
        below.addWidget(horizontal_line())
        new_here = QHBoxLayout()
        new_here.setSpacing(8)
        new_here.addWidget(PlainLabel(self.tr("New to neural networks?"), role="strong"))
        new_here.addStretch()
        new_here.addWidget(self.tour)
        new_here.addWidget(self.learn)
        below.addLayout(new_here)

    def _make_room(self, has_rescue: bool) -> None:
        """Leave out what newcomers need while there is work to go on with, or on a low screen: it has no more room."""
        self._below_rescue.changeSize(0, RESCUE_GAP if has_rescue else 0)
        has_recent = bool(self.recent.rows)
        self._below_recent.changeSize(0, RESCUE_GAP if has_recent else 0)
        brief = has_recent or 0 < self._height < LOW_PAGE
        self._about.setHidden(has_rescue or brief)
        self._newcomers.setHidden(has_rescue or brief)
        self._many_tiles.setHidden(brief)
        self._few_tiles.setVisible(brief)
        self._foot.setHidden(has_recent)
        self.more.setHidden(brief)
        self.setFixedWidth(WIDE if has_recent else WIDTH)
        self._drop.setFixedHeight(LOW_DROP if brief else HIGH_DROP)
        self._column.invalidate()  # or the gaps stay as they were

    def _on_rescue_offered(self, has_rescue: bool) -> None:
        """Make room for it, which may come when projects are listed already."""
        self._make_room(has_rescue)
        if self._height:
            self.fit(self._height)

    def show_projects(self, projects: Sequence[ProjectSummary]) -> None:
        """Offer to go on with these."""
        self.recent.show_projects(projects)
        self._make_room(not self.rescue.isHidden())
        self.fit(self._height)

    def fit(self, height: int) -> None:
        """List as many projects as there is room for in a page of some height, five at most."""
        self._height = height
        self._make_room(not self.rescue.isHidden())
        if not self.recent.rows:
            return
        self.recent.show_at_most(1)
        self.recent.settle()
        self._column.invalidate()
        room = height - 2 * PAGE_MARGIN - self.sizeHint().height()
        most = MOST_BESIDE_RESCUE if not self.rescue.isHidden() else MOST_PROJECTS
        self.recent.show_at_most(max(1, min(most, 1 + room // (ROW_HEIGHT + 2))))

    def offer_lessons(self, tour: QAction, lessons: Sequence[QAction], *, new_here: bool) -> None:
        """Let the last line begin the tour, prominently for who has not seen it, and the lessons."""
        self.tour.setProperty("kind", "soft" if new_here else "")
        self.tour.setText(tour.text())
        self.tour.setToolTip(plain_tip(tour.toolTip()))
        self.tour.clicked.connect(tour.trigger)
        menu = QMenu(self)
        menu.addActions(lessons)
        self.learn.setMenu(menu)

    def _drop_area(self) -> QFrame:
        area = QFrame()
        area.setProperty("card", "drop")
        area.setFixedHeight(HIGH_DROP)
        words = QVBoxLayout()
        words.setSpacing(2)
        words.addStretch()
        words.addWidget(PlainLabel(self.tr("Drop a table here"), role="title"))
        words.addWidget(PlainLabel(self.tr("CSV, Excel, Parquet; nothing leaves this computer"), role="muted"))
        words.addStretch()
        row = QHBoxLayout(area)
        row.setContentsMargins(20, 0, 20, 0)
        row.setSpacing(16)
        row.addWidget(self._badge)
        row.addLayout(words, 1)
        row.addWidget(self.open)
        return area

    def _menu(self, samples: list[SampleData]) -> QMenu:
        menu = QMenu(self)
        menu.setToolTipsVisible(True)
        for sample in samples:
            action = menu.addAction(f"{sample.title} · {sample.subtitle}")
            action.setToolTip(plain_tip(sample.about))
            action.triggered.connect(lambda _checked=False, sample=sample: self.sample_requested.emit(sample))
        return menu
