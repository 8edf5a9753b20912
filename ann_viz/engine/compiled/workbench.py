"""The C state of one trainer, the memory it works in, and the calls that do a step or a part of one."""

from __future__ import annotations

import ctypes
from ctypes import byref
from typing import Final

import numpy as np

from ann_viz.engine.arrays import Array
from ann_viz.engine.average import Average
from ann_viz.engine.compiled.kernels import ACTIVATION_KERNELS, LOSS_KERNELS, OPTIMIZER_KERNELS
from ann_viz.engine.compiled.library import Library
from ann_viz.engine.compiled.state import Source, State, address
from ann_viz.engine.config import TrainConfig
from ann_viz.engine.network import Network
from ann_viz.engine.optimizers import OPTIMIZERS, Optimizer
from ann_viz.engine.phase import Phase, PhaseKind

__all__ = ["Workbench"]

PHASES: Final[tuple[PhaseKind, ...]] = ("input", "forward", "error", "backward", "update")
_LINE: Final = 64  # bytes of a cache line


class Workbench:
    """Binds a network and its training to the functions of the library.

    Parameters
    ----------
    library : Library
        Compiled for this processor.
    network : Network
        Its parameters are read and written in place.

    Attributes
    ----------
    state : State
        What C sees.
    """

    def __init__(self, library: Library, network: Network) -> None:
        self.library = library
        self.state = State()
        self._reference = byref(self.state)
        self._alive: dict[str, object] = {}
        self._optimizer: Optimizer | None = None
        self._average: Average | None = None
        self._planned: tuple[int, float] | None = None
        self._blocks: Array | None = None  # apart, for phases
        config, state = network.config, self.state
        state.n_layers, state.n_params = len(config.sizes) - 1, config.n_parameters
        state.loss = LOSS_KERNELS[config.loss_name]
        state.sizes[: len(config.sizes)] = config.sizes
        for layer, name in enumerate(network.activation_names):
            state.activations[layer] = ACTIVATION_KERNELS[name]
        self.hold(params=network.params, judged=network.params, residuals=np.empty(config.n_outputs))

    def hold(self, **arrays: Array | None) -> None:
        """Let fields of the state point to arrays, which are kept alive."""
        for name, array in arrays.items():
            setattr(self.state, name, address(array))
        self._alive.update(arrays)

    def draw_from(self, order: np.random.Generator, dropout: np.random.Generator) -> None:
        """Draw the order of rows and the dropout from these generators."""
        self.state.order_source, self.state.dropout_source = Source.of(order), Source.of(dropout)
        self._alive |= {"order_source": order, "dropout_source": dropout}

    def lay_out(self, batch_size: int, dropout: float) -> None:
        """Make the work arrays for batches of up to so many rows."""
        if self._planned == (batch_size, dropout):
            return
        self._planned = (batch_size, dropout)
        state = self.state
        state.batch_size, state.dropout = batch_size, dropout
        self.library.plan(self._reference)
        self._block, self._blocks = _zeros(state.block_size), None
        self.library.write_ones(self._reference, address(self._block), 1)
        self._masks = _zeros(state.mask_size)
        self.hold(masks=self._masks, scratch=_zeros(state.scratch_size))

    def set_update(self, config: TrainConfig, optimizer: Optimizer, frozen: Array) -> None:
        """Let the update follow these settings."""
        state = self.state
        self._optimizer = optimizer
        state.optimizer = OPTIMIZER_KERNELS.get(config.optimizer, 0)
        state.decouples_decay = OPTIMIZERS[config.optimizer].decouples_decay
        state.momentum, state.l1, state.l2 = config.momentum, config.l1, config.l2
        state.clip_norm = config.clip_norm or 0.0
        state.optimizer_steps = optimizer.steps
        for index, vector in enumerate(optimizer.state):
            state.memory[index] = address(vector)
        state.n_frozen = len(frozen)
        indices = np.ascontiguousarray(frozen, np.int64)
        self.hold(frozen=indices, held=np.empty(len(indices), np.float32))

    def set_average(self, average: Average | None, model: Network) -> None:
        """Let an average follow each update, where there is one that is on, and judge the parameters of `model`."""
        self._average = average if average is not None and average.is_on else None
        self.hold(average=None if self._average is None else self._average.vector, judged=model.params)
        if self._average is not None:
            self.state.average_steps, self.state.average_decay = self._average.steps, self._average.decay

    def step(self, first: int, n: int) -> None:
        """Do one step on rows `first`, `first` + 1… of the epoch, `n` of them."""
        self._share_one_block()
        self.state.first, self.state.n = first, n
        self.library.step(self._reference)
        self._count_steps()

    def do(self, phase: Phase, first: int, n: int) -> None:
        """Do one phase of such a step; its blocks of rows keep what they know until the last phase is done."""
        state = self.state
        if self._blocks is None:
            self._blocks = self._block
            if state.most_blocks > 1:
                self._blocks = _zeros(state.most_blocks * state.block_size)
                self.library.write_ones(self._reference, address(self._blocks), state.most_blocks)
        self.hold(blocks=self._blocks)
        state.span = state.block_size
        state.first, state.n = first, n
        self.library.phase(self._reference, PHASES.index(phase.kind), phase.layer)
        self._count_steps()

    def run(self) -> int:
        """Do steps as the state says; return the reason for coming back."""
        self._share_one_block()
        reason: int = self.library.run(self._reference)
        self._count_steps()
        return reason

    def masks(self, n: int) -> tuple[Array, ...]:
        """Return what dropout multiplies the hidden layers by, ``(width, n)`` each, for batches of `n` rows; views."""
        state = self.state
        if not state.dropout:
            return ()
        columns, views = state.most_blocks * state.stride, []
        for layer in range(1, state.n_layers):
            at, width = state.M_at[layer], state.sizes[layer]
            views.append(self._masks[at : at + width * columns].reshape(width, columns)[:, :n])
        return tuple(views)

    def judge(self, part: int) -> tuple[float, float]:
        """Return loss and metric of one part of the judged rows."""
        result = (ctypes.c_double * 2)()
        self.library.judge(self._reference, part, result)
        return result[0], result[1]

    @property
    def slot(self) -> int:
        """State of the slot for a picture."""
        return int(self.library.slot(self._reference))

    @slot.setter
    def slot(self, slot: int) -> None:
        self.library.set_slot(self._reference, slot)

    def interrupt(self, interrupted: bool) -> None:
        """Let a run come back before its next step, or no longer."""
        self.library.interrupt(self._reference, interrupted)

    def _share_one_block(self) -> None:
        """All blocks of a batch are worked through in the same place, which stays in the processor's cache."""
        self.hold(blocks=self._block)
        self.state.span = 0

    def _count_steps(self) -> None:
        if self._optimizer is not None:
            self._optimizer.steps = self.state.optimizer_steps
        if self._average is not None:
            self._average.steps = self.state.average_steps


def _zeros(n: int) -> Array:
    """Return zeros that begin a cache line."""
    memory = np.zeros(n + _LINE // 4, np.float32)
    begin = -memory.ctypes.data % _LINE // 4
    return memory[begin : begin + n]
