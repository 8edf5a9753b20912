"""A second session on the same rows and the same run, for pictures of moments that the first one does not look at."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import fields, replace

from ann_viz.data import Dataset
from ann_viz.engine import Snapshot, TrainConfig
from ann_viz.session.exports.subject import Subject
from ann_viz.session.project import Project, ProjectState, StoredRun
from ann_viz.session.session import Session
from ann_viz.session.starting import require

__all__ = ["session_beside"]


class _LentDataset(Dataset):
    """Rows whose files belong to somebody else: they stay when it is closed."""

    def release(self) -> None:
        """Leave the files of the rows where they are."""

    def close(self) -> None:
        """Leave the table open."""


def session_beside(subject: Subject, course: Sequence[Snapshot], example: int = 0) -> Session:
    """Return a session at rest on what is taken along; to be closed, which closes no data.

    Parameters
    ----------
    subject : Subject
        With its run and its data.
    course : sequence of Snapshot
        The moments that it can look at.
    example : int
        Row to show.
    """
    dataset, run = require(subject.dataset), require(subject.run)
    lent = _LentDataset(**{field.name: getattr(dataset, field.name) for field in fields(dataset)})
    checkpoint = replace(run.checkpoint, timeline=tuple(course), timeline_stride=1)
    alone = replace(run.record, parent=None, branched_at=None)
    session = Session(TrainConfig())
    session.open_project(
        Project(
            model=subject.model,
            source=require(subject.source),
            runs=(StoredRun(alone, checkpoint),),
            state=ProjectState(current=alone.number, example=example),
        ),
        lent,
    )
    return session
