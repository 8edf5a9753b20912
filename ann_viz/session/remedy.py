"""A change of the document that the coach offers, as a value, and how it is made.

The window carries one out so that it can be undone, the bench without a window.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Protocol

from ann_viz.data import Recipe, build_dataset
from ann_viz.engine import LayerConfig
from ann_viz.session.rate_finder import find_rate, rate_request
from ann_viz.session.run import Moment
from ann_viz.session.session import Session

__all__ = ["Changeable", "Remedy", "carry_out", "change_network"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Remedy:
    """One change of the document; what is empty stays as it is.

    Parameters
    ----------
    training : mapping of str to value
        Fields of `TrainConfig`.
    hidden : tuple of LayerConfig, optional
        Other hidden layers.
    network : mapping of str to value
        Further fields of `NetworkConfig`, which begin anew.
    recipe : Recipe, optional
        What to learn from the table; its rows are then encoded anew.
    to_epoch : int, optional
        The epoch from whose weights it goes on.
    restart : bool
        Whether learning begins again from the same starting weights.
    new_start : bool
        Whether it begins again from others.
    train : bool
        Whether training goes on at once.
    find_rate : bool
        Whether a learning rate is looked for: in the window with a chart to choose from.
    label : str
        Name of the button's words in ``resources/explain/coach.json``, where they depend on the change.
    values : mapping of str to str
        What the words name.
    """

    training: Mapping[str, Any] = field(default_factory=dict)
    hidden: tuple[LayerConfig, ...] | None = None
    network: Mapping[str, Any] = field(default_factory=dict)
    recipe: Recipe | None = None
    to_epoch: int | None = None
    restart: bool = False
    new_start: bool = False
    train: bool = False
    find_rate: bool = False
    label: str = ""
    values: Mapping[str, str] = field(default_factory=dict)


class Changeable(Protocol):
    """What a remedy is carried out on: a session, or the window's bridge to one, which remembers it for undo."""

    def look_at(self, moment: Moment | None) -> object:
        """Show a moment of a run."""

    def continue_from_here(self) -> object:
        """Begin a run with the weights that are looked at."""

    def set_training(self, **changes: Any) -> object:
        """Change hyperparameters."""

    def set_network(self, **changes: Any) -> object:
        """Change loss, seed or initialisers."""

    def set_hidden(self, layers: tuple[LayerConfig, ...]) -> object:
        """Change the hidden layers."""

    def new_start(self) -> object:
        """Draw new starting weights."""

    def reset(self) -> object:
        """Return to the same starting weights."""


def carry_out(session: Session, remedy: Remedy) -> None:
    """Make the change on a session that nobody watches; training itself is left to the caller.

    Raises
    ------
    AnnVizError
        When data or network do not allow it.
    """
    session.pause()
    if remedy.find_rate:
        found = find_rate(rate_request(session), lambda _: None, lambda: False)
        if found.suggested is not None:
            session.set_training(learning_rate=found.suggested)
            session.reset()
    change_network(session, remedy, session.run_numbers[0])
    if remedy.recipe is not None and session.dataset is not None:
        session.open(build_dataset(session.dataset.table, remedy.recipe))


def change_network(changeable: Changeable, remedy: Remedy, run: int) -> None:
    """Make the change but for that of the data; ``run`` is the number of the run on show."""
    if remedy.to_epoch is not None:
        changeable.look_at(Moment(run, remedy.to_epoch))
        changeable.continue_from_here()
    if remedy.training:
        changeable.set_training(**remedy.training)
    if remedy.network:
        changeable.set_network(**remedy.network)
    if remedy.hidden is not None:
        changeable.set_hidden(remedy.hidden)
    if remedy.new_start:
        changeable.new_start()
    if remedy.restart:
        changeable.reset()
