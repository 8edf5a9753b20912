"""A film of the whole window: one of its own, which nobody sees, looks at one epoch after the other."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final, TypeAlias

from PySide6.QtCore import QCoreApplication, QEvent, QSettings, Qt
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QWidget

from ann_viz.session import Moment
from ann_viz.session.exports.easel import Begin, Frame
from ann_viz.ui.document.bridge import Bridge
from ann_viz.ui.document.saving import picture_of
from ann_viz.ui.taking.film_stage import pixels_of

__all__ = ["WindowMaker", "WindowStage"]

WindowMaker: TypeAlias = Callable[[Bridge], QWidget]
"""Makes a window on a session that nobody has to be asked about."""

GEOMETRY: Final = "window/geometry"


class WindowStage:
    """A window that is never on a screen.

    Parameters
    ----------
    begin : Begin
        Makes the session that is filmed; it is closed at the end.
    first : Frame
        Size of the film; the window is as large, or as much larger as it has to be.
    make : WindowMaker
    """

    def __init__(self, begin: Begin, first: Frame, make: WindowMaker) -> None:
        self._bridge = Bridge(begin())
        self._window = make(self._bridge)
        self._window.setAttribute(Qt.WidgetAttribute.WA_DontShowOnScreen)
        least = self._window.minimumSize()
        larger = max(1.0, least.width() / first.width, least.height() / first.height)
        self._window.resize(round(larger * first.width), round(larger * first.height))
        self._window.show()
        bridge = self._bridge
        for signal in (bridge.dataset_changed, bridge.settings_changed, bridge.example_changed, bridge.state_changed):
            signal.emit()

    def picture(self, frame: Frame) -> bytes:
        """Return one picture of the film as red, green and blue of every pixel."""
        self._bridge.look_at(Moment(self._bridge.document.run_numbers[0], frame.epoch))
        self._bridge.offer_turns()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.LayoutRequest)
        ignore, smooth = Qt.AspectRatioMode.IgnoreAspectRatio, Qt.TransformationMode.SmoothTransformation
        picture = picture_of(self._window, 1.0).scaled(frame.width, frame.height, ignore, smooth)
        return pixels_of(picture.convertToFormat(QImage.Format.Format_RGB888))

    def end(self) -> None:
        """Close the window, which must not be the one that the next start remembers."""
        settings = QSettings()
        geometry = settings.value(GEOMETRY)
        self._window.close()
        settings.setValue(GEOMETRY, geometry)
        self._window.deleteLater()
