"""The Python script as a Jupyter notebook: every section a cell of text and a cell of code."""

from __future__ import annotations

import json
from typing import Any

from ann_viz.session.exports.format import Progress, Wish
from ann_viz.session.exports.source.program import material_of, origin_lines
from ann_viz.session.exports.source.python_script import sections_of
from ann_viz.session.exports.source.text import import_lines
from ann_viz.session.exports.subject import Subject

__all__ = ["write"]


def write(subject: Subject, wish: Wish, progress: Progress) -> bytes:
    """Return the notebook, version 4.5 of its format, without outputs."""
    material = material_of(subject, wish)
    sections = sections_of(material)
    title, *origin = origin_lines(material, "NumPy")
    cells = [_cell("markdown", "\n\n".join([f"# {title}", *origin]))]
    code = "\n".join(section.code for section in sections)
    cells.append(_cell("code", "\n".join([*import_lines(code), "", "import numpy as np"])))
    for number, section in enumerate(sections, start=1):
        words = f"## {number}. {section.title}\n\n{section.plain}"
        words += f"\n\n*In technical terms:* {section.technical}" if section.technical else ""
        cells += [_cell("markdown", words), _cell("code", section.code.strip("\n"))]
    if material.course is not None:
        cells.append(_cell("markdown", "Give the path of the table to learn the first epoch again."))
        cells.append(_cell("code", f"# train({subject.name!r})"))
    cells += [_cell("markdown", "Does it answer as ANN Viz does?"), _cell("code", "check()")]
    book = {
        "nbformat": 4,
        "nbformat_minor": 5,
        "metadata": {
            "kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"},
            "language_info": {"name": "python"},
        },
        "cells": [{**cell, "id": f"cell-{place}"} for place, cell in enumerate(cells)],
    }
    return (json.dumps(book, ensure_ascii=False, indent=1) + "\n").encode("utf-8")


def _cell(kind: str, text: str) -> dict[str, Any]:
    cell: dict[str, Any] = {"cell_type": kind, "metadata": {}, "source": text.splitlines(keepends=True)}
    return cell | ({"outputs": [], "execution_count": None} if kind == "code" else {})
