"""Trained models as files: the weights as safetensors, everything else as JSON in its metadata.

Loading one executes nothing; a foreign, broken, senseless or newer file raises ProjectFileError.
"""

from __future__ import annotations

import json
import stat
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import numpy as np
from numpy.typing import NDArray

from ann_viz import __version__
from ann_viz.engine import USUAL_THRESHOLD, Network, NetworkConfig, side_by_side
from ann_viz.engine.arrays import layer_matrices
from ann_viz.errors import ConfigError, DataError, OutputError, ProjectFileError
from ann_viz.files import AnyPath, write_file
from ann_viz.printable import printable
from ann_viz.session.modelcheck import check_answers, check_threshold, check_together
from ann_viz.session.tensorfile import ForeignFile, TensorFile, signed
from ann_viz.translation import translate
from ann_viz.typed_json import parse_json, typed

if TYPE_CHECKING:
    from ann_viz.data import Encoder, Recipe

__all__ = [
    "Model",
    "described_bytes",
    "description_of",
    "load_model",
    "model_bytes",
    "model_in",
    "reading",
    "save_model",
    "tensors_of",
]

FORMAT_VERSION: Final = 3
"""2 since columns can be scaled, filled and taken for another kind one by one, 3 since a checksum covers every byte.

Files of formats 1 and 2 are read as well.
"""

NEWEST_FORMAT: Final = 4
"""A project, see `projectfile`: all that a model file has, and what is needed to go on."""

FIRST_SIGNED: Final = 3
METADATA_KEY: Final = "ann_viz"
_MEAN_OF: Final = "mean_of"
MOST_OF_REASON: Final = 300
MOST_OF_VERSION: Final = 40


@dataclass(frozen=True, eq=False, kw_only=True)
class Model:
    """What predicting needs.

    Parameters
    ----------
    network : Network
        What answers.
    encoder : Encoder
        Turns the columns of a table into the network's inputs and its output into answers.
    recipe : Recipe
        What is predicted, from which columns.
    dialect : Mapping
        How the file that it was trained on was written; a hint for opening others.
    columns : tuple of str
        Names of all columns of that file, in its order; empty in models of earlier versions.
    engine : str
        What trained it: "numpy", or "turbo/" and an instruction set.
    threshold : float
        Above which chance the answer to a yes-or-no question is yes.
    mean_of : tuple of Network
        Those whose mean `network` answers, the one that was on show first; empty where it is that one.
    """

    network: Network
    encoder: Encoder
    recipe: Recipe
    dialect: Mapping[str, Any] = field(default_factory=dict)
    columns: tuple[str, ...] = ()
    engine: str = "numpy"
    threshold: float = USUAL_THRESHOLD
    mean_of: tuple[Network, ...] = ()

    @property
    def shown(self) -> Network:
        """The network that is drawn: the one that answers, or the first of those whose mean it answers."""
        return self.mean_of[0] if self.mean_of else self.network


def save_model(path: AnyPath, model: Model, *, inputs: Iterable[AnyPath] = ()) -> None:
    """Write `model` to `path`, all or nothing.

    Parameters
    ----------
    path : path
    model : Model
    inputs : iterable of paths
        Files that must not be replaced.

    Raises
    ------
    OutputError
        When the file can't be written.
    """
    write_file(path, model_bytes(model), inputs=inputs)


def model_bytes(model: Model) -> bytes:
    """Return `model` as the bytes of a file.

    Raises
    ------
    OutputError
        When it has something that a model file can't hold.
    """
    return described_bytes({"format": FORMAT_VERSION, **description_of(model)}, tensors_of(model))


def described_bytes(description: Mapping[str, Any], tensors: Mapping[str, NDArray[Any]]) -> bytes:
    """Return a description and its tensors as the bytes of a file; raises OutputError where one can't hold them."""
    try:
        return signed(tensors, {METADATA_KEY: json.dumps(description)})
    except ValueError as error:
        raise OutputError(translate("The model can't be saved: {error}.").format(error=error)) from error


def description_of(model: Model) -> dict[str, Any]:
    """Return everything of a model but its weights, as JSON values."""
    return {
        "app_version": __version__,
        "network": model.shown.config.to_json(),
        "encoder": json.loads(model.encoder.to_json()),
        "recipe": json.loads(model.recipe.to_json()),
        "dialect": dict(model.dialect),
        "columns": list(model.columns),
        "engine": model.engine,
        "threshold": model.threshold,
        "n_mean_of": len(model.mean_of),
    }


def load_model(path: AnyPath) -> Model:
    """Read a model written by `save_model`.

    Raises
    ------
    ProjectFileError
        When the file is missing, was not written by ANN Viz, is damaged, makes no sense, or comes from a newer version.
    """
    with reading(path) as (file, description):
        return model_in(file, description)


@contextmanager
def reading(path: AnyPath) -> Iterator[tuple[TensorFile, dict[str, Any]]]:
    """Open a file of ours and read its description; what is wrong with it becomes a ProjectFileError."""
    path = Path(path)
    name = printable(path.name)
    try:
        _check_is_file(path)
        with TensorFile(path) as file:
            description = _description(file)
            _check_format(description, name)
            yield file, description
    except ForeignFile as error:
        raise ProjectFileError(translate("'{name}' is not a model file of ANN Viz.").format(name=name)) from error
    except OSError as error:
        sentence = translate("'{name}' can't be read: {error}.")
        raise ProjectFileError(sentence.format(name=name, error=error.strerror or error)) from error
    except (ConfigError, DataError, ValueError) as error:
        reason = printable(str(error), MOST_OF_REASON)
        sentence = translate("'{name}' is a damaged model file ({error}).")
        raise ProjectFileError(sentence.format(name=name, error=reason)) from error


def _check_is_file(path: Path) -> None:
    """Raise ProjectFileError where no file is; OSError where the system does not say what is there."""
    try:
        mode = path.stat().st_mode
    except (FileNotFoundError, NotADirectoryError, ValueError) as error:
        sentence = translate("There is no file '{path}'.")
        raise ProjectFileError(sentence.format(path=printable(str(path)))) from error
    if not stat.S_ISREG(mode):
        raise ProjectFileError(translate("'{path}' is not a file.").format(path=printable(str(path))))


def _description(file: TensorFile) -> dict[str, Any]:
    try:
        description = parse_json(file.metadata[METADATA_KEY])
    except (KeyError, ValueError) as error:
        raise ForeignFile(str(error)) from error
    if not isinstance(description, dict):
        raise ForeignFile("its description is no object")
    return description


def _check_format(description: Mapping[str, Any], name: str) -> None:
    found = description.get("format")
    if not isinstance(found, int) or found < 1:
        raise ProjectFileError(
            translate("'{name}' does not say which version of the model format it has.").format(name=name)
        )
    if found > NEWEST_FORMAT:
        newer = printable(str(description.get("app_version", "a newer version")), MOST_OF_VERSION)
        sentence = translate("'{name}' was saved by a newer ANN Viz ({newer}). Update ANN Viz to open it.")
        raise ProjectFileError(sentence.format(name=name, newer=newer))


def model_in(file: TensorFile, description: Mapping[str, Any]) -> Model:
    """Build what the file describes; raises ValueError, ConfigError or DataError where it makes no sense."""
    from ann_viz.data import Encoder, Recipe
    from ann_viz.data.files.dialect import overrides_from_json

    file.check(must_be_signed=description["format"] >= FIRST_SIGNED)
    config = NetworkConfig.from_json(description.get("network"))
    encoder = Encoder.from_json(_part(description, "encoder"))
    recipe = Recipe.from_json(_part(description, "recipe"))
    columns = typed(tuple[str, ...], description.get("columns", []), "its columns")
    check_together(config, encoder, recipe, columns)
    dialect = overrides_from_json(description.get("dialect", {}))
    network = Network.network_from(config, _params(file, config))
    mean_of = _mean_of(file, network, typed(int, description.get("n_mean_of", 0), "the number of its networks"))
    answering = side_by_side(mean_of) if mean_of else network
    check_answers(answering)
    engine = description.get("engine", "numpy")
    if not isinstance(engine, str):
        raise ValueError("its engine is no text")
    threshold = typed(float, description.get("threshold", USUAL_THRESHOLD), "its threshold")
    check_threshold(threshold)
    return Model(
        network=answering,
        encoder=encoder,
        recipe=recipe,
        dialect=dialect,
        columns=columns,
        engine=printable(engine),
        threshold=threshold,
        mean_of=mean_of,
    )


def _part(description: Mapping[str, Any], name: str) -> str:
    """A part of the description as JSON text: signed formats have it as an object, earlier ones as a text in the text.

    So a file can't lose its checksum by another number in the place of its format.
    """
    value, is_signed = description.get(name), description["format"] >= FIRST_SIGNED
    if isinstance(value, str) == is_signed:
        raise ValueError(f"its {name} is written otherwise than in that format")
    return json.dumps(value) if is_signed else str(value)


def tensors_of(model: Model) -> dict[str, NDArray[Any]]:
    """Return the weights and biases of every layer, by the names they have in a file, and those of further networks."""
    named: dict[str, NDArray[Any]] = {}
    for layer, (W, b) in enumerate(zip(model.shown.W, model.shown.b, strict=True)):
        named[f"layer{layer}.weight"] = np.ascontiguousarray(W)  # (n_in, n_out)
        named[f"layer{layer}.bias"] = np.ascontiguousarray(b)  # (n_out,)
    if model.mean_of:
        named[_MEAN_OF] = np.stack([network.params for network in model.mean_of])
    return named


def _params(file: TensorFile, config: NetworkConfig) -> NDArray[Any]:
    """Read the tensors into one flat vector once the shape of every one is known to fit the network."""
    dtype = np.dtype(config.dtype)
    for layer, (n_in, n_out) in enumerate(pairwise(config.sizes)):
        for part, shape in (("weight", (n_in, n_out)), ("bias", (n_out,))):
            if not file.describes(f"layer{layer}.{part}", shape, dtype):
                raise ValueError(f"the {part} of layer {layer} does not fit the network")
    params = np.empty(config.n_parameters, dtype)
    for layer, matrix in enumerate(layer_matrices(params, config.sizes)):
        file.read_into(f"layer{layer}.weight", matrix[:-1])
        file.read_into(f"layer{layer}.bias", matrix[-1])
    return params


def _mean_of(file: TensorFile, shown: Network, n: int) -> tuple[Network, ...]:
    """Read the networks whose mean is the model; the first must be the one that the layers are of."""
    if n == 0:
        return ()
    shape, dtype = (n, len(shown.params)), shown.params.dtype
    if not file.describes(_MEAN_OF, shape, dtype):
        raise ValueError("the networks it is the mean of do not fit it")
    rows = np.empty(shape, dtype)
    file.read_into(_MEAN_OF, rows)
    if not np.array_equal(rows[0], shown.params):
        raise ValueError("the network on show is none of those it is the mean of")
    return tuple(Network.network_from(shown.config, row) for row in rows)
