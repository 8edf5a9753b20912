"""Lines around a table, its bytes, rows of other widths, sums among the rows; and several faults at once."""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import Final

from tests.data.own_cases.case import ANSWERS, COLOURS, NUMBERS, Case, Column, N, table_text

__all__ = ["table_cases"]

_NAMES: Final = ("weight", "colour", "answer")
_TOTALS: Final = (
    "Total",
    "Gesamt",
    "Summe",
    "Totale",
    "Totaal",
    "Suma",
    "Итого",
    "Grand total",
    "TOTAL:",
    "Gesamtsumme",
)
_LEFT_OUT: Final = frozenset(("lines left out",))
_COLUMNS: Final = {
    "weight": Column(kind="number", cells=NUMBERS),
    "colour": Column(kind="category", cells=COLOURS),
    "answer": Column(kind="yes_no", cells=ANSWERS),
}


def _lines(delimiter: str = ",", decimal: str = ".") -> list[str]:
    """The lines of a plain table."""
    weights = [f"{x:.2f}".replace(".", decimal) for x in NUMBERS]
    return table_text({"weight": weights, "colour": COLOURS, "answer": ANSWERS}, delimiter).splitlines()


def _case(name: str, kind: str, text: str | bytes, **more: object) -> Case:
    content = text if isinstance(text, bytes) else text.encode()
    plain = {"columns": _COLUMNS, "names": _NAMES, "target": "answer"}
    return Case(name=name + ".csv", kind=kind, content=content, **(plain | more))  # type: ignore[arg-type]


def table_cases() -> Iterator[Case]:
    """Yield the cases."""
    yield from _above_and_below()
    yield from _widths()
    yield from _totals()
    yield from _subtotals()
    yield from _bytes()
    yield from _together()


def _above_and_below() -> Iterator[Case]:
    head, *rows = _lines()
    everything = "\n".join([head, *rows])
    for name, above in (
        ("title", "Results of the survey"),
        ("title_padded", "Results of the survey,,"),
        ("title_blank", "Results of the survey,,\n,,"),
        ("title_note", "Results,,\nexported by hand,,\n,,"),
        ("comments", "# made by hand\n# on a Monday"),
        ("key_value", "Station: 17,,\nSensor: 4,,\n"),
        ("blank_lines", "\n\n"),
    ):
        quiet = name in ("comments", "blank_lines")
        yield _case(
            f"above_{name}", "lines above", f"{above}\n{everything}\n", findings=frozenset() if quiet else _LEFT_OUT
        )
    yield _case("sep_line", "sep line", "sep=,\n" + everything + "\n")
    for name, below in (("units", "kg,,"), ("units_brackets", "[kg],[-],[-]"), ("dashes", "-----,-----,-----")):
        yield _case(f"below_{name}", "units row", "\n".join([head, below, *rows]), findings=_LEFT_OUT)
    for name, end in (
        ("blank_rows", "\n".join([",,"] * 300)),
        ("note", ",,\nSource: own count,,"),
        ("note_padded", "* estimated by hand,,"),
    ):
        yield _case(f"end_{name}", "lines below", f"{everything}\n{end}\n", findings=_LEFT_OUT)
    for name, again in (("", head), ("_capitals", head.upper())):
        joined = [head, *rows[:15], again, *rows[15:30], again, *rows[30:]]
        yield _case(f"joined_files{name}", "header again", "\n".join(joined), findings=_LEFT_OUT)
    wide = [f"{line},,," for line in (head, *rows)]
    yield _case("blank_columns", "blank columns", "\n".join(wide), findings=frozenset(("columns left out",)))
    orange = [head, "c,d,d", ",,class", *rows]
    yield _case("orange", "Orange header", "\n".join(orange), findings=_LEFT_OUT)
    markdown = ["| " + " | ".join(line.split(",")) + " |" for line in (head, "---,---,---", *rows)]
    yield _case("markdown", "bars", "\n".join(markdown), findings=_LEFT_OUT)


def _widths() -> Iterator[Case]:
    head, *rows = _lines()
    trailing = [f"{row}," if i % 2 else row for i, row in enumerate(rows)]
    yield _case("some_trailing", "trailing commas", "\n".join([head, *trailing]))
    yield _case("all_trailing", "trailing commas", "\n".join(f"{line}," for line in (head, *rows)))
    for n in (1, 2, 5):
        yield _case(f"surplus_{n}", "surplus cells", "\n".join([head, *(row + "," * n for row in rows)]))
    cut = [",".join(row.split(",")[: 1 + i % 3]) for i, row in enumerate(rows)]
    yield _case("cut_short", "ragged", "\n".join([head, *cut]), columns={}, n_rows=N // 3)
    short = [*rows[:10], rows[10].rsplit(",", 1)[0], *rows[11:]]
    yield _case("one_short", "ragged", "\n".join([head, *short]), columns={}, n_rows=N - 1)
    quoted = ['"' + line + '"' for line in (head, *rows)]
    yield _case("lines_quoted", "lines quoted", "\n".join(quoted))
    doubled = ['"' + ",".join(f'""{cell}""' for cell in line.split(",")) + '"' for line in (head, *rows)]
    yield _case("lines_quoted_twice", "lines quoted", "\n".join(doubled))
    for name, delimiter in (("tab", "\t"), ("bar", "|"), ("semicolon", ";"), ("caret", "^"), ("tilde", "~")):
        yield _case(f"delimiter_{name}", "delimiter", "\n".join(_lines(delimiter)))
    yield _case("delimiter_comma_blank", "delimiter", "\n".join(line.replace(",", ", ") for line in (head, *rows)))
    blanks = [" ".join(f"{cell:<10}" for cell in line.split(",")).rstrip() for line in (head, *rows)]
    yield _case("aligned", "blanks", "\n".join(blanks))


def _totals() -> Iterator[Case]:
    _head, *_rows = _lines()
    for i, word in enumerate(_TOTALS):
        text = "\n".join(
            [
                "group,amount,number",
                *(f"{c} {k % 9},{x:.2f},{k + 3}" for k, (c, x) in enumerate(zip(COLOURS, NUMBERS, strict=True))),
            ]
        )
        text += f"\n{word},{sum(NUMBERS):.2f},{sum(range(3, N + 3))}\n"
        yield _case(
            f"total_{i}",
            "totals",
            text,
            columns={},
            names=(),
            n_rows=N + 1,
            target=None,
            findings=frozenset(("totals",)),
        )


def _subtotals() -> Iterator[Case]:
    """Sums of groups, as spreadsheets put them between the rows."""
    head, *rows = _lines()
    for name, label in (("english", "{} Total"), ("german", "{} Ergebnis"), ("before", "Subtotal {}")):
        lines = [head]
        for start in range(0, N, 10):
            sold = [f"{part},{row}" for part, row in zip(["North"] * 10, rows[start : start + 10], strict=True)]
            lines += [*sold, f"{label.format('North')},{sum(NUMBERS[start : start + 10]):.2f},,"]
        yield _case(
            f"subtotal_{name}",
            "totals",
            "\n".join(["region," + head, *lines[1:]]),
            columns={},
            names=("region", *_NAMES),
            n_rows=N + N // 10,
            findings=frozenset(("totals",)),
        )


def _bytes() -> Iterator[Case]:
    text = "\n".join(_lines()).replace("colour", "größe").replace("red", "café")
    columns = {
        "weight": _COLUMNS["weight"],
        "größe": Column(kind="category", cells=[c.replace("red", "café") for c in COLOURS]),
    }
    names = ("weight", "größe", "answer")
    for encoding in ("utf-8", "utf-8-sig", "utf-16", "utf-16-le", "cp1252", "utf-16-be"):
        yield _case(f"bytes_{encoding}", "encoding", text.encode(encoding), columns=columns, names=names)
    for name, words, encoding in (
        ("gbk", ("红色", "绿色", "蓝色"), "gb18030"),
        ("sjis", ("赤い色", "みどり色", "青い色です"), "shift_jis"),
        ("cyrillic", ("красный", "зелёный", "синий"), "cp1251"),
        ("greek", ("κόκκινο", "πράσινο", "γαλάζιο"), "cp1253"),
    ):
        swap = dict(zip(("red", "green", "blue"), words, strict=True))
        other = "\n".join(_lines())
        for word, new in swap.items():
            other = other.replace(word, new)
        expected = {"colour": Column(kind="category", cells=[swap[c] for c in COLOURS])}
        yield _case(f"bytes_{name}", "encoding", other.encode(encoding), columns=expected)
    stray = frozenset(("stray bytes",))
    plain = "\n".join(_lines() * 1).encode()
    many = "\n".join([_lines()[0], *[line.replace("red", "café") for line in _lines()[1:]]]).encode()
    yield _case("bytes_one_bad", "bad byte", many.replace(b"blue", b"bl\xffe", 1), columns={}, findings=stray)
    yield _case("bytes_nul_tail", "NUL", plain + b"\n" + b"\0" * 600, findings=frozenset())
    for ending in ("\r\n", "\r", "\n\n"):
        yield _case(f"ends_{ending.encode().hex()}", "line ends", ending.join(_lines()))


def _together() -> Iterator[Case]:
    """Several faults in one file."""
    german = [f"{x:,.2f}".translate(str.maketrans(",.", ".,")) for x in NUMBERS]
    right = list(NUMBERS)
    german[7], right[7] = "k. A.", math.nan
    lines = table_text({"Gewicht": german, "Farbe": COLOURS, "Antwort": ANSWERS}, ";").splitlines()
    expected = {"Gewicht": Column(kind="number", cells=right, n_odd=1)}
    names = ("Gewicht", "Farbe", "Antwort")
    both = _LEFT_OUT | {"odd cells"}
    common = {"columns": expected, "names": names, "target": "Antwort"}
    title = "Messreihe;;\n;;\n"
    yield _case("together_title_odd", "combined", title + "\n".join(lines), findings=both, **common)
    bom = "\ufeff" + title + "\n".join([*lines, *[";;"] * 50])
    yield _case("together_bom_tail", "combined", bom, findings=both, **common)
    units = [lines[0], "kg;;", *lines[1:20], lines[0], *lines[20:]]
    yield _case("together_units_again", "combined", "\n".join(units), findings=both, **common)
    cp1252 = "\r\n".join([*lines, "Quelle: eigene Zählung;;"]).encode("cp1252")
    yield _case("together_cp1252_note", "combined", cp1252, findings=both, **common)
    dotted = [f"{x:.2f}" for x in NUMBERS]
    two = table_text({"a": dotted, "b": [f"{x / 4:.2f}".replace(".", ",") for x in range(N)], "answer": ANSWERS}, ";")
    marks = {"a": Column(kind="number", cells=NUMBERS), "b": Column(kind="number", cells=[x / 4 for x in range(N)])}
    yield _case("together_two_marks", "combined", two, columns=marks, names=("a", "b", "answer"))
    measured = [f"{x:.2f} kg" if i % 8 else "unknown" for i, x in enumerate(NUMBERS)]
    missing = [x if i % 8 else math.nan for i, x in enumerate(NUMBERS)]
    unit = table_text({"mass": measured, "colour": COLOURS, "answer": ANSWERS})
    wanted = {"mass": Column(kind="number", cells=missing, n_odd=5)}
    yield _case(
        "together_unit_odd",
        "combined",
        unit,
        columns=wanted,
        names=("mass", "colour", "answer"),
        findings=frozenset(("odd cells", "unit")),
    )
    sentinel = [f"{-999.0 if i % 9 == 4 else x:.2f}" if i % 10 else "#DIV/0!" for i, x in enumerate(NUMBERS)]
    numbers = [(-999.0 if i % 9 == 4 else x) if i % 10 else math.nan for i, x in enumerate(NUMBERS)]
    text = table_text({"dose": sentinel, "colour": COLOURS, "answer": ANSWERS})
    yield _case(
        "together_sentinel_odd",
        "combined",
        text,
        columns={"dose": Column(kind="number", cells=numbers, n_odd=4)},
        names=("dose", "colour", "answer"),
        findings=frozenset(("odd cells", "sentinel")),
    )
