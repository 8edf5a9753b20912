"""The sections of a script in their order, the same for NumPy, PyTorch and Keras."""

from __future__ import annotations

from collections.abc import Callable

from ann_viz.session.exports.source.columns import columns_section
from ann_viz.session.exports.source.first_epoch import Course
from ann_viz.session.exports.source.network import answer_section, weights_section
from ann_viz.session.exports.source.program import Material
from ann_viz.session.exports.source.table import table_section
from ann_viz.session.exports.source.text import Section
from ann_viz.session.exports.source.trying import trying_section

__all__ = ["in_order"]


def in_order(material: Material, network: Section, loop: Callable[[Course], Section]) -> list[Section]:
    """Return all sections: what comes in, the network, its answer, and how it learned, where that can be written.

    Parameters
    ----------
    material : Material
        What the script is written of.
    network : Section
        From inputs to outputs, in the words of a library.
    loop : callable
        Writes how that library trains it.
    """
    portable, course = material.portable, material.course
    sections = [
        columns_section(portable),
        weights_section(portable),
        network,
        answer_section(portable.output),
        trying_section(material.trial),
    ]
    return sections if course is None else [*sections, table_section(course, portable.output), loop(course)]
