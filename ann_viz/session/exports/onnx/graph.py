"""A graph of ONNX operators put together node by node, and the file it becomes.

References
----------
https://github.com/onnx/onnx/blob/main/onnx/onnx.proto, whose field numbers these are.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from ann_viz.session.exports.onnx.protobuf import Field, message

__all__ = ["DOUBLE", "FLOAT", "INT64", "STRING", "Graph"]

FLOAT: Final = 1
INT64: Final = 7
STRING: Final = 8
DOUBLE: Final = 11

_TYPES: Final = {"float32": FLOAT, "int64": INT64, "float64": DOUBLE}
_IR_VERSION: Final = 8
_OPSETS: Final = (("", 17), ("ai.onnx.ml", 3))
_ML: Final = frozenset(("LabelEncoder",))
_ROWS: Final = "rows"

Attribute = int | float | str | Sequence[int] | Sequence[str]


class Graph:
    """Operators in their order.

    Parameters
    ----------
    name : str
    taken : iterable of str
        Names that inputs will have, so that no other value gets one of them.
    """

    def __init__(self, name: str, taken: Sequence[str]) -> None:
        self._name = name
        self._taken = set(taken)
        self._nodes: list[bytes] = []
        self._constants: list[bytes] = []
        self._inputs: list[bytes] = []
        self._outputs: list[bytes] = []

    def input(self, name: str, kind: int, about: str) -> str:
        """Add an input of shape (rows, 1)."""
        self._inputs.append(_value_info(name, kind, 1, about))
        return name

    def constant(self, value: NDArray[Any] | Sequence[str], name: str = "constant") -> str:
        """Add a constant array, of numbers or of texts."""
        name = self._free(name)
        if isinstance(value, np.ndarray):
            array = np.ascontiguousarray(value, value.dtype.newbyteorder("<"))
            fields: list[Field] = [(1, each) for each in array.shape]
            self._constants.append(message([*fields, (2, _TYPES[value.dtype.name]), (8, name), (9, array.tobytes())]))
        else:
            texts: list[Field] = [(6, text.encode("utf-8")) for text in value]
            self._constants.append(message([(1, len(value)), (2, STRING), *texts, (8, name)]))
        return name

    def number(self, value: float, dtype: type[np.generic] = np.float64) -> str:
        """Add a single number."""
        return self.constant(np.array(value, dtype), "number")

    def add(self, operator: str, *inputs: str, name: str = "", **attributes: Attribute) -> str:
        """Add a node and return the name of its one output.

        Parameters
        ----------
        operator : str
            Such as "MatMul".
        *inputs : str
            Names of values that are there already.
        name : str
            What the output is to be called, if that is free.
        **attributes
            Of the operator.
        """
        output = self._free(name or operator.lower())
        fields: list[Field] = [(1, each) for each in inputs]
        fields += [(2, output), (3, f"make {output}"), (4, operator)]
        fields += [(5, _attribute(key, value)) for key, value in attributes.items()]
        if operator in _ML:
            fields.append((7, "ai.onnx.ml"))
        self._nodes.append(message(fields))
        return output

    def output(self, name: str, kind: int, width: int, about: str) -> None:
        """Say that a value is an output, of shape (rows, width)."""
        self._outputs.append(_value_info(name, kind, width, about))

    def _free(self, wish: str) -> str:
        name, n = wish, 1
        while name in self._taken:
            n += 1
            name = f"{wish}_{n}"
        self._taken.add(name)
        return name

    def file(self, producer: str, version: str, about: str, properties: Mapping[str, str]) -> bytes:
        """Return the model as the bytes of a file.

        Parameters
        ----------
        producer, version : str
            The program that wrote it.
        about : str
            What it does.
        properties : mapping of str to str
            Metadata, as users of the file see them.
        """
        graph = message(
            [
                *((1, node) for node in self._nodes),
                (2, self._name),
                *((5, constant) for constant in self._constants),
                *((11, each) for each in self._inputs),
                *((12, each) for each in self._outputs),
            ]
        )
        return message(
            [
                (1, _IR_VERSION),
                (2, producer),
                (3, version),
                (6, about),
                (7, graph),
                *((8, message([(1, domain), (2, number)])) for domain, number in _OPSETS),
                *((14, message([(1, key), (2, value)])) for key, value in properties.items()),
            ]
        )


def _value_info(name: str, kind: int, width: int, about: str) -> bytes:
    shape = message([(1, message([(2, _ROWS)])), (1, message([(1, width)]))])
    tensor = message([(1, kind), (2, shape)])
    return message([(1, name), (2, message([(1, tensor)])), (3, about)])


def _attribute(name: str, value: Attribute) -> bytes:
    """Return an attribute with the number of its type, 1 to 8."""
    if isinstance(value, int):
        return message([(1, name), (3, value), (20, 2)])
    if isinstance(value, float):
        return message([(1, name), (2, value), (20, 1)])
    if isinstance(value, str):
        return message([(1, name), (4, value), (20, 3)])
    texts = [each for each in value if isinstance(each, str)]
    if texts:
        return message([(1, name), *((9, text) for text in texts), (20, 8)])
    return message([(1, name), *((8, each) for each in value), (20, 7)])
