"""How it learned, as code: the rows of the table, the starting weights and the loop, with just what a run has done."""

from __future__ import annotations

import math
import zlib
from base64 import b64encode
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

import numpy as np

from ann_viz.data import Dataset
from ann_viz.data.files.dialect import Dialect
from ann_viz.engine import LOSSES, NetworkConfig, TrainConfig
from ann_viz.engine.activations import ACTIVATIONS
from ann_viz.engine.evaluation import most_train_rows
from ann_viz.engine.losses import losses_of
from ann_viz.session.exports.portable import PortableOutput, portable_model
from ann_viz.session.exports.source.columns import reads_texts, target_call
from ann_viz.session.exports.source.text import Section, literal, pieces, tuple_lines
from ann_viz.session.exports.subject import Subject

__all__ = ["Course", "class_weight_lines", "course_of", "loop_section", "start_lines", "table_section", "telling_line"]

_PARTS: Final = {"train": "T", "validation": "V", "test": "S"}
_LEFT_OUT: Final = "-"
_TEXT_FILES: Final = (".csv", ".tsv", ".txt", ".data", ".dat", "")
_LINE: Final = 100
_LEARNED: Final = "average[: len(W)], average[len(W) :]"
_SPREADS: Final[Mapping[str, str]] = {"he": "2 / n_in", "glorot": "2 / (n_in + n_out)", "lecun": "1 / n_in"}


@dataclass(frozen=True, kw_only=True, eq=False)
class Course:
    """What it takes to repeat the first epoch of a run.

    Parameters
    ----------
    network : NetworkConfig
    config : TrainConfig
        The settings; the learning rate is that of the first epoch.
    dataset : Dataset
    n_judged : int
        By so many training rows the loss was measured.
    first_loss : float
        Of the training rows after the first epoch; NaN where the run did not begin from the weights of its seed.
    """

    network: NetworkConfig
    config: TrainConfig
    dataset: Dataset
    n_judged: int
    first_loss: float


def course_of(subject: Subject) -> Course | str:
    """Return what the loop takes, or the sentence that says why there is none."""
    dataset, run = subject.dataset, subject.run
    if run is None:
        return "The model file does not know how it was trained."
    if dataset is None:
        return "The table was not at hand when this was written, so it does not show how the network learned."
    if not _is_plain(dataset):
        return "The table is not a plain CSV file, and reading it would take more code than the network."
    if not reads_texts(portable_model(subject.model)):
        return "The table has dates or times in a form that would take more code to read than the network."
    history, record = run.checkpoint.history, run.record
    has_first = len(history) > 1 and history.epoch[1] == 1 and record.untouched
    rate = float(history.learning_rate[1]) if has_first else record.config.learning_rate
    values = {name: getattr(record.config, name) for name in record.config.__dataclass_fields__}
    return Course(
        network=record.network,
        config=TrainConfig(**{**values, "learning_rate": rate}),
        dataset=dataset,
        n_judged=min(len(dataset.train), most_train_rows(subject.model.network)),
        first_loss=float(history.train_loss[1]) if has_first else math.nan,
    )


def _is_plain(dataset: Dataset) -> bool:
    """Whether ``csv.reader`` gives the rows of the table, one for one."""
    table, dialect = dataset.table, dataset.table.dialect
    is_odd = table.n_bad or table.n_padded or table.left_out or table.bad_bytes or dialect.wrapped or dialect.sheet
    is_text = table.path.suffix.casefold() in _TEXT_FILES
    return is_text and not is_odd and dialect.delimiter != " " and not dataset.is_streamed


def table_section(course: Course, output: PortableOutput) -> Section:
    """Return the section that reads the table."""
    table = course.dataset.table
    dialect = table.dialect
    packed = b64encode(zlib.compress(_parts(course.dataset).encode("ascii"), 9)).decode("ascii")
    lines = [
        *tuple_lines("NAMES", [column.name for column in table.columns]),
        f"DIALECT = {_csv_options(dialect)!r}",
        f"ENCODING = {literal('utf-8-sig' if dialect.encoding == 'utf-8' else dialect.encoding)}",
        f"SKIPPED = {dialect.skip_lines + (dialect.header_lines if dialect.header else 0)}  # rows before the first",
        "# One letter for every row of the table: T to learn from, V to check with, S for the final test, - unused.",
        "PARTS = zlib.decompress(base64.b64decode(",
        *(f'    "{packed[start : start + _LINE]}"' for start in range(0, len(packed), _LINE)),
        ")).decode()",
    ]
    truth = ["def truth_of(row):", '    """What the network should have said: the numbers it is compared with."""']
    code = "\n".join(lines), *pieces(["rows_of"]), "\n".join([*truth, *_truth_lines(output)])
    return Section(
        title="The table it learned from",
        plain="The rows themselves are not in this file: give the path of the table. Which rows were learned from, and "
        "which were kept back to check and to test, is known here by one letter each.",
        technical="training, validation and test split.",
        code="\n\n\n".join(code),
    )


def _csv_options(dialect: Dialect) -> dict[str, object]:
    options: dict[str, object] = {"delimiter": dialect.delimiter}
    if dialect.quote is None:
        options["quoting"] = 3  # csv.QUOTE_NONE
    elif dialect.quote != '"':
        options["quotechar"] = dialect.quote
    if dialect.escape == "backslash":
        options |= {"doublequote": False, "escapechar": "\\"}
    if dialect.spaced:
        options["skipinitialspace"] = True
    return options


def _parts(dataset: Dataset) -> str:
    """Return the letter of every row of the table."""
    letters = np.full(dataset.table.n_rows, _LEFT_OUT)
    source = np.asarray(dataset.source_rows[:])
    for part, letter in _PARTS.items():
        letters[source[np.asarray(dataset.rows(part)[:])]] = letter  # type: ignore[arg-type]
    return "".join(letters.tolist())


def _truth_lines(output: PortableOutput) -> list[str]:
    """Return the body of ``truth_of``."""
    if output.task == "regression":
        return [f"    return [({target_call(output)} - MEAN) / SPREAD]"]
    if output.task == "binary":
        return [f"    return [{target_call(output)} == CLASSES[1]]"]
    return [f"    answer = {target_call(output)}", "    return [answer == each for each in CLASSES]"]


def start_lines(network: NetworkConfig) -> list[str]:
    """Return the lines that draw the starting weights, as the engine does."""
    names = [layer.initializer or ACTIVATIONS[layer.activation].initializer for layer in network.hidden]
    names.append(network.output_initializer or ACTIVATIONS["linear"].initializer)
    lines = ["def starting_weights():", '    """The weights before any learning: small random numbers, biases 0."""']
    lines += [f"    rng, W = np.random.default_rng({network.seed}), []"]
    for name, n_in, n_out in zip(names, network.sizes, network.sizes[1:], strict=False):
        lines.append(f"    W.append({_drawn(name, n_in, n_out)})")
    kind = f"np.{network.dtype}"
    lines.append(f"    return [each.astype({kind}) for each in W], [np.zeros(len(each.T), {kind}) for each in W]")
    return lines


def _drawn(name: str, n_in: int, n_out: int) -> str:
    rule, _, shape = name.partition("_")
    if rule not in _SPREADS:
        return f"np.full(({n_in}, {n_out}), {0.1 if name == 'constant' else 0.0})"
    variance = _SPREADS[rule].replace("n_in", str(n_in)).replace("n_out", str(n_out))
    if shape == "normal":
        return f"rng.normal(0, np.sqrt({variance}), ({n_in}, {n_out}))"
    limit = f"np.sqrt(3 * {variance})"
    return f"rng.uniform(-{limit}, {limit}, ({n_in}, {n_out}))"


def loop_section(course: Course) -> Section:
    """Return the section with the training loop."""
    config, network = course.config, course.network
    activations = [layer.activation for layer in network.hidden]
    loss = network.loss or losses_of(network.task)[0].name
    called = {loss, f"{loss}_slope", config.optimizer, *(f"{name}_slope" for name in activations)}
    setup = [f"RATE = {config.learning_rate!r}  # how far a step goes"]
    if config.optimizer in ("momentum", "nesterov"):
        setup.append(f"MOMENTUM = {config.momentum!r}")
    if config.optimizer == "adamw":
        setup.append(f"DECAY = {config.l2!r}")
    functions = [
        "\n".join(setup),
        *pieces(called),
        "\n".join(start_lines(network)),
        "\n".join(_loop_lines(course, loss)),
    ]
    return Section(
        title="How it learned",
        plain="Show the network some rows, see how wrong its answers are, find out for every weight in which direction "
        "it would have been less wrong, and move it a little that way. Once through all rows is an epoch.",
        technical=f"mini-batch gradient descent, backpropagation, {config.optimizer}; L = {LOSSES[loss].formula}.",
        code="\n\n\n".join(functions),
    )


def _loop_lines(course: Course, loss: str) -> list[str]:
    """Return ``train``: forward, error, backward, update, and nothing that this run did not do."""
    config, network = course.config, course.network
    hidden, n_rows = [layer.activation for layer in network.hidden], len(course.dataset.train)
    size = min(config.batch_size or n_rows, n_rows)
    functions = ", ".join(hidden)
    slopes = ", ".join(f"{name}_slope" for name in hidden)
    dropout = config.dropout if hidden else 0.0
    count = "Y[batch].size" if network.task == "regression" else "len(batch)"
    masked = " * M[layer - 1]" if dropout else ""
    lines = [
        "def train(path, epochs=1):",
        '    """Learn from the table at a path, from the start; the first epoch is that of the run in ANN Viz."""',
        "    rows = rows_of(path)",
        "    X = np.array([inputs_of(row) for row in rows])",
        "    Y = np.array([truth_of(row) for row in rows], dtype=X.dtype)",
        "    W, b = starting_weights()",
        "    # What the optimiser remembers of every weight.",
        "    m, v = [np.zeros_like(p) for p in W + b], [np.zeros_like(p) for p in W + b]",
        f"    shuffling, dropping = np.random.default_rng({config.seed}).spawn(2)",
        "    order, step = np.arange(len(X)), 0",
        *([f"    functions, slopes = [{functions}], [{slopes}]"] if hidden else ["    functions, slopes = [], []"]),
        *class_weight_lines(course),
        *(["    average = [p.copy() for p in W + b]"] if config.average_epochs else []),
        "    for epoch in range(1, epochs + 1):",
        *(["        shuffling.shuffle(order)"] if size < n_rows else []),
        f"        for start in range(0, len(X), {size}):",
        f"            batch = order[start : start + {size}]",
        "            # Forward: z is what a neuron adds up, a what it passes on.",
        "            A, Z, M = [X[batch]], [], []",
        "            for layer, function in enumerate(functions):",
        "                Z.append(A[-1] @ W[layer] + b[layer])",
        *_dropout_lines(dropout),
        "            Z.append(A[-1] @ W[-1] + b[-1])",
        "            # Error: which way, and how strongly, every last sum should change.",
        f"            D = {loss}_slope(Z[-1], Y[batch]) / {count}",
        *(["            D = D * weights[batch]"] if config.class_weights and network.task != "regression" else []),
        "            # Backward: the same for every weight, from the last layer to the first.",
        "            dW, db = [None] * len(W), [None] * len(W)",
        "            for layer in reversed(range(len(W))):",
        "                dW[layer], db[layer] = A[layer].T @ D, D.sum(axis=0)",
        "                if layer > 0:",
        f"                    D = (D @ W[layer].T){masked} * slopes[layer - 1](Z[layer - 1])",
        "            # Update: every weight a little against its gradient.",
        "            step += 1",
        *_penalty_lines(config),
        "            for place, (w, g) in enumerate(zip(W + b, dW + db)):",
        f"                {config.optimizer}(w, g, m[place], v[place], step)",
        *_average_lines(config, -(-n_rows // size)),
        *_telling_lines(course, loss),
        f"    return {_LEARNED if config.average_epochs else 'W, b'}",
    ]
    return (
        lines if dropout else [line.replace("A, Z, M = [X[batch]], [], []", "A, Z = [X[batch]], []") for line in lines]
    )


def _dropout_lines(dropout: float) -> list[str]:
    if not dropout:
        return ["                A.append(function(Z[-1]))"]
    drawn = "dropping.random((len(Z[-1].T), len(batch)), dtype=X.dtype.type)"
    return [
        f"                M.append(np.ceil({drawn} - X.dtype.type({dropout!r})).T / {1 - dropout!r})  # dropout",
        "                A.append(function(Z[-1]) * M[-1])",
    ]


def class_weight_lines(course: Course) -> list[str]:
    """Rare classes count as much as common ones."""
    if course.config.class_weights is None or course.network.task == "regression":
        return []
    one_hot = "np.hstack([1 - Y, Y])" if course.network.task == "binary" else "Y"
    return [
        f"    one_hot = {one_hot}",
        "    counts = one_hot.sum(axis=0)",
        "    counted = len(Y) / (np.count_nonzero(counts) * np.maximum(counts, 1))",
        "    weights = one_hot @ counted[:, None].astype(Y.dtype)  # rare classes count as much as common ones",
    ]


def _penalty_lines(config: TrainConfig) -> list[str]:
    added = [f"{config.l2!r} * w"] if config.l2 > 0 and config.optimizer != "adamw" else []
    added += [f"{config.l1!r} * np.sign(w)"] if config.l1 > 0 else []
    lines = []
    if added:
        lines.append(
            f"            dW = [g + {' + '.join(added)} for w, g in zip(W, dW)]  # large weights cost something"
        )
    if config.clip_norm is not None:
        lines.append("            length = np.sqrt(sum((g.astype(np.float64) ** 2).sum() for g in dW + db))")
        lines.append(f"            shorter = min(1.0, {config.clip_norm!r} / max(length, 1e-300))")
        lines.append("            dW, db = [g * shorter for g in dW], [g * shorter for g in db]")
    return lines


def _average_lines(config: TrainConfig, n_batches: int) -> list[str]:
    """Follow the weights with their average: ANN Viz judges and keeps that, while the weights go on learning."""
    if not config.average_epochs:
        return []
    decay = 1 - 1 / max(1.0, config.average_epochs * n_batches)
    return [
        "            # The average of the weights over the last steps is steadier than they are: it is the model.",
        "            for mean, w in zip(average, W + b):",
        f"                mean += (1 - min({decay!r}, step / (9 + step))) * (w - mean)",
    ]


def _telling_lines(course: Course, loss: str) -> list[str]:
    """Say how wrong it is now, measured by the same rows as in the window."""
    n = len(course.dataset.train)
    rows = f"[np.arange({course.n_judged}) * len(X) // {course.n_judged}]" if course.n_judged < n else ""
    W, b = ("averaged", "biases") if course.config.average_epochs else ("W", "b")
    return [
        *([f"        averaged, biases = {_LEARNED}"] if course.config.average_epochs else []),
        f"        a, seen = X{rows}, Y{rows}",
        "        for layer, function in enumerate(functions):",
        f"            a = function(a @ {W}[layer] + {b}[layer])",
        f"        loss = float({loss}(a @ {W}[-1] + {b}[-1], seen).mean())",
        f"        {telling_line(course)}",
    ]


def telling_line(course: Course, *, exact: bool = True) -> str:
    """Return the line that prints the loss, beside that of the run where it is to be the same."""
    has_first = exact and not math.isnan(course.first_loss)
    known = f' + (" (in ANN Viz {course.first_loss:.6f})" if epoch == 1 else "")' if has_first else ""
    return f'print(f"epoch {{epoch}}: loss {{loss:.6f}}"{known})'
