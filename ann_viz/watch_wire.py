"""How a program that trains a network and the window that watches it talk: on this machine only, and in plain numbers.

The program listens on an address of its own; the window shows the token it was given and is told the shape of the
network. Then it asks for weights with one byte whenever it has time to draw, and gets a frame of fixed length. Nothing
that is sent can be run, and nobody without the token is told anything.
"""

from __future__ import annotations

import json
import socket
import struct
from dataclasses import asdict, dataclass
from itertools import pairwise
from typing import Final

from ann_viz.typed_json import parse_json, typed

__all__ = ["LOCALHOST", "WISH", "Greeting", "frame_bytes", "frame_head", "parameters_of", "read_line", "token_line"]

LOCALHOST: Final = "127.0.0.1"
WISH: Final = b"?"
HEAD: Final = struct.Struct("<Qd")  # step and loss
MOST_PARAMETERS: Final = 50_000_000
MOST_LINE_BYTES: Final = 4_000_000
_BYTES_PER_NUMBER: Final = 4
_FEWEST_LAYERS: Final = 2  # inputs and outputs


@dataclass(frozen=True, slots=True, kw_only=True)
class Greeting:
    """What the window is told once.

    Parameters
    ----------
    title : str
        Of the window.
    sizes : tuple of int
        Neurons per layer, inputs and outputs included.
    activations : tuple of str
        Of every layer after the inputs; empty where it is not known.
    inputs, outputs : tuple of str
        Names; empty or one for each neuron.
    row : tuple of float
        Values of the inputs, for the signals in the picture; empty or one for each input.
    """

    title: str
    sizes: tuple[int, ...]
    activations: tuple[str, ...]
    inputs: tuple[str, ...] = ()
    outputs: tuple[str, ...] = ()
    row: tuple[float, ...] = ()

    def __post_init__(self) -> None:
        named = ((self.inputs, self.sizes[:1]), (self.outputs, self.sizes[-1:]), (self.row, self.sizes[:1]))
        fits = all(not values or (len(values),) == tuple(size) for values, size in named)
        if len(self.sizes) < _FEWEST_LAYERS or min(self.sizes) < 1 or self.n_parameters > MOST_PARAMETERS:
            raise ValueError("such a network can't be shown")
        if len(self.activations) != len(self.sizes) - 1 or not fits:
            raise ValueError("names, values or activations are not as many as the neurons they belong to")

    @property
    def n_parameters(self) -> int:
        """Weights and biases."""
        return sum((n_in + 1) * n_out for n_in, n_out in pairwise(self.sizes))

    @property
    def frame_bytes(self) -> int:
        """Length of a frame: step, loss, then float32 weights and biases in the order of `Network.params`."""
        return HEAD.size + _BYTES_PER_NUMBER * self.n_parameters

    def line(self) -> bytes:
        """Return it as it is sent."""
        return json.dumps(asdict(self)).encode("utf-8") + b"\n"

    @staticmethod
    def from_line(line: bytes) -> Greeting:
        """Read what was sent; raises ValueError where it makes no sense."""
        return typed(Greeting, parse_json(line), "the network")


def token_line(token: str) -> bytes:
    """Return what the window says first."""
    return token.encode("ascii") + b"\n"


def frame_bytes(step: int, loss: float, params: bytes) -> bytes:
    """Return a frame."""
    return HEAD.pack(step, loss) + params


def frame_head(frame: bytes | bytearray) -> tuple[int, float]:
    """Return step and loss of a frame."""
    step, loss = HEAD.unpack_from(frame)
    return int(step), float(loss)


def read_line(connection: socket.socket, most: int = MOST_LINE_BYTES) -> bytes:
    """Return a line without its end, byte by byte as nothing behind it may be taken; raises ValueError if too long."""
    parts: list[bytes] = []
    while (byte := connection.recv(1)) not in (b"\n", b""):
        parts.append(byte)
        if len(parts) > most:
            raise ValueError("the line has no end")
    return b"".join(parts)


def parameters_of(frame: bytes | bytearray) -> memoryview:
    """Return the part of a frame behind its head."""
    return memoryview(frame)[HEAD.size :]
