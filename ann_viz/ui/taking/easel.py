"""What draws the window for the formats that are pictures; `ann_viz.session.exports.easel` says what may be asked."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from typing import TYPE_CHECKING, cast

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from ann_viz.session.exports.blocks import Report
from ann_viz.session.exports.easel import Begin, Frame, Motif, Shot
from ann_viz.session.exports.stamp import KEY
from ann_viz.ui.document.saving import picture_of, png_of
from ann_viz.ui.document.vector_files import pdf_of_widget, svg_of_widget
from ann_viz.ui.taking.handing_over import HandingOver
from ann_viz.ui.taking.paper import pdf_of_report

if TYPE_CHECKING:
    from ann_viz.ui.taking.film_stage import FilmStage
    from ann_viz.ui.taking.window_stage import WindowMaker, WindowStage

__all__ = ["WindowEasel"]


class WindowEasel(QObject):
    """Draws what is asked for in the window's thread, whoever asks.

    Parameters
    ----------
    motifs : callable
        Returns the widget that shows a motif.
    make_window : callable
        Makes another window, for films of the whole of it.
    example : int
        The row on show.
    """

    def __init__(
        self,
        motifs: Callable[[Motif], QWidget],
        make_window: WindowMaker,
        example: int = 0,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._make_window = make_window
        self._motifs = motifs
        self._example = example
        self._window_thread = HandingOver(self)
        self._stages: list[FilmStage | WindowStage] = []

    def draw(self, shot: Shot) -> bytes:
        """Return a picture as a file."""
        return self._window_thread.call(lambda: self._drawn(shot))

    def _drawn(self, shot: Shot) -> bytes:
        widget = self._motifs(shot.motif)
        with _without_focus(widget):
            return self._as_file(widget, shot)

    def _as_file(self, widget: QWidget, shot: Shot) -> bytes:
        if shot.suffix == ".svg":
            return svg_of_widget(widget, shot.title, shot.remark)
        if shot.suffix == ".pdf":
            return pdf_of_widget(widget, shot.title, shot.remark)
        return png_of(picture_of(widget, shot.scale), {"Title": shot.title, KEY: shot.remark})

    def paper(self, report: Report, remark: str) -> bytes:
        """Return a report as a PDF file."""
        return self._window_thread.call(lambda: pdf_of_report(report, remark))

    @property
    def example(self) -> int:
        """The row on show."""
        return self._example

    def frames(self, begin: Begin, frames: Sequence[Frame]) -> Iterator[bytes]:
        """Yield the pictures of a film."""
        with self._stage(begin, frames[0]) as stage:
            for place, frame in enumerate(frames):
                if place == 0 or frame != frames[place - 1]:
                    picture = self._window_thread.call(partial(stage.picture, frame))
                yield picture

    @contextmanager
    def _stage(self, begin: Begin, first: Frame) -> Iterator[FilmStage | WindowStage]:
        stage = self._window_thread.call(lambda: self._staged(begin, first))
        self._stages.append(stage)
        try:
            yield stage
        finally:
            self._window_thread.call(self._end_stages)

    def _staged(self, begin: Begin, first: Frame) -> FilmStage | WindowStage:
        from ann_viz.ui.taking.film_stage import FilmStage  # not needed for pictures
        from ann_viz.ui.taking.window_stage import WindowStage

        return WindowStage(begin, first, self._make_window) if first.film == "window" else FilmStage(begin, first)

    def _end_stages(self) -> None:
        while self._stages:
            self._stages.pop().end()

    def close(self) -> None:
        """Draw nothing more."""
        self._window_thread.close()
        self._end_stages()


@contextmanager
def _without_focus(widget: QWidget) -> Iterator[None]:
    """Let no part of a window show that keys go there."""
    focused = cast("QWidget | None", widget.window().focusWidget())
    if focused is None:
        yield
        return
    focused.clearFocus()
    yield
    focused.setFocus()
