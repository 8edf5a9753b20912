"""What a maintainer may know of somebody's document: its state and its sizes, and nothing that stands in its data."""

from __future__ import annotations

from ann_viz.data import PART_NAMES, Dataset
from ann_viz.session.document import Document

__all__ = ["describe_document"]


def describe_document(document: Document) -> list[str]:
    """Return lines about the document's state, data, network and training; of the file only its name and size."""
    error = "" if document.error is None else f" ({type(document.error).__name__})"
    lines = [f"State: {document.state.value}{error}"]
    if document.dataset is not None:
        lines += _data_lines(document.dataset)
    network, snapshot = document.network_config, document.snapshot
    if network is not None and snapshot is not None:
        layers = ", ".join([f"{layer.neurons} {layer.activation}" for layer in network.hidden] or ["none"])
        lines += [
            f"Network: {network.n_inputs} inputs, hidden layers {layers}, {network.n_outputs} outputs, "
            f"{network.n_parameters} parameters, {network.task}, {network.dtype}",
            f"Training: epoch {snapshot.epoch}, step {snapshot.step}, {document.train_config}, {document.speed}",
        ]
    return lines


def _data_lines(dataset: Dataset) -> list[str]:
    table, dialect = dataset.table, dataset.table.dialect
    parts = ", ".join(f"{len(dataset.rows(name))} {name}" for name in PART_NAMES)
    return [
        f"File: {dataset.name}, {table.size_bytes} bytes, {table.n_rows} rows, {len(table.columns)} columns, "
        f"{table.n_bad} broken rows, {dialect.encoding}, delimiter {dialect.delimiter!r}",
        f"Rows: {parts}, in {'files' if dataset.is_streamed else 'memory'}",
    ]
