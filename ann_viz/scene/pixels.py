"""Inputs that are the pixels of a square image."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from ann_viz.scene.detail import picture_side

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from ann_viz.data import Dataset

__all__ = ["PixelImage", "find_pixel_image", "pixel_values", "templates"]


@dataclass(frozen=True, slots=True, eq=False)
class PixelImage:
    """Inputs that are pixels.

    Attributes
    ----------
    side : int
        Pixels in a row, and rows.
    places : ndarray of int, shape (n_inputs,)
        Which pixel every input is, row by row; ascending. Pixels that are no input are always the same in the file.
    """

    side: int
    places: np.ndarray


def find_pixel_image(dataset: Dataset) -> PixelImage | None:
    """Return which pixel every input is, where the file's columns are those of a square picture."""
    names = [column.name for column in dataset.table.columns if column.name != dataset.recipe.target]
    groups = dataset.encoder.groups
    side = picture_side(names)
    if side is None or any(group.stop - group.start != 1 for group in groups):
        return None
    places = {name: place for place, name in enumerate(names)}
    return PixelImage(side, np.array([places[group.column] for group in groups]))


def pixel_values(dataset: Dataset, texts: Mapping[str, str | None]) -> np.ndarray | None:
    """Return the inputs of a row as they stand in the file; None where those are no numbers.

    Parameters
    ----------
    texts : mapping of str to str or None
        What the file says in every column.
    """
    try:
        return np.array([float(texts[group.column] or "") for group in dataset.encoder.groups])
    except ValueError:
        return None


def templates(weights: NDArray[np.floating], picture: PixelImage) -> NDArray[np.float32]:
    """Return the weights of every neuron as a picture.

    Parameters
    ----------
    weights : ndarray, shape (n_inputs, n_neurons)
    picture : PixelImage
        Which pixel every input is.

    Returns
    -------
    ndarray, shape (n_neurons, side, side)
        −1 to 1, by the largest weight of each neuron; 0 for pixels that are no input.
    """
    result = np.zeros((weights.shape[1], picture.side * picture.side), np.float32)
    largest = np.maximum(np.abs(weights).max(axis=0, initial=0.0), 1e-12)
    result[:, picture.places] = (weights / largest).T
    return result.reshape(-1, picture.side, picture.side)
