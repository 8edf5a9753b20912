"""``ann-viz predict``: an answer for every row of a file, and a receipt of what stood in the way."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from ann_viz.cli.reading import add_reading, overrides
from ann_viz.errors import DataError
from ann_viz.files import STANDARD_OUTPUT
from ann_viz.numerals import count
from ann_viz.output import check_delivery, exact_output, say, say_json, words_beside

if TYPE_CHECKING:
    from ann_viz.session import Receipt
    from ann_viz.session.spreadsheet import FormulaCells

__all__ = ["add_arguments", "run"]


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add what can be said, and what runs it."""
    parser.set_defaults(run=run)
    add = parser.add_argument
    add("model", metavar="MODEL", help="written by `ann-viz train -o`")
    add("file", metavar="FILE", help="file with the columns the model was trained on, of any kind that train reads")
    add_reading(parser)
    add(
        "-o",
        "--output",
        metavar="FILE",
        help="where to write: CSV, or .tsv, .parquet, .xlsx by its ending (default: CSV to standard output, also named "
        "-)",
    )
    add(
        "--sort",
        choices=("file", "chance"),
        default="file",
        help="rows as in the file (default), or those with the largest chance or number first",
    )
    add(
        "--strict",
        action="store_true",
        help="write nothing and end with 2 where a row gets no answer, or one that rests on a cell filled, unknown or "
        "not read, or on a column missing, written otherwise than in training, or found by its place alone",
    )
    add("--fill-columns", action="store_true", help="answer though columns are missing, filling them like empty cells")
    add(
        "--json",
        action="store_true",
        help="print one JSON object about what was left out, filled or unknown: to standard output, or to standard "
        "error where the answers go there",
    )
    add(
        "--escape-formulas",
        action="store_true",
        help="put ' before cells that a spreadsheet would run: text that begins with =, +, -, @, a tab or a line end",
    )


def run(options: argparse.Namespace) -> None:
    """Run the command."""
    from ann_viz.session import load_model
    from ann_viz.session.new_rows import open_for
    from ann_viz.session.predict import examine, predict_file, predict_table
    from ann_viz.session.spreadsheet import FormulaCells

    inputs = (options.model, options.file)
    check_delivery(options.output, *inputs, text=True)
    model = load_model(options.model)
    formulas = FormulaCells(escape=options.escape_formulas)
    with open_for(model, options.file, overrides=overrides(options), fill_columns=options.fill_columns) as rows:
        if options.strict:  # first, as what was written to a stream can't be taken back
            receipt = examine(rows)
            if receipt.changed_answers:
                _tell_receipt(options, receipt, formulas)
                raise DataError("Nothing is written: some answers would rest on more than the file says (--strict).")
        if options.output in (None, STANDARD_OUTPUT):
            with exact_output() as output:
                receipt = predict_table(rows, output, formulas, order=options.sort)
        else:
            receipt = predict_file(rows, options.output, formulas, order=options.sort, inputs=inputs)
            say([f"{count(receipt.n_rows, 'row')} written to {options.output}"], sys.stderr)
        _tell_receipt(options, receipt, formulas)


def _tell_receipt(options: argparse.Namespace, receipt: Receipt, formulas: FormulaCells) -> None:
    from ann_viz.session.receipt import receipt_json
    from ann_viz.session.receipt_words import receipt_sentences

    sentences = receipt_sentences(receipt)
    if formulas.count:
        sentences.append(_about_formulas(formulas))
    known = receipt_json(receipt) | {"formula_cells": formulas.count} if options.json else None
    _tell(sentences, known, options.output or STANDARD_OUTPUT)


def _tell(sentences: Sequence[str], known: dict[str, Any] | None, output: str | None) -> None:
    """Say sentences on standard error, and what is known as JSON beside the output; where JSON goes, it is alone."""
    words = words_beside(output)
    if known is None or words is not sys.stderr:
        say(sentences, sys.stderr)
    if known is not None:
        say_json({**known, "sentences": list(sentences)}, words)


def _about_formulas(formulas: FormulaCells) -> str:
    verb = "begins" if formulas.count == 1 else "begin"
    cells = f"{count(formulas.count, 'cell')} {verb} with =, +, -, @, a tab or a line end"
    if formulas.escape:
        return f"{cells}; each has an apostrophe in front, so that spreadsheets show it."
    return f"{cells}; --escape-formulas keeps spreadsheets from running them."
