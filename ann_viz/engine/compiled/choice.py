"""Which engine trains a network: NumPy, or compiled steps where they are there and quicker."""

from __future__ import annotations

from typing import Any, Final, Literal

from ann_viz.engine.compiled.kernels import lacking
from ann_viz.engine.compiled.library import load, missing
from ann_viz.engine.config import NetworkConfig
from ann_viz.engine.network import Network
from ann_viz.engine.rows import Rows
from ann_viz.engine.trainer import Trainer
from ann_viz.errors import ConfigError

__all__ = ["EngineChoice", "about_turbo", "choice_of", "engine_words", "make_trainer", "obstacle"]

EngineChoice = Literal["numpy", "turbo", "auto"]
"""What a run may be asked to train with: "auto" is Turbo where it is quicker."""

QUICKER_UP_TO: Final = {"sse2": 512, "avx2": 512, "avx512": 1024, "neon": 128}
"""The widest hidden layers with which each instruction set was measured, and was quicker than NumPy whose BLAS had the
same one; nobody could measure NEON."""

_SPELLINGS: Final = {"sse2": "SSE2", "avx2": "AVX2", "avx512": "AVX-512", "neon": "NEON"}


def obstacle(config: NetworkConfig, choice: EngineChoice = "turbo") -> str:
    """Return why a network is trained with NumPy, as the end of a sentence; empty where Turbo trains it.

    Parameters
    ----------
    config : NetworkConfig
        The network.
    choice : EngineChoice
    """
    if choice == "numpy":
        return "nothing else was asked for"
    library = load()
    reason = missing() or lacking(config)
    if reason or library is None or choice == "turbo":
        return reason
    widest = max((layer.neurons for layer in config.hidden), default=0)
    if widest > QUICKER_UP_TO[library.level]:
        return f"with {widest} neurons in a layer NumPy is quicker on this processor"
    return ""


def make_trainer(choice: EngineChoice, network: Network, X: Rows, Y: Rows, **others: Any) -> Trainer:
    """Return a trainer of the engine that was chosen.

    Parameters
    ----------
    choice : EngineChoice
    network, X, Y, others
        As for `Trainer`.

    Raises
    ------
    ConfigError
        When Turbo was asked for by name and can't train this network.
    """
    from ann_viz.engine.compiled.turbo import TurboTrainer

    reason = obstacle(network.config, choice)
    if reason and choice == "turbo":
        raise ConfigError(f"Turbo can't train this network: {reason}.", field="engine")
    library = load()
    if reason or library is None:
        return Trainer(network, X, Y, **others)
    return TurboTrainer(network, X, Y, library=library, **others)


def choice_of(engine: str) -> EngineChoice:
    """Return what to ask for so that a run goes on with the engine it had, as far as there still is one."""
    return "turbo" if engine.startswith("turbo") and load() is not None else "numpy"


def engine_words(engine: str) -> str:
    """Return the engine of a trainer as it is shown: "NumPy" or "Turbo (AVX-512)"."""
    name, _, level = engine.partition("/")
    return f"Turbo ({_SPELLINGS.get(level, level)})" if name == "turbo" else "NumPy"


def about_turbo() -> str:
    """Return a sentence on whether there is a compiled engine here."""
    library = load()
    return f"Turbo is not available: {missing()}." if library is None else f"{engine_words('turbo/' + library.level)}."
