"""Every word that the web page shows and that is not data, in the reader's language."""

from __future__ import annotations

from ann_viz.numerals import count, format_number
from ann_viz.session.exports.subject import Subject
from ann_viz.translation import translate

__all__ = ["glossary", "words"]


def words(subject: Subject) -> dict[str, str]:
    """Return the page's own words by the names its scripts know them by; {n} and the like are filled in there.

    "lang" is the code of the language they are in.
    """
    row = subject.model.recipe.row_name.lower() or translate("row")
    return {
        "lang": translate("en"),
        "replay": translate("Replay"),
        "pause": translate("Pause"),
        "moment": translate("Epoch"),
        "epochOf": translate("epoch {n} of {last}"),
        "epoch": translate("epoch"),
        "curve": translate("It got better, epoch by epoch"),
        "loss": translate("loss"),
        "learns": translate("rows it learns"),
        "kept": translate("rows kept aside"),
        "best": translate("best"),
        "try": translate("Try a {row}").format(row=row),
        "draw": translate("Draw a picture"),
        "clear": translate("Clear"),
        "padHint": translate("Draw with the mouse or a finger; the network answers at once."),
        "more": translate("{n} more columns"),
        "moreOne": translate("1 more column"),
        "fewer": translate("Fewer columns"),
        "empty": translate("empty"),
        "emptyHint": translate("An empty field counts as missing."),
        "higher": translate("More than for a typical {row}, mostly because of {reasons}").replace("{row}", row),
        "lower": translate("Less than for a typical {row}, mostly because of {reasons}").replace("{row}", row),
        "and": translate("{names} and {last}"),
        "typical": translate("This is a typical {row}: nothing speaks for or against.").format(row=row),
        "isTruth": translate("In the table: {truth}"),
        "at": translate("as it answered at epoch {n}"),
        "row": translate("Row of the table"),
        "noRow": translate("a typical {row}").format(row=row),
        "more_neurons": translate("+{n} more"),
        "network": translate("The network, neuron by neuron"),
        "column": translate("Column"),
        "value": translate("Value"),
        "answer": translate("Answer"),
        "details": translate("How well it learned, words, where it is from"),
        "madeWith": translate("made with ANN Viz"),
        "decimal": format_number(0.5, ".1f")[1],
        "group": format_number(1000, ",")[1],
        "noScript": translate("Your browser runs no scripts: this is the network as it was at the end."),
    }


def glossary(subject: Subject) -> list[tuple[str, str]]:
    """Return a few words with what they mean on this page."""
    rows = translate("all rows")
    if subject.dataset is not None:
        rows = count(len(subject.dataset.train), "row")
    return [
        (
            translate("Weight"),
            translate("a line: how strongly one number pushes the next. Blue pushes up, orange down."),
        ),
        (translate("Neuron"), translate("a circle: it adds up what reaches it and passes it on.")),
        (translate("Bias"), translate("a small square: a push of its own that a neuron adds.")),
        (translate("Epoch"), translate("one pass over {rows}.").format(rows=rows)),
        (translate("Validation"), translate("rows kept aside, to see if it learned or memorised.")),
    ]
