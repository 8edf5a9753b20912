"""Numbers with a sign as small pictures: from orange over the ground to blue."""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING, Final

import numpy as np
from PySide6.QtGui import QImage

from ann_viz.ui.document.paint import mix
from ann_viz.ui.kit.theme import Tokens

if TYPE_CHECKING:
    from numpy.typing import NDArray

__all__ = ["shaded"]

N_SHADES: Final = 128  # few would be seen as stripes where a picture is drawn larger


def shaded(shares: NDArray[np.floating], tokens: Tokens, strongest: float) -> QImage:
    """Return numbers from −1 to 1 as a picture of as many pixels.

    Parameters
    ----------
    shares : ndarray, shape (height, width)
    tokens : Tokens
        Colours of the theme.
    strongest : float
        How much of the colour of a sign is in ±1, 0 to 1.
    """
    pixels = _palette(tokens, strongest)[np.round((np.clip(shares, -1, 1) + 1) / 2 * N_SHADES).astype(int)]
    height, width = pixels.shape
    return QImage(pixels.data, width, height, width * 4, QImage.Format.Format_RGB32).copy()


@functools.lru_cache(maxsize=8)
def _palette(tokens: Tokens, strongest: float) -> NDArray[np.uint32]:
    """Return the colours from −1 to 1, which many pictures share."""
    steps = np.linspace(-1, 1, N_SHADES + 1).tolist()
    colours = (mix(tokens.surface, _end(tokens, share), strongest * abs(share)) for share in steps)
    return np.array([colour.rgb() for colour in colours], dtype=np.uint32)


def _end(tokens: Tokens, share: float) -> str:
    return tokens.positive if share > 0 else tokens.negative
