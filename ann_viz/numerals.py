"""How numbers are written for the reader, and the words that go with them: "2,932 rows", "a, b and 5 more".

Decimal point and thousands mark are those of the reader's language: the window sets both from ``QLocale`` when it
starts, commands write the English ones. Signs are true minus signs. Which function:

- `format_number`: in a format of Python's; `fixed`: with so many decimals.
- `unsigned`: in formulas, where a tiny number must not read as 0; `compact`: in little room, without decimals where it
  is large.
- `four_digits`: of the target, with zeros at the end, so that answers don't jump; `at_most_four_digits`: without them.
- `in_powers`: small and positive, "4.1·10⁻⁷"; `power_of_ten`: "10⁻⁷".
- `fixed_signed`, `signed`, `compact_signed`: the same with a plus.
- `percent`: whole and short, "<1 %"; `percent_in_words`: the same in a sentence; `percent_fixed`: with decimals.
- `count`: with a noun; `listed`: names in a sentence; `listed_briefly`: the first few of them.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from typing import Final

from ann_viz.translation import translatable, translate

__all__ = [
    "DECIMALS",
    "FINE_DECIMALS",
    "MINUS",
    "NBSP",
    "NOTHING",
    "at_most_four_digits",
    "compact",
    "compact_signed",
    "count",
    "fixed",
    "fixed_signed",
    "format_number",
    "four_digits",
    "in_powers",
    "listed",
    "listed_briefly",
    "narrow",
    "percent",
    "percent_fixed",
    "percent_in_words",
    "power_of_ten",
    "short_number",
    "signed",
    "unsigned",
    "use_marks",
]

MINUS: Final = "\N{MINUS SIGN}"
NBSP: Final = "\N{NO-BREAK SPACE}"
NOTHING: Final = "–"
"""Stands where there is no number."""

DECIMALS: Final = 2
FINE_DECIMALS: Final = 3
LARGE: Final = 100.0
LONG: Final = 1000.0
HUGE: Final = 1e9  # nobody reads more digits than a power of ten
HUGE_TARGET: Final = 1e12  # in a unit that the reader knows
NARROW: Final = 5
SUPERSCRIPTS: Final = str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹")
_marks: Final = str.maketrans({"-": MINUS})


def use_marks(decimal: str = ".", group: str = ",") -> None:
    """Write all numbers with these marks from now on.

    Parameters
    ----------
    decimal, group : str
        What stands before the decimals, and between thousands.
    """
    _marks.update(str.maketrans({".": decimal, ",": group}))


# Numbers alone --------------------------------------------------------------------------------------------------------
def format_number(value: float, form: str = ",") -> str:
    """Return `value` in the format specification `form`, with a true minus and the reader's marks.

    What has overflown is "∞" and what is no number "–", whatever the form.
    """
    if value != value:  # NaN; `math.isnan` does not take every whole number
        return NOTHING
    if abs(value) == math.inf:
        return "∞" if value > 0 else f"{MINUS}∞"
    return format(value, form).translate(_marks)


def fixed(value: float, decimals: int = DECIMALS) -> str:
    """Return `value` with a true minus sign and never a minus before zero."""
    return format_number(value, f"z.{decimals}f")


def fixed_signed(value: float, decimals: int = DECIMALS) -> str:
    """Return `value` with its sign, plus included."""
    text = fixed(value, decimals)
    return text if text.startswith(MINUS) else f"+{text}"


def unsigned(value: float, decimals: int = DECIMALS) -> str:
    """Return a number with a true minus; one too small for its decimals, or too long to be read, with a power."""
    value += 0.0  # a negative zero has no sign worth telling
    if value != 0 and abs(value) < 0.5 * 10**-decimals:
        return format_number(value, ".1e")
    return format_number(value, f",.{decimals}f" if abs(value) < HUGE else f".{decimals}e")


def signed(value: float, decimals: int = DECIMALS) -> str:
    """Return a number as `unsigned` does, but always with its sign."""
    return unsigned(value, decimals) if value < 0 else f"+{unsigned(value, decimals)}"


def compact(value: float, decimals: int = DECIMALS) -> str:
    """Return `value` with so many decimals, fewer where it is large: they would take the room of the name."""
    if not math.isfinite(value):
        return NOTHING
    return fixed(value, decimals) if abs(value) < LARGE else _whole(value)


def compact_signed(value: float, decimals: int = DECIMALS) -> str:
    """Return `value` with its sign: "+1.32", "−0.75", and "0.00" without one."""
    text = compact(value, decimals)
    return f"+{text}" if value > 0 and float(f"{value:.{decimals}f}") else text


def narrow(value: float, decimals: int) -> str:
    """Return `value` with so many decimals, or what of it fits in a circle: at most five characters."""
    text = fixed(value, decimals)
    return text if len(text) <= NARROW or not math.isfinite(value) else _whole(value)


def _whole(value: float) -> str:
    """Return `value` without decimals; where that is long, one digit and a power of ten: "−2e6"."""
    text = fixed(value, 0)
    if len(text) <= NARROW:
        return text
    digit, power = f"{value:.0e}".split("e")
    return f"{digit}e{int(power)}".translate(_marks)


def short_number(value: float, decimals: int = FINE_DECIMALS) -> str:
    """Return `value` with so many decimals, or from 1,000 on with a power of ten: as wide at any size."""
    return fixed(value, decimals) if abs(value) < LONG else format_number(value, ".2e")


def in_powers(value: float) -> str:
    """Write a small positive number: "0.0032", or "4.1·10⁻⁷"."""
    if value == 0 or not math.isfinite(value):
        return "0" if value == 0 else "∞"
    if 1e-4 <= value < 1e4:
        return format_number(value, f",.{max(0, 1 - math.floor(math.log10(value)))}f")
    digits, power = f"{value:.1e}".split("e")
    return f"{format_number(float(digits), '.1f')}·{power_of_ten(int(power))}"


def power_of_ten(power: int) -> str:
    """Return "10⁻⁷" for −7."""
    return f"10{str(power).translate(SUPERSCRIPTS)}"


def four_digits(value: float) -> str:
    """Return a number of the target's unit with about four digits and thousands marks: "182,784", "97.30"."""
    magnitude = abs(value)
    if magnitude >= HUGE_TARGET:
        return format_number(value, ".3e")
    decimals = 0 if magnitude >= 1000 else 1 if magnitude >= 100 else 2 if magnitude >= 1 else 3
    return format_number(value, f",.{decimals}f")


def at_most_four_digits(value: float) -> str:
    """Return a number of a column, rounded, without zeros at its end: "182,784", "97.3"."""
    return format_number(value, ",.0f" if abs(value) >= 1000 else ".4g")


# Shares ---------------------------------------------------------------------------------------------------------------
def percent(share: float) -> str:
    """Return a share as whole per cent with a no-break space; never 0 % or 100 % for what is neither."""
    value = round(100 * share)
    if value == 0 and share > 0:
        return f"<1{NBSP}%"
    if value == 100 and share < 1:
        return f">99{NBSP}%"
    return f"{value}{NBSP}%"


def percent_in_words(share: float) -> str:
    """Return the same for a sentence: "less than 1 %", "more than 99 %"."""
    text = percent(share)
    if text.startswith("<"):
        return translate("less than {share}").format(share=text[1:])
    if text.startswith(">"):
        return translate("more than {share}").format(share=text[1:])
    return text


def percent_fixed(share: float, decimals: int = 1) -> str:
    """Return a share as per cent with so many decimals, as a score is written."""
    return f"{format_number(100 * share, f'.{decimals}f')}{NBSP}%"


# With words -----------------------------------------------------------------------------------------------------------
NOUNS: Final = {
    "broken row": (translatable("{n} broken row"), translatable("{n} broken rows")),
    "category": (translatable("{n} category"), translatable("{n} categories")),
    "cell": (translatable("{n} cell"), translatable("{n} cells")),
    "column": (translatable("{n} column"), translatable("{n} columns")),
    "different text": (translatable("{n} different text"), translatable("{n} different texts")),
    "different value": (translatable("{n} different value"), translatable("{n} different values")),
    "cell without a value": (translatable("{n} cell without a value"), translatable("{n} cells without a value")),
    "hidden neuron": (translatable("{n} hidden neuron"), translatable("{n} hidden neurons")),
    "input": (translatable("{n} input"), translatable("{n} inputs")),
    "line": (translatable("{n} line"), translatable("{n} lines")),
    "mended row": (translatable("{n} mended row"), translatable("{n} mended rows")),
    "merged cell": (translatable("{n} merged cell"), translatable("{n} merged cells")),
    "more column": (translatable("{n} more column"), translatable("{n} more columns")),
    "more row": (translatable("{n} more row"), translatable("{n} more rows")),
    "more word": (translatable("{n} more word"), translatable("{n} more words")),
    "neuron": (translatable("{n} neuron"), translatable("{n} neurons")),
    "parameter": (translatable("{n} parameter"), translatable("{n} parameters")),
    "row": (translatable("{n} row"), translatable("{n} rows")),
    "step": (translatable("{n} step"), translatable("{n} steps")),
    "target": (translatable("{n} target"), translatable("{n} targets")),
    "time": (translatable("once"), translatable("{n} times")),
    "value": (translatable("{n} value"), translatable("{n} values")),
}


def count(number: int, noun: str) -> str:
    """Return "1 row" or "2,932 rows"; `noun` is one of `NOUNS`."""
    return translate(NOUNS[noun][number != 1]).format(n=format_number(number))


def listed(names: Iterable[str], most: int = 3) -> str:
    """Return "a", "a and b", "a, b and c" or "a, b, c and 5 more"."""
    names = list(names)
    if len(names) > most + 1:
        text = translate("{names} and {n} more")
        return text.format(names=", ".join(names[:most]), n=format_number(len(names) - most))
    if len(names) < 2:
        return "".join(names)
    return translate("{names} and {last}").format(names=", ".join(names[:-1]), last=names[-1])


def listed_briefly(names: Iterable[str], most: int, noun: str) -> str:
    """Return "a, b" or "a, b and 5 more columns"; `noun` is one of `NOUNS`, such as "more column"."""
    names = list(names)
    text = ", ".join(names[:most])
    if len(names) <= most:
        return text
    return translate("{names} and {more}").format(names=text, more=count(len(names) - most, noun))
