"""Line icons, tinted to the theme and sharp at every pixel ratio."""

from __future__ import annotations

import functools

from PySide6.QtCore import QByteArray, QRectF, QSize, Qt
from PySide6.QtGui import QIcon, QImage, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

from ann_viz.resources import resource
from ann_viz.ui.kit import theme

__all__ = ["icon", "pixmap"]


@functools.cache
def _source(name: str) -> str:
    return resource("icons", f"{name}.svg").read_text(encoding="utf-8")


@functools.lru_cache(maxsize=1024)
def _draw(name: str, colour: str, size: int, ratio: float, solid: bool) -> QPixmap:
    svg = _source(name).replace("currentColor", colour).replace('stroke-width="2"', 'stroke-width="1.75"')
    if solid:
        svg = svg.replace('fill="none"', f'fill="{colour}"', 1)
    pixels = round(size * ratio)
    image = QImage(QSize(pixels, pixels), QImage.Format.Format_ARGB32_Premultiplied)
    image.fill(Qt.GlobalColor.transparent)
    with QPainter(image) as painter:
        QSvgRenderer(QByteArray(svg.encode())).render(painter, QRectF(0, 0, pixels, pixels))
    image.setDevicePixelRatio(ratio)
    return QPixmap.fromImage(image)


def pixmap(name: str, colour: str | None = None, size: int = 16, *, ratio: float = 2.0, solid: bool = False) -> QPixmap:
    """Return the icon `name` as a pixmap of `size` × `size` logical pixels (text2 of the theme by default)."""
    return _draw(name, colour or theme.current().text2, size, ratio, solid)


def icon(
    name: str, colour: str | None = None, size: int = 16, *, solid: bool = False, disabled: str | None = None
) -> QIcon:
    """Return the icon `name`, tinted, with a variant for disabled controls (faint, unless another colour is given)."""
    result = QIcon()
    tokens = theme.current()
    for ratio in (1.0, 2.0):
        result.addPixmap(_draw(name, colour or tokens.text2, size, ratio, solid))
        result.addPixmap(_draw(name, disabled or tokens.faint, size, ratio, solid), QIcon.Mode.Disabled)
    return result
