"""A widget as a file that keeps lines as lines and text as text: SVG, or a PDF page of its size."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from typing import Final

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QMarginsF, QPoint, QPointF, QRectF, QSizeF
from PySide6.QtGui import QPageSize, QPainter, QPdfWriter
from PySide6.QtSvg import QSvgGenerator
from PySide6.QtWidgets import QGraphicsItem, QGraphicsView, QWidget

__all__ = ["pdf_of_widget", "svg_of_widget", "with_remark"]

DOTS_PER_INCH: Final = 96
POINTS_PER_INCH: Final = 72
SVG: Final = "http://www.w3.org/2000/svg"
_XMP: Final = (
    '<?xpacket begin="" id="W5M0MpCehiHzreSzNTczkc9d"?><x:xmpmeta xmlns:x="adobe:ns:meta/">'
    '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description rdf:about="" '
    'xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:source>{remark}</dc:source></rdf:Description></rdf:RDF>'
    '</x:xmpmeta><?xpacket end="w"?>'
)
"""Remarks of a PDF file, as ISO 16684 has them; a remark is letters and digits alone."""

_MATRIX: Final = re.compile(r"matrix\(([^)]*)\)")
_NUMBER: Final = re.compile(r"-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?")
_PAIR: Final = re.compile(rf"({_NUMBER.pattern}),({_NUMBER.pattern})")


def svg_of_widget(widget: QWidget, title: str, remark: str = "") -> bytes:
    """Return a widget as an SVG file.

    Parameters
    ----------
    widget : QWidget
        Painted as it is.
    title : str
    remark : str
        Stands in the metadata.
    """
    content = QByteArray()
    buffer = QBuffer(content)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    generator = QSvgGenerator()
    generator.setOutputDevice(buffer)
    generator.setSize(widget.size())
    generator.setViewBox(widget.rect())
    generator.setTitle(title)
    with QPainter(generator) as painter:
        widget.render(painter, QPoint())
    buffer.close()
    return _finished(bytes(content.data()), _plots(widget), remark)


def pdf_of_widget(widget: QWidget, title: str, remark: str = "") -> bytes:
    """Return a widget as a PDF file of one page without margins; see `svg_of_widget`."""
    content = QByteArray()
    buffer = QBuffer(content)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    writer = QPdfWriter(buffer)
    writer.setTitle(title)
    with_remark(writer, remark)
    writer.setResolution(DOTS_PER_INCH)
    size = QSizeF(widget.size()) * (POINTS_PER_INCH / DOTS_PER_INCH)
    writer.setPageSize(QPageSize(size, QPageSize.Unit.Point))
    writer.setPageMargins(QMarginsF())
    with QPainter(writer) as painter:
        widget.render(painter, QPoint())
    del writer  # only then is the file complete
    return bytes(content.data())


def with_remark(writer: QPdfWriter, remark: str) -> None:
    """Write a remark of letters and digits into a PDF file, where nobody sees it."""
    writer.setDocumentXmpMetadata(QByteArray(_XMP.format(remark=remark).encode("ascii")))


def _plots(widget: QWidget) -> list[QRectF]:
    """Return where on a widget curves are cut off at the edge of their chart, which Qt's SVG says nothing of."""
    boxes = []
    for view in widget.findChildren(QGraphicsView):
        for item in view.items():
            if view.isVisibleTo(widget) and item.flags() & QGraphicsItem.GraphicsItemFlag.ItemClipsChildrenToShape:
                box = view.mapFromScene(item.sceneBoundingRect()).boundingRect()
                boxes.append(QRectF(box).translated(QPointF(view.viewport().mapTo(widget, QPoint()))))
    return boxes


def _finished(content: bytes, plots: list[QRectF], remark: str) -> bytes:
    """Return Qt's SVG with a remark, with curves cut off where they are, and with pens that keep their width.

    Pens of charts are as wide on the screen however the chart is scaled. Qt says so by ``vector-effect``, which many
    programs don't know and then draw a line as wide as the page: coordinates take the scale here instead.
    """
    ET.register_namespace("", SVG)
    root = ET.fromstring(content)
    if remark:
        note = ET.Element(f"{{{SVG}}}metadata")
        note.text = remark
        root.insert(0, note)
    for place, box in enumerate(plots):
        clip = ET.SubElement(root, f"{{{SVG}}}clipPath", id=f"plot{place}")
        sides = {"x": box.x(), "y": box.y(), "width": box.width(), "height": box.height()}
        ET.SubElement(clip, f"{{{SVG}}}rect", {name: f"{side:g}" for name, side in sides.items()})
    for group in root.iter(f"{{{SVG}}}g"):
        shapes = [shape for shape in group if shape.get("vector-effect") == "non-scaling-stroke"]
        found = _MATRIX.fullmatch(group.get("transform", ""))
        matrix = [] if found is None else [float(number) for number in found[1].split(",")]
        if shapes and len(shapes) == len(group) and matrix and matrix[:4] != [1.0, 0.0, 0.0, 1.0]:
            points = [point for shape in shapes for point in _scale(shape, matrix)]
            group.set("transform", "matrix(1,0,0,1,0,0)")
            inside = [sum(box.contains(point) for point in points) for box in plots]
            if any(inside):
                group.set("clip-path", f"url(#plot{inside.index(max(inside))})")
    return bytes(ET.tostring(root, encoding="utf-8", xml_declaration=True))


def _scale(shape: ET.Element, matrix: list[float]) -> list[QPointF]:
    """Move the points of a shape by a matrix, and return them."""
    a, b, c, d, e, f = matrix
    points: list[QPointF] = []

    def moved(pair: re.Match[str]) -> str:
        x, y = float(pair[1]), float(pair[2])
        points.append(QPointF(a * x + c * y + e, b * x + d * y + f))
        return f"{points[-1].x():.2f},{points[-1].y():.2f}"

    for name in ("points", "d"):
        if shape.get(name) is not None:
            shape.set(name, _PAIR.sub(moved, shape.get(name, "")))
    shape.set("vector-effect", "none")
    return points
