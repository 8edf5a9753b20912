"""What the lesson on hidden layers compares: the network on show, and a twin with a hidden layer."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from ann_viz.engine import LayerConfig
from ann_viz.errors import AnnVizError
from ann_viz.session import Document
from ann_viz.session.twin import Change

if TYPE_CHECKING:
    from ann_viz.ui.comparing.compare_page import ComparePage

__all__ = ["EPOCHS", "HIDDEN", "LessonPair"]

HIDDEN: Final = (LayerConfig(neurons=4, activation="tanh"),)
EPOCHS: Final = 100


class LessonPair:
    """The run on show and a twin of it side by side, one of them with a hidden layer and one without.

    Parameters
    ----------
    document : Document
        Has the run.
    """

    def __init__(self, document: Document) -> None:
        self._document = document
        self._begun: object = None

    def begin(self, page: ComparePage) -> None:
        """Put both there, ready to be trained in step; a pair that is there already stays as it is."""
        run, dataset = self._document.current_run, self._document.dataset
        if run is None:
            return
        mark = id(dataset), run.number
        if mark == self._begun and not page.twins.is_outdated:
            return
        self._begun = mark
        hidden = () if run.network_config.hidden else HIDDEN
        try:
            page.begin_twin(run.number, Change({"hidden": hidden}, {}), epochs=EPOCHS)
        except AnnVizError as error:  # weights that overflow
            page.header.say(str(error))
            return
        if page.pair.has_maps:
            page.choose_mode("map")
