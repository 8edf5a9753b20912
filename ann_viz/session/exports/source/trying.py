"""The rows by which a program shows that it answers as ANN Viz does, as code."""

from __future__ import annotations

from ann_viz.session.exports.source.text import Section, literal, one_line, wrapped
from ann_viz.session.exports.trial import Trial

__all__ = ["trying_section"]

_CHECK = '''def check():
    """Answer the rows above and compare with what ANN Viz answered; says how many are the same in the last line."""
    same = 0
    for row, expected, output in zip(ROWS, EXPECTED, np.asarray(outputs_of(ROWS), dtype=np.float64)):
        is_same = np.allclose(output, expected, rtol=1e-5, atol=1e-5)
        same += is_same
        print(predict(row)["answer"], "as expected" if is_same else f"{output}, but ANN Viz says {expected}")
    print(f"{same}/{len(ROWS)} match")
    return same == len(ROWS)'''


def trying_section(trial: Trial) -> Section:
    """Return the section with rows, expected outputs and the comparison."""
    lines = ["ROWS = ["]
    for row in trial.rows:
        items = (f"{literal(name)}: {literal(value)}" for name, value in row.items())
        lines += ["    {", *wrapped(items, "        "), "    },"]
    lines += ["]", "EXPECTED = ["]
    for answer, output in zip(trial.answers, trial.outputs, strict=True):
        lines.append(f"    [{', '.join(f'{value:.9g}' for value in output)}],  # {one_line(str(answer))}")
    what = "They are rows of the table" if trial.are_real else "They are made up and no rows of the table"
    return Section(
        title="A few rows to try it with",
        plain=f"{what}; ANN Viz answered them when it wrote this file. None stands for a missing value.",
        technical="",
        code="\n".join([*lines, "]", "", "", _CHECK]),
    )
