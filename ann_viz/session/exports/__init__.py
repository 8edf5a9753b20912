"""A trained model taken elsewhere: one module a format, the table of them, and what all of them are made of; no Qt."""

from __future__ import annotations

from ann_viz.session.exports.formats import FORMATS, Format, Option, Wish, format_for, wish_for
from ann_viz.session.exports.subject import Subject, subject_in, subject_of

__all__ = ["FORMATS", "Format", "Option", "Subject", "Wish", "format_for", "subject_in", "subject_of", "wish_for"]
