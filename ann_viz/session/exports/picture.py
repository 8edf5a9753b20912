"""The network or a chart as a picture, with the settings of its run inside."""

from __future__ import annotations

from ann_viz.errors import OutputError
from ann_viz.session.exports.easel import Shot
from ann_viz.session.exports.format import Progress, Wish
from ann_viz.session.exports.stamp import stamp_of
from ann_viz.session.exports.subject import Subject
from ann_viz.session.exports.telling import title_of
from ann_viz.translation import translate

__all__ = ["write"]


def write(subject: Subject, wish: Wish, progress: Progress = lambda _: None) -> bytes:
    """Return the picture; raises OutputError where nothing can draw it."""
    if subject.easel is None:
        raise OutputError(
            translate("A picture is drawn from a project and its data. {why}").format(why=subject.why_no_data).strip()
        )
    return subject.easel.draw(
        Shot(
            motif=wish.chosen["what"],
            suffix=wish.suffix,
            scale=float(wish.chosen["scale"]),
            title=title_of(subject.model.recipe),
            remark=stamp_of(subject),
        )
    )
