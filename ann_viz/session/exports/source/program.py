"""The sections of a program and its first lines, the same for NumPy, PyTorch and Keras."""

from __future__ import annotations

from dataclasses import dataclass

from ann_viz import __version__
from ann_viz.numerals import format_number
from ann_viz.session.exports.about import about
from ann_viz.session.exports.format import Wish
from ann_viz.session.exports.portable import PortableModel
from ann_viz.session.exports.source.first_epoch import Course, course_of
from ann_viz.session.exports.source.text import Section, import_lines, one_line, script_text
from ann_viz.session.exports.subject import Subject
from ann_viz.session.exports.to_portable import portable_model
from ann_viz.session.exports.trial import Trial, trial_of

__all__ = ["Material", "material_of", "origin_lines", "program_text"]


@dataclass(frozen=True, kw_only=True, eq=False)
class Material:
    """What a program is written of.

    Parameters
    ----------
    subject : Subject
    portable : PortableModel
    trial : Trial
    course : Course or None
        None where the loop can't be written.
    why_no_course : str
        Why.
    """

    subject: Subject
    portable: PortableModel
    trial: Trial
    course: Course | None
    why_no_course: str = ""


def material_of(subject: Subject, wish: Wish) -> Material:
    """Return what a program about a subject is written of."""
    course = course_of(subject)
    return Material(
        subject=subject,
        portable=portable_model(subject.model),
        trial=trial_of(subject, with_rows=wish.rows),
        course=None if isinstance(course, str) else course,
        why_no_course=course if isinstance(course, str) else "",
    )


def program_text(material: Material, sections: list[Section], library: str, imports: tuple[str, ...] = ()) -> str:
    """Return a whole program.

    Parameters
    ----------
    material : Material
    sections : list of Section
    library : str
        What has to be installed.
    imports : tuple of str
        Lines that import it, beyond NumPy.
    """
    code = "\n\n\n".join([script_text(sections), _tail(material)])
    beginning = [_docstring(material, library), "", *import_lines(code), "", "import numpy as np", *imports]
    return "\n".join(beginning) + "\n\n\n" + code


def _docstring(material: Material, library: str) -> str:
    """Return what stands at the top: what it is, how it is used, and where it comes from."""
    usage = [
        "    python THIS_FILE.py                  answers a few rows and compares them with the answers of ANN Viz"
    ]
    if material.course is not None:
        usage.append("    python THIS_FILE.py train TABLE.csv  learns once through your table, as ANN Viz did")
    usage.append("    from THIS_FILE import predict        answers for your own rows, each a dict by column name")
    title, needs, *origin = origin_lines(material, library)
    return "\n".join([f'"""{title}', "", needs, "", *usage, "", *origin, '"""'])


def origin_lines(material: Material, library: str) -> list[str]:
    """Return what a program is and where it comes from, line by line; the first is its title."""
    subject, known = material.subject, about(material.subject)
    lines = [
        f'Predicts "{one_line(material.portable.output.target)}" with a neural network that was trained in ANN Viz.',
        f"Its layers: {' - '.join(map(str, material.portable.sizes))}. It needs {library}.",
        f"Written by ANN Viz {__version__} from {one_line(subject.name)}.",
    ]
    if subject.n_networks > 1:
        each = " - ".join(map(str, subject.model.shown.config.sizes))
        lines.append(f"They are {subject.n_networks} networks of {each} side by side, whose mean is the answer.")
    if "data" in known:
        lines.append(f"The table: {format_number(known['data']['rows'])} rows, SHA-256 {known['data']['sha256']}.")
    if "run" in known:
        which = "the average of the last ones at" if subject.is_average else "those of"
        lines.append(f"The weights are {which} epoch {known['run']['epoch']} of run {known['run']['number']}.")
    if material.why_no_course:
        lines.append(f"The training loop is left out. {one_line(material.why_no_course)}")
    rows = "Ten rows of the table are" if material.trial.are_real else "No row of the table is"
    return [*lines, f"{rows} in this file."]


def _tail(material: Material) -> str:
    """Return what runs when the file is run."""
    lines = ['if __name__ == "__main__":']
    if material.course is not None:
        lines += [
            '    if sys.argv[1:2] == ["train"] and len(sys.argv) == 3:',
            "        train(sys.argv[2])",
            "        sys.exit()",
        ]
    lines += ["    if sys.argv[1:]:", "        sys.exit(__doc__)  # how it is used", "    sys.exit(not check())"]
    return "\n".join(lines) + "\n"
