"""The model as a Python script that needs NumPy alone: written out as a beginner would like to read it."""

from __future__ import annotations

from ann_viz.session.exports.format import Progress, Wish
from ann_viz.session.exports.source.network import forward_section
from ann_viz.session.exports.source.program import Material, material_of, program_text
from ann_viz.session.exports.source.section_order import in_order
from ann_viz.session.exports.source.text import Section
from ann_viz.session.exports.source.training import loop_section
from ann_viz.session.exports.subject import Subject

__all__ = ["sections_of", "write"]


def write(subject: Subject, wish: Wish, progress: Progress) -> bytes:
    """Return the script."""
    material = material_of(subject, wish)
    return program_text(material, sections_of(material), "NumPy").encode("utf-8")


def sections_of(material: Material) -> list[Section]:
    """Return the sections of the program."""
    return in_order(material, forward_section(material.portable), loop_section)
