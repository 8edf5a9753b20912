"""The network itself as NumPy code: its weights row by row, and a forward pass of a line a layer."""

from __future__ import annotations

from collections.abc import Sequence

from ann_viz.session.exports.portable import PortableModel, PortableOutput
from ann_viz.session.exports.source.text import Section, array_lines, comment, one_line, pieces, tuple_lines

__all__ = ["answer_section", "forward_section", "layer_names", "weights_section"]


def layer_names(portable: PortableModel) -> list[list[str]]:
    """Return what the neurons of every layer are called, from the inputs to the answers."""
    hidden = [[f"neuron {n}" for n in range(1, size + 1)] for size in portable.sizes[1:-1]]
    outputs = list(portable.output.classes) if portable.output.task == "multiclass" else [portable.output.target]
    return [list(portable.labels), *hidden, outputs]


def weights_section(portable: PortableModel) -> Section:
    """Return the section with everything that was learned."""
    names, lines = layer_names(portable), list[str]()
    for number, layer in enumerate(portable.layers, start=1):
        n_in, n_out = layer.W.shape
        lines += comment(
            f"Layer {number}, {n_in} → {n_out}: W{number}[i, j] is the line from {_first(names, number)} …"
        )
        lines += [*array_lines(f"W{number}", layer.W, names[number - 1]), *array_lines(f"b{number}", layer.b), ""]
    numbers = range(1, len(portable.layers) + 1)
    lines.append(f"W = [{', '.join(f'W{number}' for number in numbers)}]")
    lines.append(f"b = [{', '.join(f'b{number}' for number in numbers)}]")
    return Section(
        title="What was learned",
        plain="Every line of the picture is one number, its weight: a row for each neuron it comes from, a column for "
        "each neuron it goes to. Each neuron has one more number, its bias, which it adds in any case.",
        technical=f"weight matrices W (inputs, outputs) and bias vectors b of a feed-forward network "
        f"{'-'.join(map(str, portable.sizes))}.",
        code="\n".join(lines),
    )


def _first(names: Sequence[Sequence[str]], number: int) -> str:
    return one_line(f"{names[number - 1][0]} (i = 0) to {names[number][0]} (j = 0)")


def forward_section(portable: PortableModel) -> Section:
    """Return the section with the forward pass."""
    last = len(portable.layers)
    lines = []
    for number, layer in enumerate(portable.layers, start=1):
        before, after = ("x" if number == 1 else f"a{number - 1}"), ("return " if number == last else f"a{number} = ")
        lines.append(f"    {after}{layer.activation}({before} @ W[{number - 1}] + b[{number - 1}])")
    needed = {layer.activation for layer in portable.layers}
    needed |= {"sigmoid"} if "silu" in needed else set()  # which calls it
    code = ["def forward(x):", '    """Rows of numbers (n, inputs) through the network, layer by layer."""', *lines]
    return Section(
        title="The network",
        plain="Each neuron multiplies what reaches it by the weights of its lines, adds everything up with its bias, "
        "and passes on what its function makes of the sum. That is all a network does to answer.",
        technical="a = f(a_before @ W + b) for every layer; the last one gives "
        + ("probabilities." if portable.output.classes else "the scaled number."),
        code="\n\n\n".join([*pieces(needed), "\n".join(code)]),
    )


def answer_section(output: PortableOutput) -> Section:
    """Return the section with ``predict``."""
    return _number_section(output) if output.task == "regression" else _class_section(output)


def _number_section(output: PortableOutput) -> Section:
    unit = f" in {one_line(output.unit)}" if output.unit else ""
    code = [
        f"MEAN, SPREAD = {output.mean!r}, {output.std!r}  # of the numbers it learned from",
        "",
        "",
        "def outputs_of(rows):",
        f'    """{one_line(output.target)}{unit} for every row (n, 1)."""',
        "    scaled = forward(np.array([inputs_of(row) for row in rows]))",
        "    return scaled.astype(np.float64) * SPREAD + MEAN",
        "",
        "",
        "def predict(row):",
        '    """The answer for one row, given as a dict: {"answer": number}."""',
        '    return {"answer": float(outputs_of([row])[0, 0])}',
    ]
    return Section(
        title="The answer",
        plain="The network says how far above or below the average the number is; this turns it into the number "
        "itself.",
        technical="the inverse of the standardisation of the target.",
        code="\n".join(code),
    )


def _class_section(output: PortableOutput) -> Section:
    is_binary = output.task == "binary"
    chances = "[1 - output[0], output[0]]" if is_binary else "output"
    place = "int(output[0] > THRESHOLD)" if is_binary else "int(output.argmax())"
    phrase = f"  # yes means: {one_line(output.phrase)}" if output.phrase and is_binary else ""
    code = [
        *tuple_lines("CLASSES", output.classes),
        *([f"THRESHOLD = {output.threshold!r}{phrase}"] if is_binary else []),
        "",
        "",
        "def outputs_of(rows):",
        f'    """The chance of {"a yes (n, 1)" if is_binary else "every class (n, classes)"} for every row."""',
        "    return forward(np.array([inputs_of(row) for row in rows]))",
        "",
        "",
        "def predict(row):",
        '    """The answer for one row, given as a dict: {"answer": class, "chances": {class: chance}}."""',
        "    output = outputs_of([row])[0]",
        f"    chances = dict(zip(CLASSES, map(float, {chances})))",
        f'    return {{"answer": CLASSES[{place}], "chances": chances}}',
    ]
    rule = "the class with the largest one."
    if is_binary:
        rule = f"{one_line(output.classes[1])!r} above a chance of {output.threshold:.0%}."
    return Section(
        title="The answer",
        plain=f"The network gives a chance; the answer is {rule}",
        technical="a decision threshold on the sigmoid output." if is_binary else "argmax of the softmax outputs.",
        code="\n".join(code),
    )
