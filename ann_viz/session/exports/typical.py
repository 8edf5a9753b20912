"""A typical value of every column: what the form of a page begins with, and what reasons are told against.

No row has to have all of them: they are middles and commonest values of the training rows.
"""

from __future__ import annotations

from typing import Final

import numpy as np

from ann_viz.data import Dataset, Feature
from ann_viz.data.encoding.scaling import unscaled
from ann_viz.session.exports.portable import PortableColumn, PortableModel

__all__ = ["typical_values"]

MOST_LOOKED_AT: Final = 20_000


def typical_values(portable: PortableModel, dataset: Dataset | None) -> list[float | str | None]:
    """Return a number, a category or nothing for every column; of a text, how much of it there is."""
    if dataset is None:
        return [_known(column) for column in portable.columns]
    X = dataset.first("train", MOST_LOOKED_AT)
    encoder = dataset.encoder
    return [
        _middle(column, feature, X[:, group.start : group.stop])
        for column, feature, group in zip(portable.columns, encoder.features, encoder.groups, strict=True)
    ]


def _known(column: PortableColumn) -> float | str | None:
    if column.kind in ("number", "date", "text"):
        return column.typical
    return column.fill if isinstance(column.fill, str) else column.categories[0]


def _middle(column: PortableColumn, feature: Feature, inputs: np.ndarray) -> float | str | None:
    if feature.kind == "yes_no":
        return feature.categories[int(inputs[:, 0].mean() >= 0.5)]
    if feature.kind == "category":
        return feature.categories[int(inputs[:, : len(feature.categories)].mean(axis=0).argmax())]
    if feature.kind == "date":
        return column.typical
    middle = unscaled(float(np.median(inputs[:, 0])), feature.scaling, feature.mean, feature.std)
    return float(f"{middle:.6g}")  # what float32 has added is no part of it
