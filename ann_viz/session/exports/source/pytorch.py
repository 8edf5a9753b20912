"""The model as a script for PyTorch: its layers with the trained weights, and its loop for the settings of the run."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from ann_viz.engine import TrainConfig
from ann_viz.engine.losses import losses_of
from ann_viz.session.exports.format import Progress, Wish
from ann_viz.session.exports.source.first_epoch import Course
from ann_viz.session.exports.source.program import Material, material_of, program_text
from ann_viz.session.exports.source.section_order import in_order
from ann_viz.session.exports.source.text import Section
from ann_viz.session.exports.source.training import class_weight_lines, start_lines, telling_line, what_is_left_out
from ann_viz.session.exports.subject import Subject

__all__ = ["LAYERS", "LOSSES", "OPTIMIZERS", "write"]

LAYERS: Final[Mapping[str, str]] = {
    "relu": "nn.ReLU()",
    "leaky_relu": "nn.LeakyReLU(0.01)",
    "elu": "nn.ELU()",
    "gelu": 'nn.GELU(approximate="tanh")',
    "silu": "nn.SiLU()",
    "tanh": "nn.Tanh()",
    "sigmoid": "nn.Sigmoid()",
    "softplus": "nn.Softplus()",
    "linear": "nn.Identity()",
}
_OUTPUTS: Final[Mapping[str, str]] = {"sigmoid": "torch.sigmoid({z})", "softmax": "{z}.softmax(1)", "linear": "{z}"}
OPTIMIZERS: Final[Mapping[str, str]] = {
    "sgd": "SGD(groups, lr={rate})",
    "momentum": "SGD(groups, lr={rate}, momentum={momentum})",
    "nesterov": "SGD(groups, lr={rate}, momentum={momentum}, nesterov=True)",
    "adagrad": "Adagrad(groups, lr={rate})",
    "rmsprop": "RMSprop(groups, lr={rate})",
    "adam": "Adam(groups, lr={rate})",
    "adamw": "AdamW(groups, lr={rate}, weight_decay=0)",
}
LOSSES: Final[Mapping[str, str]] = {
    "binary_cross_entropy": "functional.binary_cross_entropy_with_logits({z}, {y}{reduction})",
    "categorical_cross_entropy": "functional.cross_entropy({z}, {y}.argmax(1){reduction})",
    "mse": "functional.mse_loss({z}, {y})",
    "mae": "functional.l1_loss({z}, {y})",
    "huber": "functional.huber_loss({z}, {y})",
}


def write(subject: Subject, wish: Wish, progress: Progress) -> bytes:
    """Return the script."""
    material = material_of(subject, wish)
    imports = ("import torch", "from torch import nn", "from torch.nn import functional")
    sections = in_order(material, _network_section(material), _loop_section)
    return program_text(material, sections, "NumPy and PyTorch", imports).encode("utf-8")


def _network_section(material: Material) -> Section:
    portable, course = material.portable, material.course
    dropout = course.config.dropout if course is not None else 0.0
    lines = ["network = nn.Sequential("]
    for layer in portable.layers:
        n_in, n_out = layer.W.shape
        lines.append(f"    nn.Linear({n_in}, {n_out}),")
        if layer is not portable.layers[-1]:
            lines.append(f"    {LAYERS[layer.activation]},")
            lines += [f"    nn.Dropout({dropout!r}),"] if dropout else []
    output = _OUTPUTS[portable.layers[-1].activation].format(z="network(torch.from_numpy(x))")
    lines += [
        f").to(torch.{portable.dtype})",
        "LINEAR = [layer for layer in network if isinstance(layer, nn.Linear)]",
        "",
        "",
        "def put(W, b):",
        '    """Put weights and biases into the network; PyTorch keeps a row for each neuron a line goes to."""',
        "    with torch.no_grad():",
        "        for layer, w, bias in zip(LINEAR, W, b):",
        "            layer.weight.copy_(torch.from_numpy(w.T.copy()))",
        "            layer.bias.copy_(torch.from_numpy(bias.copy()))",
        "    network.eval()",
        "",
        "",
        "def forward(x):",
        '    """Rows of numbers (n, inputs) through the network."""',
        "    with torch.no_grad():",
        f"        return {output}.numpy()",
        "",
        "",
        "put(W, b)",
    ]
    return Section(
        title="The network",
        plain="Each neuron multiplies what reaches it by the weights of its lines, adds everything up with its bias, "
        "and passes on what its function makes of the sum. PyTorch has a layer for the sums and one for the function.",
        technical="torch.nn.Sequential of Linear layers and activations; its output are logits.",
        code="\n".join(lines),
    )


def _loop_section(course: Course) -> Section:
    config, task = course.config, course.network.task
    weighted, size = course.weighs_classes, course.batch_size
    loss = LOSSES[course.network.loss or losses_of(task)[0].name]
    optimizer = OPTIMIZERS[config.optimizer].format(rate=repr(config.learning_rate), momentum=repr(config.momentum))
    clip = f"nn.utils.clip_grad_norm_(network.parameters(), {config.clip_norm!r})"
    decay = f', "weight_decay": {config.l2!r}' if config.optimizer == "adamw" else ""
    lines = [
        "def train(path, epochs=1):",
        '    """Learn from the table at a path, from the start, in the order of rows of the run in ANN Viz."""',
        *what_is_left_out(config),
        "    rows = rows_of(path)",
        "    X = np.array([inputs_of(row) for row in rows])",
        "    Y = np.array([truth_of(row) for row in rows], dtype=X.dtype)",
        *class_weight_lines(course),
        "    X, Y = torch.from_numpy(X), torch.from_numpy(Y)",
        *(["    weights = torch.from_numpy(weights)"] if weighted else []),
        "    put(*starting_weights())",
        f'    groups = [{{"params": [layer.weight for layer in LINEAR]{decay}}},',
        '              {"params": [layer.bias for layer in LINEAR]}]',
        f"    optimizer = torch.optim.{optimizer}",
        f"    shuffling, order = np.random.default_rng({config.seed}).spawn(2)[0], np.arange(len(X))",
        "    for epoch in range(1, epochs + 1):",
        "        network.train()",
        *(["        shuffling.shuffle(order)"] if size < course.n_rows else []),
        f"        for start in range(0, len(X), {size}):",
        f"            batch = torch.from_numpy(order[start : start + {size}])",
        "            optimizer.zero_grad()",
        f"            loss = {_batch_loss(course, loss)}",
        *_penalty_lines(config),
        "            loss.backward()",
        *([f"            {clip}"] if config.clip_norm is not None else []),
        "            optimizer.step()",
        "        network.eval()",
        "        with torch.no_grad():",
        f"            loss = float({loss.format(z='network(X)', y='Y', reduction='')})",
        f"        {telling_line(course, exact=not course.is_averaged_or_dropped)}",
        "    return network",
    ]
    return Section(
        title="How it learned",
        plain="Show the network some rows, see how wrong its answers are, find out for every weight in which direction "
        "it would have been less wrong, and move it a little that way. PyTorch finds the directions by itself.",
        technical=f"mini-batch gradient descent with autograd and torch.optim ({config.optimizer}).",
        code="\n".join([*start_lines(course.network), "", "", *lines]),
    )


def _batch_loss(course: Course, loss: str) -> str:
    """Return the loss of a batch as code, its rows weighted where classes count the same."""
    weighted = course.weighs_classes
    code = loss.format(z="network(X[batch])", y="Y[batch]", reduction=', reduction="none"' if weighted else "")
    if not weighted:
        return code
    rows = "weights[batch].squeeze(1)" if course.network.task == "multiclass" else "weights[batch]"
    return f"({code} * {rows}).mean()"


def _penalty_lines(config: TrainConfig) -> list[str]:
    lines = []
    if config.l2 > 0 and config.optimizer != "adamw":
        lines.append(f"            loss = loss + {config.l2 / 2!r} * sum((layer.weight**2).sum() for layer in LINEAR)")
    if config.l1 > 0:
        lines.append(f"            loss = loss + {config.l1!r} * sum(layer.weight.abs().sum() for layer in LINEAR)")
    return lines
