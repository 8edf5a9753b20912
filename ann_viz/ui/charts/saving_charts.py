"""A chart as a file: a picture of its pixels or of its lines, or the numbers behind it."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from ann_viz.errors import AnnVizError
from ann_viz.files import write_file
from ann_viz.session.exports import subject_of
from ann_viz.session.exports.stamp import KEY, stamp_of
from ann_viz.translation import translatable, translate
from ann_viz.ui.charts.chart_page import ChartPage
from ann_viz.ui.document.bridge import Bridge
from ann_viz.ui.document.saving import ask_where, data_files, picture_of, png_of
from ann_viz.ui.document.vector_files import svg_of_widget
from ann_viz.ui.kit.error_report import show_error

__all__ = ["KINDS", "Kind", "save_chart"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Kind:
    """One kind of file.

    Parameters
    ----------
    text : str
        What it is called in the menu.
    suffix : str
        Of the file.
    filter : str
        For the dialog that asks where.
    makes : callable
        Makes the bytes of the file, with the settings of the run inside; None where there is nothing to put into it.
    """

    text: str
    suffix: str
    filter: str
    makes: Callable[[ChartPage, str], bytes | None]


def _png(page: ChartPage, remark: str) -> bytes:
    return png_of(picture_of(page), {"Title": page.accessibleName(), KEY: remark})


def _svg(page: ChartPage, remark: str) -> bytes:
    return svg_of_widget(page, page.accessibleName(), remark)


def _csv(page: ChartPage, _remark: str) -> bytes | None:
    table = page.numbers()
    if not table:
        return None
    text = io.StringIO(newline="")
    csv.writer(text).writerows(table)
    return text.getvalue().encode()


KINDS: Final[tuple[Kind, ...]] = (
    Kind(
        text=translatable("Picture (PNG)…"),
        suffix=".png",
        filter=translatable("PNG picture (*.png)"),
        makes=_png,
    ),
    Kind(
        text=translatable("Picture for print (SVG)…"),
        suffix=".svg",
        filter=translatable("SVG picture (*.svg)"),
        makes=_svg,
    ),
    Kind(text=translatable("Numbers (CSV)…"), suffix=".csv", filter=translatable("CSV file (*.csv)"), makes=_csv),
)
"""In the order of the menu."""


def save_chart(page: ChartPage, name: str, kind: Kind, bridge: Bridge) -> None:
    """Ask where, and save a chart there.

    Parameters
    ----------
    page : ChartPage
        As it is seen.
    name : str
        What the file is to be called, without its suffix.
    kind : Kind
    bridge : Bridge
        To the document, whose data file must not be written over.
    """
    path = ask_where(
        page.window(), translate("Save this chart"), f"{name}{kind.suffix}", translate(kind.filter), "pictures"
    )
    if not path:
        return
    try:
        work = bridge.take_work()
        content = kind.makes(page, "" if work is None else stamp_of(subject_of(work)))
        if content is not None:
            write_file(path, content, inputs=data_files(bridge.document))
    except AnnVizError as error:
        show_error(page.window(), translate("The chart was not saved"), error)
