"""What the cells of the confusion matrix look like: right ones teal, mistakes grey or red, more of it for more rows."""

from __future__ import annotations

from typing import Final

import numpy as np
from PySide6.QtGui import QColor, QImage

from ann_viz.session.confusion import Matrix
from ann_viz.ui.document.paint import mix
from ann_viz.ui.kit.theme import Tokens

__all__ = ["FEW_CLASSES", "fill_of", "picture_of"]

FEW_CLASSES: Final = 4
SHADES: Final = 24
MOST_DOTS: Final = 512
"""Along each side of a picture: more can't be told apart."""

RIGHT: Final = (0.08, 0.50)
WRONG: Final = (0.12, 0.46)
"""Of the colour laid over the ground: for hardly any rows, and how much more for as many as there can be."""


def fill_of(tokens: Tokens, matrix: Matrix, truth: int, answer: int) -> QColor:
    """Return a cell's colour: right ones by their share of the truth, mistakes likewise, or red by their number."""
    strength = 0.6 if tokens.contrast else 1.0  # for numbers at 7:1
    share = matrix.share(truth, answer)
    if truth == answer:
        return mix(tokens.surface, tokens.validation, strength * (RIGHT[0] + RIGHT[1] * share))
    if len(matrix.names) <= FEW_CLASSES:
        return mix(tokens.surface, tokens.muted, strength * (0.07 + 0.25 * share))
    n = int(matrix.counts[truth, answer])
    return mix(tokens.surface, tokens.danger, strength * (WRONG[0] + WRONG[1] * n / max(1, matrix.worst)))


def picture_of(tokens: Tokens, matrix: Matrix) -> QImage:
    """Return a matrix of many classes as a picture, a dot a cell, or of a few cells: their worst mistake."""
    k = len(matrix.names)
    starts = np.arange(min(k, MOST_DOTS)) * k // min(k, MOST_DOTS)
    right = np.diag(matrix.counts) / np.maximum(1, matrix.counts.sum(axis=1))
    wrong = matrix.counts.copy()
    np.fill_diagonal(wrong, 0)
    right = np.maximum.reduceat(right, starts)
    wrong = np.maximum.reduceat(np.maximum.reduceat(wrong, starts, axis=0), starts, axis=1)
    strength = 0.6 if tokens.contrast else 1.0
    shades = [
        mix(tokens.surface, tokens.danger, strength * (WRONG[0] + WRONG[1] * n / SHADES)) for n in range(SHADES + 1)
    ]
    pixels = np.array([shade.rgb() for shade in shades])[np.minimum(SHADES, wrong * SHADES // max(1, matrix.worst))]
    pixels[wrong == 0] = QColor(tokens.surface2).rgb()
    for place in np.flatnonzero(right).tolist():
        share = strength * (RIGHT[0] + RIGHT[1] * float(right[place]))
        pixels[place, place] = mix(tokens.surface, tokens.validation, share).rgb()
    size = len(starts)
    dots = np.ascontiguousarray(pixels, dtype=np.uint32)
    return QImage(dots.data, size, size, size * 4, QImage.Format.Format_RGB32).copy()
