"""The model without its runs, as a file of its own."""

from __future__ import annotations

from ann_viz.session.exports.format import Progress, Wish
from ann_viz.session.exports.subject import Subject
from ann_viz.session.modelfile import model_bytes

__all__ = ["write"]


def write(subject: Subject, wish: Wish, progress: Progress) -> bytes:
    """Return the bytes of a model file."""
    return model_bytes(subject.model)
