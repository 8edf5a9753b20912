"""Line icons, tinted to the theme, drawn when they are shown and sharp at every pixel ratio."""

from __future__ import annotations

import functools

from PySide6.QtCore import QByteArray, QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QIcon, QIconEngine, QImage, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

from ann_viz.resources import resource
from ann_viz.ui.kit import theme

__all__ = ["beside_icon", "icon", "pixmap"]


@functools.cache
def _source(name: str) -> str:
    return resource("icons", f"{name}.svg").read_text(encoding="utf-8")


@functools.lru_cache(maxsize=1024)
def _draw(name: str, colour: str, pixels: int, solid: bool) -> QPixmap:
    if pixels < 1:  # in a column or on a button without room
        return QPixmap()
    svg = _source(name).replace("currentColor", colour).replace('stroke-width="2"', 'stroke-width="1.75"')
    if solid:
        svg = svg.replace('fill="none"', f'fill="{colour}"', 1)
    image = QImage(QSize(pixels, pixels), QImage.Format.Format_ARGB32_Premultiplied)
    image.fill(Qt.GlobalColor.transparent)
    with QPainter(image) as painter:
        QSvgRenderer(QByteArray(svg.encode())).render(painter, QRectF(0, 0, pixels, pixels))
    return QPixmap.fromImage(image)


def pixmap(name: str, colour: str | None = None, size: int = 16, *, ratio: float = 2.0, solid: bool = False) -> QPixmap:
    """Return the icon `name` as a pixmap of `size` × `size` logical pixels (text2 of the theme by default)."""
    drawn = QPixmap(_draw(name, colour or theme.current().text2, round(size * ratio), solid))
    drawn.setDevicePixelRatio(ratio)
    return drawn


class _LineIcon(QIconEngine):
    """Draws an icon when Qt asks for it: a window has a hundred of them, most in menus that nobody opens."""

    def __init__(self, name: str, colour: str, faint: str, size: int, solid: bool) -> None:
        super().__init__()
        self._name, self._colour, self._faint = name, colour, faint
        self._size, self._solid = size, solid

    def actualSize(self, size: QSize, mode: QIcon.Mode, state: QIcon.State) -> QSize:
        """Return its own size, or less where there is less room."""
        extent = min(size.width(), size.height(), self._size)
        return QSize(extent, extent)

    def scaledPixmap(self, size: QSize, mode: QIcon.Mode, state: QIcon.State, scale: float) -> QPixmap:
        """Draw it as sharp as the screen is, `scale` pixels to each of `size`."""
        colour = self._faint if mode == QIcon.Mode.Disabled else self._colour
        return pixmap(self._name, colour, self.actualSize(size, mode, state).width(), ratio=scale, solid=self._solid)

    def pixmap(self, size: QSize, mode: QIcon.Mode, state: QIcon.State) -> QPixmap:
        """Draw it for a screen of one pixel to each of `size`."""
        return self.scaledPixmap(size, mode, state, 1.0)

    def paint(self, painter: QPainter, rect: QRect, mode: QIcon.Mode, state: QIcon.State) -> None:
        """Draw it in the middle of the room that a list or a table has for it."""
        drawn = self.scaledPixmap(rect.size(), mode, state, painter.device().devicePixelRatio())
        place = QRectF(QPointF(), drawn.deviceIndependentSize())
        place.moveCenter(QRectF(rect).center())
        painter.drawPixmap(place.topLeft(), drawn)


def beside_icon(text: str) -> str:
    """Return the caption of a button that also has an icon: the style leaves no room between the two."""
    return f" {text}"


def icon(
    name: str, colour: str | None = None, size: int = 16, *, solid: bool = False, disabled: str | None = None
) -> QIcon:
    """Return the icon `name`, tinted, with a variant for disabled controls (faint, unless another colour is given)."""
    tokens = theme.current()
    return QIcon(_LineIcon(name, colour or tokens.text2, disabled or tokens.faint, size, solid))
