"""How it learned, as code: the starting weights and the loop, with just what a run has done."""

from __future__ import annotations

import math
from collections.abc import Mapping
from itertools import pairwise
from typing import Final

from ann_viz.engine import LOSSES, NetworkConfig, TrainConfig
from ann_viz.engine.activations import ACTIVATIONS
from ann_viz.engine.losses import losses_of
from ann_viz.session.exports.source.first_epoch import Course
from ann_viz.session.exports.source.text import Section, pieces

__all__ = ["class_weight_lines", "loop_section", "start_lines", "telling_line", "what_is_left_out"]

_LEARNED: Final = "average[: len(W)], average[len(W) :]"
_SPREADS: Final[Mapping[str, str]] = {"he": "2 / n_in", "glorot": "2 / (n_in + n_out)", "lecun": "1 / n_in"}


def start_lines(network: NetworkConfig) -> list[str]:
    """Return the lines that draw the starting weights, as the engine does."""
    names = [layer.initializer or ACTIVATIONS[layer.activation].initializer for layer in network.hidden]
    names.append(network.output_initializer or ACTIVATIONS["linear"].initializer)
    lines = ["def starting_weights():", '    """The weights before any learning: small random numbers, biases 0."""']
    lines += [f"    rng, W = np.random.default_rng({network.seed}), []"]
    for name, (n_in, n_out) in zip(names, pairwise(network.sizes), strict=True):
        lines.append(f"    W.append({_drawn(name, n_in, n_out)})")
    kind = f"np.{network.dtype}"
    lines.append(f"    W, b = [each.astype({kind}) for each in W], [np.zeros(len(each.T), {kind}) for each in W]")
    if network.output_scale != 1:
        lines.append(f"    W[-1] *= {network.output_scale!r}  # small, so that it begins with no opinion")
    lines.append("    return W, b")
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
    size = course.batch_size
    shuffled = ["        shuffling.shuffle(order)"] if size < course.n_rows else []
    return [
        *_preparing_lines(course),
        "    for epoch in range(1, epochs + 1):",
        *shuffled,
        f"        for start in range(0, len(X), {size}):",
        f"            batch = order[start : start + {size}]",
        *_forward_lines(course.dropout),
        *_backward_lines(course, loss),
        *_update_lines(course),
        *_telling_lines(course, loss),
        f"    return {_LEARNED if course.config.average_epochs else 'W, b'}",
    ]


def _preparing_lines(course: Course) -> list[str]:
    names = [layer.activation for layer in course.network.hidden]
    average = ["    average = [p.copy() for p in W + b]"] if course.config.average_epochs else []
    return [
        "def train(path, epochs=1):",
        '    """Learn from the table at a path, from the start; the first epoch is that of the run in ANN Viz."""',
        "    rows = rows_of(path)",
        "    X = np.array([inputs_of(row) for row in rows])",
        "    Y = np.array([truth_of(row) for row in rows], dtype=X.dtype)",
        "    W, b = starting_weights()",
        "    # What the optimiser remembers of every weight.",
        "    m, v = [np.zeros_like(p) for p in W + b], [np.zeros_like(p) for p in W + b]",
        f"    shuffling, dropping = np.random.default_rng({course.config.seed}).spawn(2)",
        "    order, step = np.arange(len(X)), 0",
        f"    functions, slopes = [{', '.join(names)}], [{', '.join(f'{name}_slope' for name in names)}]",
        *class_weight_lines(course),
        *average,
    ]


def _forward_lines(dropout: float) -> list[str]:
    return [
        "            # Forward: z is what a neuron adds up, a what it passes on.",
        "            A, Z, M = [X[batch]], [], []" if dropout else "            A, Z = [X[batch]], []",
        "            for layer, function in enumerate(functions):",
        "                Z.append(A[-1] @ W[layer] + b[layer])",
        *_dropout_lines(dropout),
        "            Z.append(A[-1] @ W[-1] + b[-1])",
    ]


def _backward_lines(course: Course, loss: str) -> list[str]:
    count = "Y[batch].size" if course.network.task == "regression" else "len(batch)"
    masked = " * M[layer - 1]" if course.dropout else ""
    return [
        "            # Error: which way, and how strongly, every last sum should change.",
        f"            D = {loss}_slope(Z[-1], Y[batch]) / {count}",
        *(["            D = D * weights[batch]"] if course.weighs_classes else []),
        "            # Backward: the same for every weight, from the last layer to the first.",
        "            dW, db = [None] * len(W), [None] * len(W)",
        "            for layer in reversed(range(len(W))):",
        "                dW[layer], db[layer] = A[layer].T @ D, D.sum(axis=0)",
        "                if layer > 0:",
        f"                    D = (D @ W[layer].T){masked} * slopes[layer - 1](Z[layer - 1])",
    ]


def _update_lines(course: Course) -> list[str]:
    config = course.config
    return [
        "            # Update: every weight a little against its gradient.",
        "            step += 1",
        *_penalty_lines(config),
        "            for place, (w, g) in enumerate(zip(W + b, dW + db)):",
        f"                {config.optimizer}(w, g, m[place], v[place], step)",
        *_average_lines(config, -(-course.n_rows // course.batch_size)),
    ]


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
    if not course.weighs_classes:
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


def what_is_left_out(config: TrainConfig) -> list[str]:
    """Return comment lines about what a loop of another library does not do, though the run did."""
    if not config.average_epochs:
        return []
    return ["    # ANN Viz also averages the weights over the last steps, and keeps that; this loop leaves it out."]


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
    n = course.n_rows
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
