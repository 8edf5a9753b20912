"""The network in the window used on other files: from the menu, and when a file with its columns is opened."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from ann_viz.explain.moment import answering_tag, answering_tip
from ann_viz.ui.document.bridge import Bridge
from ann_viz.ui.predicting.use_question import UseQuestion

if TYPE_CHECKING:
    from ann_viz.session.modelfile import Model

__all__ = ["NetworkUse"]


class NetworkUse(QObject):
    """Predicts files for a window.

    Parameters
    ----------
    bridge : Bridge
        Gives the network.
    window : QWidget
        Dialogs stand on it.
    """

    def __init__(self, bridge: Bridge, window: QWidget) -> None:
        super().__init__(window)
        self._bridge = bridge
        self._window = window

    def choose_file(self) -> None:
        """Let the user choose a file, and answer its rows."""
        from ann_viz.ui.predicting.dialog import choose_rows  # not needed for the first paint

        path = choose_rows(self._window)
        if path is not None:
            self.predict(path)

    def predict(self, path: Path) -> None:
        """Answer the rows of a file with the weights on show."""
        from ann_viz.ui.document import saving
        from ann_viz.ui.predicting.dialog import PredictDialog

        model, document = self._model(), self._bridge.document
        if model is not None:
            answering = answering_tag(document.snapshot), answering_tip(document.snapshot)
            PredictDialog.ask(self._window, model, path, saving.data_files(document), answering=answering)

    def takes(self, path: Path) -> bool:
        """Whether a file that is being opened is to be left alone: the trained network was used on it, or nothing.

        Nobody is asked about the file that is open, about one with other columns, and without a trained network.
        """
        from ann_viz.session.new_rows import has_columns_of

        dataset, newest = self._bridge.document.described, self._bridge.document.newest
        if dataset is None or newest is None or newest.step == 0 or dataset.table.path == path.absolute():
            return False
        model = self._model()
        if model is None or not has_columns_of(model, path):
            return False
        answer = UseQuestion.ask(self._window, path.name, model.recipe.target)
        if answer == "use":
            self.predict(path)
        return answer != "learn"

    def _model(self) -> Model | None:
        """Return the network on show as one of its own, which no other thread works with."""
        return None if self._bridge.document.snapshot is None else self._bridge.document.model()
