"""Networks of other libraries as one flat vector of weights, in the order of `ann_viz.engine.Network.params`.

No library is imported here: whoever has a model of one has imported it already.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

__all__ = ["WatchedModel", "watched_model"]

_TORCH_NAMES: Final = {
    "ReLU": "relu",
    "LeakyReLU": "leaky_relu",
    "ELU": "elu",
    "GELU": "gelu",
    "SiLU": "silu",
    "Tanh": "tanh",
    "Sigmoid": "sigmoid",
    "Softplus": "softplus",
    "Softmax": "softmax",
    "Identity": "linear",
}
_KNOWN: Final = frozenset(_TORCH_NAMES.values())
_PASSED_OVER: Final = frozenset(("Dropout", "Flatten", "InputLayer"))  # they have no weights and turn no value
_TWO: Final = 2  # weights and biases; inputs and outputs
_WHAT_CAN_BE_WATCHED: Final = (
    "A network of fully connected layers can be watched: a torch.nn.Sequential of Linear layers, a Keras model of "
    "Dense layers, or lists of weight matrices (inputs, outputs) and of biases."
)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class WatchedModel:
    """A network to read weights of.

    Parameters
    ----------
    sizes : tuple of int
        Neurons per layer, inputs and outputs included.
    activations : tuple of str
        Of every layer after the inputs; empty where it is not one of ours.
    layers : callable
        Gives W (n_in, n_out) and b (n_out,) of every layer as they are now.
    """

    sizes: tuple[int, ...]
    activations: tuple[str, ...]
    layers: Callable[[], Iterable[tuple[NDArray[Any], NDArray[Any]]]]

    def params(self) -> bytes:
        """Return all weights and biases as little-endian float32."""
        parts = [part for W, b in self.layers() for part in (np.asarray(W).ravel(), np.asarray(b).ravel())]
        return np.concatenate(parts).astype("<f4", copy=False).tobytes()


def watched_model(model: Any, activations: Sequence[str] | None = None) -> WatchedModel:
    """Return a model as something to read weights of.

    Parameters
    ----------
    model : torch.nn.Module, keras.Model, or (weights, biases)
        Lists are read again at every step, so arrays may be changed in place or be replaced in the list.
    activations : sequence of str, optional
        Of every layer, where the model itself does not say.

    Raises
    ------
    TypeError
        When it is something else, or has layers that are not fully connected.
    """
    torch, keras = sys.modules.get("torch"), sys.modules.get("keras")
    if keras is not None and isinstance(model, keras.Model):  # which may be a module of PyTorch as well
        found = _of_keras(model)
    elif torch is not None and isinstance(model, torch.nn.Module):
        found = _of_torch(model)
    elif isinstance(model, tuple | list) and len(model) == _TWO:
        found = _of_lists(*model)
    else:
        raise TypeError(f"{type(model).__name__} can't be watched. {_WHAT_CAN_BE_WATCHED}")
    if activations is not None and len(activations) != len(found.activations):
        raise TypeError(f"{len(found.activations)} layers have as many activations, not {len(activations)}.")
    names = found.activations if activations is None else activations
    known = tuple(name if name in _KNOWN else "" for name in names)
    return WatchedModel(sizes=found.sizes, activations=known, layers=found.layers)


def _of_torch(model: Any) -> WatchedModel:
    linear: list[Any] = []
    names: list[str] = []
    for module in model.modules():
        kind = type(module).__name__
        if kind == "Linear":
            linear.append(module)
            names.append("linear")
        elif kind in _TORCH_NAMES and names:
            names[-1] = _TORCH_NAMES[kind]
        elif kind not in _PASSED_OVER and next(iter(module.parameters(recurse=False)), None) is not None:
            raise TypeError(f"A layer of kind {kind} can't be shown. {_WHAT_CAN_BE_WATCHED}")

    def layers() -> Iterator[tuple[NDArray[Any], NDArray[Any]]]:
        for layer in linear:
            b = np.zeros(layer.out_features) if layer.bias is None else layer.bias.detach().cpu().numpy()
            yield layer.weight.detach().cpu().numpy().T, b

    sizes = [(layer.in_features, layer.out_features) for layer in linear]
    return WatchedModel(sizes=_chained(sizes), activations=tuple(names), layers=layers)


def _of_keras(model: Any) -> WatchedModel:
    dense = []
    for layer in model.layers:
        kind = type(layer).__name__
        if kind == "Dense":
            dense.append(layer)
        elif kind not in _PASSED_OVER and layer.weights:
            raise TypeError(f"A layer of kind {kind} can't be shown. {_WHAT_CAN_BE_WATCHED}")

    def array(variable: Any) -> NDArray[Any]:
        value = variable.value
        return np.asarray(value.detach().cpu() if type(value).__module__.startswith("torch") else value)

    def layers() -> Iterator[tuple[NDArray[Any], NDArray[Any]]]:
        for layer in dense:
            yield array(layer.kernel), np.zeros(layer.units) if layer.bias is None else array(layer.bias)

    sizes = [tuple(layer.kernel.shape) for layer in dense]
    return WatchedModel(
        sizes=_chained(sizes), activations=tuple(layer.activation.__name__ for layer in dense), layers=layers
    )


def _of_lists(weights: Sequence[Any], biases: Sequence[Any]) -> WatchedModel:
    def layers() -> Iterator[tuple[NDArray[Any], NDArray[Any]]]:
        return zip(weights, biases, strict=True)

    shapes = [np.shape(W) for W in weights]
    if any(len(shape) != _TWO for shape in shapes):
        raise TypeError(f"Every weight matrix has two dimensions. {_WHAT_CAN_BE_WATCHED}")
    if [shape[1:] for shape in shapes] != [np.shape(np.ravel(b)) for b in biases]:
        raise TypeError(f"Every layer has a bias for each of its outputs. {_WHAT_CAN_BE_WATCHED}")
    return WatchedModel(sizes=_chained(shapes), activations=("",) * len(shapes), layers=layers)


def _chained(shapes: Sequence[Sequence[int]]) -> tuple[int, ...]:
    """Return the sizes of layers whose matrices have these shapes; raises TypeError where they don't follow."""
    if not shapes:
        raise TypeError(f"It has no layer. {_WHAT_CAN_BE_WATCHED}")
    sizes = [int(shapes[0][0])]
    for n_in, n_out in shapes:
        if n_in != sizes[-1]:
            raise TypeError(f"A layer with {n_in} inputs can't follow one with {sizes[-1]} outputs.")
        sizes.append(int(n_out))
    return tuple(sizes)
