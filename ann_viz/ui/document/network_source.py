"""From the session to what the network's sentences speak of: the shown row, the newest weights, the document's words.

Read anew only when one of them has changed.
"""

from __future__ import annotations

import numpy as np

from ann_viz.data import Dataset
from ann_viz.engine import NetworkConfig, Snapshot
from ann_viz.explain import wording
from ann_viz.explain.network_text import Seen
from ann_viz.session import Session

__all__ = ["NetworkSource"]


class NetworkSource:
    """Reads a session.

    Parameters
    ----------
    session : Session
        Only read.
    """

    def __init__(self, session: Session) -> None:
        self._session = session
        self._seen: tuple[Snapshot, int, Seen] | None = None  # of a snapshot and a row
        self._names: tuple[Dataset, NetworkConfig, tuple[tuple[str, ...], ...]] | None = None
        self._raw: tuple[Dataset, int, tuple[str, ...]] | None = None

    def seen(self) -> Seen | None:
        """Return what there is to put into words now; None without data."""
        session, kept = self._session, self._seen
        dataset, snapshot, example = session.dataset, session.snapshot, session.example
        if dataset is None or snapshot is None:
            self._seen = self._names = self._raw = None
            return None
        manual_edits = session.manual_edits
        if kept is not None and kept[0] is snapshot and kept[1] == example:
            last = kept[2]
            if (last.changed, last.locked, last.off) == (manual_edits.changed, manual_edits.locked, manual_edits.off):
                return last
        values = tuple(np.asarray(a)[0] for a in session.forward(example).A)
        seen = Seen(
            network=session.network,
            values=values,
            names=self._names_of(dataset, snapshot.config),
            raw=self._raw_of(dataset, example),
            n_columns=len(dataset.encoder.groups),
            row=wording.row_text(dataset, example),
            answer=wording.verdict(wording.answer(dataset, values[-1])),
            truth=wording.truth(dataset, example)[0],
            changed=manual_edits.changed,
            locked=manual_edits.locked,
            off=manual_edits.off,
        )
        self._seen = snapshot, example, seen
        return seen

    def _names_of(self, dataset: Dataset, config: NetworkConfig) -> tuple[tuple[str, ...], ...]:
        kept = self._names
        if kept is None or kept[0] is not dataset or kept[1] is not config:
            self._names = kept = dataset, config, wording.neuron_names(dataset, config)
        return kept[2]

    def _raw_of(self, dataset: Dataset, example: int) -> tuple[str, ...]:
        kept = self._raw
        if kept is None or kept[0] is not dataset or kept[1] != example:
            self._raw = kept = dataset, example, wording.input_labels(dataset, example).values
        return kept[2]
