"""A file made in a job: the bytes, and something to look at; or made and written where it is wanted."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from ann_viz.files import write_file
from ann_viz.session.exports.blocks import Report
from ann_viz.session.exports.easel import Easel
from ann_viz.session.exports.format import Format, Wish
from ann_viz.session.exports.formats import format_for, wish_for
from ann_viz.session.exports.preview import Preview, preview_of
from ann_viz.session.exports.report_content import report_of
from ann_viz.session.exports.stamp import stamp_of
from ann_viz.session.exports.subject import Subject, subject_of
from ann_viz.session.exports.video import glimpse
from ann_viz.session.job import Progress
from ann_viz.session.work import Work

__all__ = ["Made", "Order", "Printed", "Written", "look_at", "report_on", "write_to"]


@dataclass(frozen=True, kw_only=True, eq=False)
class Order:
    """What is to be made of which work.

    Parameters
    ----------
    work : Work
    easel : Easel
        What draws the window.
    format : Format
    wish : Wish
    """

    work: Work
    easel: Easel
    format: Format
    wish: Wish

    def subject(self) -> Subject:
        """Return what is taken along; raises OutputError when its data have gone."""
        return self.format.of(replace(subject_of(self.work), easel=self.easel))


@dataclass(frozen=True, kw_only=True, eq=False)
class Made:
    """A file that is in memory only; without content where it is made only once it is saved."""

    order: Order
    content: bytes
    preview: Preview


@dataclass(frozen=True, kw_only=True, eq=False)
class Written:
    """A file that is where it was wanted."""

    order: Order
    path: Path
    n_bytes: int


@dataclass(frozen=True, kw_only=True, eq=False)
class Printed:
    """A report, and the settings to be written into a file of it."""

    report: Report
    remark: str


def report_on(work: Work, _progress: Progress, _cancelled: Callable[[], bool]) -> Printed:
    """Return the report to be put on paper."""
    subject = subject_of(work)
    wish = wish_for(format_for("report"))
    return Printed(report=report_of(subject, wish.chosen, date.today()), remark=stamp_of(subject))


def look_at(order: Order, progress: Progress, _cancelled: Callable[[], bool]) -> Made:
    """Make the file, to see how large it is and what it looks like; of a film, which takes long, one picture."""
    subject, wish = order.subject(), order.wish
    if order.format.name == "video":
        picture, size = glimpse(subject, wish, progress)
        return Made(order=order, content=b"", preview=Preview(kind="pixels", content=picture, size=size))
    content = order.format.write(subject, wish, progress)
    return Made(order=order, content=content, preview=preview_of(order.format, subject, wish, content))


def write_to(
    path: Path,
    inputs: tuple[Path, ...],
    order: Order,
    progress: Progress,
    _cancelled: Callable[[], bool],
) -> Written:
    """Make the file and write it, all or nothing."""
    content = order.format.write(order.subject(), order.wish, progress)
    write_file(path, content, inputs=inputs)
    return Written(order=order, path=path, n_bytes=len(content))
