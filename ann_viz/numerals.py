"""How numbers are written for the reader, and the words that go with them: "2,932 rows", "a, b and 5 more".

Decimal point and thousands mark are those of the reader's language: the window sets both from ``QLocale`` when it
starts, commands write the English ones. Signs are true minus signs. Which function:

- `format_number`: in a format of Python's, where an exponent becomes a power of ten; `fixed`: with so many decimals.
- `written`: with the digits it has, as in formulas.
- `unsigned`: in formulas, where a tiny number must not read as 0; `compact`: in little room, without decimals where it
  is large.
- `four_digits`: of the target, with zeros at the end, so that answers don't jump; `at_most_four_digits`: without them.
- `in_powers`: small and positive, "4.1·10⁻⁷"; `power_of_ten`: "10⁻⁷".
- `fixed_signed`, `signed`, `compact_signed`: the same with a plus.
- `percent`: whole and short, "<1 %"; `percent_in_words`: the same in a sentence; `percent_fixed`: with decimals.
- `count`: with a noun; `counted`: in a sentence with a form for one and for many.
- `listed`: names in a sentence; `listed_briefly`: the first few of them.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterable
from decimal import Decimal
from typing import Final

from ann_viz.translation import translate, translate_plural

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
    "counted",
    "fixed",
    "fixed_signed",
    "format_number",
    "four_digits",
    "in_powers",
    "is_in_powers",
    "listed",
    "listed_briefly",
    "narrow",
    "percent",
    "percent_fixed",
    "percent_in_words",
    "power_of_ten",
    "read_number",
    "short_number",
    "signed",
    "target_decimals",
    "unsigned",
    "use_marks",
    "written",
]

MINUS: Final = "\N{MINUS SIGN}"
NBSP: Final = "\N{NO-BREAK SPACE}"
NOTHING: Final = "–"
"""Stands where there is no number."""

DECIMALS: Final = 2
FINE_DECIMALS: Final = 3
LARGE: Final = 100.0
LONG: Final = 1000.0
TINY: Final = 1e-4  # so many noughts behind the point can't be counted at a glance
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
def format_number(value: float | Decimal, form: str = ",") -> str:
    """Return `value` in the format specification `form`, with a true minus and the reader's marks.

    What has overflown is "∞" and what is no number "–", whatever the form; "1.2e-07" becomes "1.2·10⁻⁷".
    """
    if value != value:  # NaN; `math.isnan` does not take every whole number
        return NOTHING
    if abs(value) == math.inf:
        return "∞" if value > 0 else f"{MINUS}∞"
    digits, e, power = format(value, form).translate(_marks).lower().partition("e")
    if not e:
        return digits
    ten = power_of_ten(int(power.replace(MINUS, "-")))
    return f"{digits[:-1]}{ten}" if digits.lstrip(MINUS) == "1" else f"{digits}·{ten}"


def read_number(text: str) -> float:
    """Return the number that somebody typed, with the reader's marks, a point or a comma; NaN where it is none."""
    bare = "".join(text.split()).replace(MINUS, "-")
    decimal, group = ".".translate(_marks), ",".translate(_marks)
    if re.fullmatch(rf"-?\d{{1,3}}({re.escape(group)}\d{{3}})+({re.escape(decimal)}\d*)?", bare):
        bare = bare.replace(group, "")
    try:
        number = float(bare.replace(decimal, ".").replace(",", "."))
    except ValueError:
        return math.nan
    return number if math.isfinite(number) else math.nan


def written(value: Decimal, *, grouped: bool = True) -> str:
    """Return a number with the digits it has; a very small or large one with a power of ten."""
    if is_in_powers(value):
        return format_number(value, f".{len(value.as_tuple().digits) - 1}e")
    return format_number(value, ",f" if grouped else "f")


def is_in_powers(value: Decimal) -> bool:
    """Return whether `written` gives a number a power of ten."""
    return value.is_finite() and bool(value) and not TINY <= abs(value) < HUGE


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
    if abs(value) >= HUGE_TARGET:
        return format_number(value, ".3e")
    return format_number(value, f",.{target_decimals(value)}f")


def target_decimals(value: float) -> int:
    """Return with how many decimals `four_digits` writes a number."""
    magnitude = abs(value)
    return 0 if magnitude >= 1000 else 1 if magnitude >= 100 else 2 if magnitude >= 1 else 3


def at_most_four_digits(value: float) -> str:
    """Return a number of a column, rounded, without zeros at its end: "182,784", "97.3", "2.5·10³⁰"."""
    return format_number(value, ",.0f" if 1000 <= abs(value) < HUGE_TARGET else ".4g")


# Shares ---------------------------------------------------------------------------------------------------------------
def percent(share: float) -> str:
    """Return a share as whole per cent with a no-break space; never 0 % or 100 % for what is neither."""
    if share != share:  # NaN
        return NOTHING
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


def size_text(size_bytes: int) -> str:
    """Return a number of bytes in the unit a file browser would choose."""
    size = float(size_bytes)
    for unit in (translate("bytes"), "kB"):
        if size < 1000:
            return f"{format_number(size, '.0f')}{NBSP}{unit}"
        size /= 1000
    unit, size = ("MB", size) if size < 1000 else ("GB", size / 1000)
    return f"{format_number(size, '.1f' if size < 10 or unit == 'GB' else '.0f')}{NBSP}{unit}"


# With words -----------------------------------------------------------------------------------------------------------
def counted(one: str, many: str, n: int, **values: str) -> str:
    """Return the form that belongs to a number, with the number as ``{n}`` and the other values put in.

    Parameters
    ----------
    one, many : str
        In English: "{n} row", "{n} rows". A translation has as many forms as its language; both are found by the
        translators' tool only where they stand in the call, with `n` as the third argument.
    n : int
        How many there are.
    values : str
        What else is named in the texts.
    """
    return translate_plural(one, many, n).format(n=format_number(n), **values)


NOUNS: Final[dict[str, Callable[[int], str]]] = {
    "batch": lambda n: counted("{n} batch", "{n} batches", n),
    "change": lambda n: counted("{n} change", "{n} changes", n),
    "epoch": lambda n: counted("{n} epoch", "{n} epochs", n),
    "broken row": lambda n: counted("{n} broken row", "{n} broken rows", n),
    "category": lambda n: counted("{n} category", "{n} categories", n),
    "cell": lambda n: counted("{n} cell", "{n} cells", n),
    "cell without a value": lambda n: counted("{n} cell without a value", "{n} cells without a value", n),
    "character": lambda n: counted("{n} character", "{n} characters", n),
    "column": lambda n: counted("{n} column", "{n} columns", n),
    "class": lambda n: counted("{n} class", "{n} classes", n),
    "different text": lambda n: counted("{n} different text", "{n} different texts", n),
    "different value": lambda n: counted("{n} different value", "{n} different values", n),
    "hidden neuron": lambda n: counted("{n} hidden neuron", "{n} hidden neurons", n),
    "hidden row": lambda n: counted("{n} hidden row", "{n} hidden rows", n),
    "input": lambda n: counted("{n} input", "{n} inputs", n),
    "layer of weights": lambda n: counted("{n} layer of weights", "{n} layers of weights", n),
    "line": lambda n: counted("{n} line", "{n} lines", n),
    "mended row": lambda n: counted("{n} mended row", "{n} mended rows", n),
    "merged cell": lambda n: counted("{n} merged cell", "{n} merged cells", n),
    "more column": lambda n: counted("{n} more column", "{n} more columns", n),
    "more path": lambda n: counted("{n} more path", "{n} more paths", n),
    "more row": lambda n: counted("{n} more row", "{n} more rows", n),
    "more word": lambda n: counted("{n} more word", "{n} more words", n),
    "neuron": lambda n: counted("{n} neuron", "{n} neurons", n),
    "other input": lambda n: counted("the other input", "the other {n} inputs", n),
    "path": lambda n: counted("{n} path", "{n} paths", n),
    "parameter": lambda n: counted("{n} parameter", "{n} parameters", n),
    "round": lambda n: counted("{n} round", "{n} rounds", n),
    "row": lambda n: counted("{n} row", "{n} rows", n),
    "run": lambda n: counted("{n} run", "{n} runs", n),
    "seed": lambda n: counted("{n} seed", "{n} seeds", n),
    "step": lambda n: counted("{n} step", "{n} steps", n),
    "target": lambda n: counted("{n} target", "{n} targets", n),
    "time": lambda n: counted("once", "{n} times", n),
    "test row": lambda n: counted("{n} test row", "{n} test rows", n),
    "made-up row": lambda n: counted("{n} made-up row", "{n} made-up rows", n),
    "training row": lambda n: counted("{n} training row", "{n} training rows", n),
    "update": lambda n: counted("{n} update", "{n} updates", n),
    "validation row": lambda n: counted("{n} validation row", "{n} validation rows", n),
    "value": lambda n: counted("{n} value", "{n} values", n),
    "word": lambda n: counted("{n} word", "{n} words", n),
    "zero term": lambda n: counted("{n} term is 0", "{n} terms are 0", n),
}


def count(number: int, noun: str, *, about: bool = False) -> str:
    """Return "1 row" or "2,932 rows", or of an estimate "about 2,900 rows"; `noun` is one of `NOUNS`."""
    if about:
        step = 10 ** max(0, len(str(number)) - 2)  # two digits are known
        number = round(number / step) * int(step)
    told = NOUNS[noun](number)
    return translate("about {told}").format(told=told) if about else told


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
