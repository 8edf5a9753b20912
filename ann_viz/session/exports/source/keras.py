"""The model as a script for Keras: its layers with the trained weights, and how it is fitted as the run was."""

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
    "relu": '"relu"',
    "leaky_relu": "lambda z: keras.ops.leaky_relu(z, 0.01)",
    "elu": '"elu"',
    "gelu": "lambda z: keras.ops.gelu(z, approximate=True)",
    "silu": '"silu"',
    "tanh": '"tanh"',
    "sigmoid": '"sigmoid"',
    "softplus": '"softplus"',
    "linear": '"linear"',
    "softmax": '"softmax"',
}
OPTIMIZERS: Final[Mapping[str, str]] = {
    "sgd": "SGD({rate})",
    "momentum": "SGD({rate}, momentum={momentum})",
    "nesterov": "SGD({rate}, momentum={momentum}, nesterov=True)",
    "adagrad": "Adagrad({rate}, initial_accumulator_value=0, epsilon=1e-10)",
    "rmsprop": "RMSprop({rate}, rho=0.99, epsilon=1e-8)",
    "adam": "Adam({rate}, epsilon=1e-8)",
    "adamw": "AdamW({rate}, epsilon=1e-8, weight_decay={decay})",
}
LOSSES: Final[Mapping[str, str]] = {
    "binary_cross_entropy": "binary_crossentropy",
    "categorical_cross_entropy": "categorical_crossentropy",
    "mse": "mean_squared_error",
    "mae": "mean_absolute_error",
    "huber": "huber",
}


def write(subject: Subject, wish: Wish, progress: Progress) -> bytes:
    """Return the script."""
    material = material_of(subject, wish)
    sections = in_order(material, _network_section(material), _loop_section)
    return program_text(material, sections, "NumPy and Keras 3", ("import keras",)).encode("utf-8")


def _network_section(material: Material) -> Section:
    portable, course = material.portable, material.course
    config = None if course is None else course.config
    options = f', dtype="{portable.dtype}"' + (_regularizer(config) if config is not None else "")
    lines = ["network = keras.Sequential(", "    [", f"        keras.Input(({portable.sizes[0]},)),"]
    for layer in portable.layers:
        lines.append(f"        keras.layers.Dense({len(layer.b)}, activation={LAYERS[layer.activation]}{options}),")
        if config is not None and config.dropout and layer is not portable.layers[-1]:
            lines.append(f"        keras.layers.Dropout({config.dropout!r}),")
    lines += [
        "    ]",
        ")",
        "network.set_weights([each for pair in zip(W, b) for each in pair])",
        "",
        "",
        "def forward(x):",
        '    """Rows of numbers (n, inputs) through the network."""',
        "    return keras.ops.convert_to_numpy(network(x))",
    ]
    return Section(
        title="The network",
        plain="Each neuron multiplies what reaches it by the weights of its lines, adds everything up with its bias, "
        "and passes on what its function makes of the sum. Keras has one layer for all of that.",
        technical="keras.Sequential of Dense layers; the environment variable KERAS_BACKEND says who does the work: "
        "tensorflow, jax or torch.",
        code="\n".join(lines),
    )


def _regularizer(config: TrainConfig) -> str:
    l2 = config.l2 / 2 if config.optimizer != "adamw" else 0.0
    return f", kernel_regularizer=keras.regularizers.L1L2({config.l1!r}, {l2!r})" if config.l1 or l2 else ""


def _loop_section(course: Course) -> Section:
    config, task = course.config, course.network.task
    weighted, size = course.weighs_classes, course.batch_size
    rates = {"rate": repr(config.learning_rate), "momentum": repr(config.momentum), "decay": repr(config.l2)}
    clip = f", global_clipnorm={config.clip_norm!r})" if config.clip_norm is not None else ")"
    loss = LOSSES[course.network.loss or losses_of(task)[0].name]
    lines = [
        "def train(path, epochs=1):",
        '    """Learn from the table at a path, from the start, in the order of rows of the run in ANN Viz."""',
        *what_is_left_out(config),
        "    rows = rows_of(path)",
        "    X = np.array([inputs_of(row) for row in rows])",
        "    Y = np.array([truth_of(row) for row in rows], dtype=X.dtype)",
        *class_weight_lines(course),
        "    network.set_weights([each for pair in zip(*starting_weights()) for each in pair])",
        f"    optimizer = keras.optimizers.{OPTIMIZERS[config.optimizer].format(**rates)[:-1]}{clip}",
        *(['    optimizer.exclude_from_weight_decay(var_names=["bias"])'] if config.optimizer == "adamw" else []),
        f'    network.compile(optimizer=optimizer, loss="{loss}")',
        f"    shuffling, order = np.random.default_rng({config.seed}).spawn(2)[0], np.arange(len(X))",
        "    for epoch in range(1, epochs + 1):",
        *(["        shuffling.shuffle(order)"] if size < course.n_rows else []),
        f"        network.fit(X[order], Y[order], batch_size={size}, shuffle=False, verbose=0"
        + (", sample_weight=weights[order].squeeze(1))" if weighted else ")"),
        f'        losses = keras.ops.convert_to_numpy(keras.losses.get("{loss}")(Y, forward(X)))',
        "        loss = float(losses.mean())",
        f"        {telling_line(course, exact=not course.is_averaged_or_dropped)}",
        "    return network",
    ]
    return Section(
        title="How it learned",
        plain="Show the network some rows, see how wrong its answers are, find out for every weight in which direction "
        "it would have been less wrong, and move it a little that way. Keras does that in fit.",
        technical=f"compile and fit with {config.optimizer}, the rows in the order of the run.",
        code="\n".join([*start_lines(course.network), "", "", *lines]),
    )
