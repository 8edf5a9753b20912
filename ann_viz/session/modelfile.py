"""Trained models as files: the weights as safetensors, everything else as JSON in its metadata.

Loading one executes nothing; a foreign, broken or newer file raises ProjectFileError.
"""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray
from safetensors import SafetensorError, safe_open
from safetensors.numpy import save

from ann_viz import __version__
from ann_viz.data import Encoder, Recipe
from ann_viz.engine import Network, NetworkConfig
from ann_viz.errors import AnnVizError, ProjectFileError
from ann_viz.translation import translate

__all__ = ["Model", "load_model", "save_model"]

FORMAT_VERSION: Final = 2
"""2 since columns can be scaled, filled and taken for another kind one by one; files of format 1 are read as well."""

METADATA_KEY: Final = "ann_viz"


@dataclass(frozen=True, eq=False, kw_only=True)
class Model:
    """What predicting needs.

    Parameters
    ----------
    network : Network
    encoder : Encoder
        Turns the columns of a table into the network's inputs and its output into answers.
    recipe : Recipe
        What is predicted, from which columns.
    dialect : Mapping
        How the file that it was trained on was written; a hint for opening others.
    """

    network: Network
    encoder: Encoder
    recipe: Recipe
    dialect: Mapping[str, Any] = field(default_factory=dict)


def save_model(path: str | Path, model: Model) -> None:
    """Write `model` to `path`, all or nothing.

    Raises
    ------
    ProjectFileError
        When the file can't be written.
    """
    description = {
        "format": FORMAT_VERSION,
        "app_version": __version__,
        "network": model.network.config.to_json(),
        "encoder": model.encoder.to_json(),
        "recipe": model.recipe.to_json(),
        "dialect": dict(model.dialect),
    }
    content = save(_tensors(model.network), {METADATA_KEY: json.dumps(description)})
    _replace_file(Path(path), content)


def load_model(path: str | Path) -> Model:
    """Read a model written by `save_model`.

    Raises
    ------
    ProjectFileError
        When the file is missing, was not written by ANN Viz, is broken, or comes from a newer version.
    """
    name = Path(path).name
    tensors, description = _read(Path(path))
    found = description.get("format")
    if not isinstance(found, int) or found < 1:
        raise ProjectFileError(
            translate("'{name}' does not say which version of the model format it has.").format(name=name)
        )
    if found > FORMAT_VERSION:
        newer = description.get("app_version", "a newer version")
        raise ProjectFileError(
            translate("'{name}' was saved by a newer ANN Viz ({newer}). Update ANN Viz to open it.").format(
                name=name, newer=newer
            )
        )
    try:
        config = NetworkConfig.from_json(description["network"])
        return Model(
            network=Network.network_from(config, _params(config, tensors)),
            encoder=Encoder.from_json(description["encoder"]),
            recipe=Recipe.from_json(description["recipe"]),
            dialect=dict(description.get("dialect", {})),
        )
    except (AnnVizError, AttributeError, LookupError, TypeError, ValueError) as error:
        raise ProjectFileError(
            translate("'{name}' is a damaged model file ({error}).").format(name=name, error=error)
        ) from error


def _tensors(network: Network) -> dict[str, NDArray[Any]]:
    named: dict[str, NDArray[Any]] = {}
    for layer, (W, b) in enumerate(zip(network.W, network.b, strict=True)):
        named[f"layer{layer}.weight"] = np.ascontiguousarray(W)  # (n_in, n_out)
        named[f"layer{layer}.bias"] = np.ascontiguousarray(b)  # (n_out,)
    return named


def _params(config: NetworkConfig, tensors: Mapping[str, NDArray[Any]]) -> NDArray[Any]:
    """Join the tensors to one flat vector, checking every shape and that every number is finite."""
    pieces = []
    for layer, (n_in, n_out) in enumerate(pairwise(config.sizes)):
        for part, shape in (("weight", (n_in, n_out)), ("bias", (n_out,))):
            tensor = tensors[f"layer{layer}.{part}"]
            if tensor.shape != shape or not np.isfinite(tensor).all():
                raise ValueError(f"the {part}s of layer {layer} do not fit")
            pieces.append(tensor.ravel())
    return np.concatenate(pieces).astype(config.dtype)


def _read(path: Path) -> tuple[dict[str, NDArray[Any]], dict[str, Any]]:
    if not path.is_file():
        raise ProjectFileError(translate("There is no file '{path}'.").format(path=path))
    foreign = translate("'{name}' is not a model file of ANN Viz.").format(name=path.name)
    try:
        with safe_open(path, framework="numpy") as file:
            metadata = file.metadata() or {}
            if METADATA_KEY not in metadata:
                raise ProjectFileError(foreign)
            description = json.loads(metadata[METADATA_KEY])
            tensors = {name: file.get_tensor(name) for name in file.keys()}  # noqa: SIM118 - it is not a mapping
    except (SafetensorError, ValueError) as error:
        raise ProjectFileError(foreign) from error
    except OSError as error:
        raise ProjectFileError(
            translate("'{name}' can't be read: {error}.").format(name=path.name, error=error.strerror or error)
        ) from error
    if not isinstance(description, dict):
        raise ProjectFileError(foreign)
    return tensors, description


def _replace_file(path: Path, content: bytes) -> None:
    """Write beside `path` first, so that a full disk or a crash leaves the old file whole."""
    temporary = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        with temporary.open("xb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        temporary.replace(path)
    except OSError as error:
        temporary.unlink(missing_ok=True)
        raise ProjectFileError(
            translate("'{path}' can't be written: {error}.").format(path=path, error=error.strerror or error)
        ) from error
