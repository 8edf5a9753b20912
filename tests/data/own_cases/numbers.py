"""Numbers in the marks of many countries, with units and signs, and with cells that are no numbers."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from typing import Final

from tests.data.own_cases.case import NUMBERS, Case, Column, N, case

__all__ = ["number_cases"]

_DIGITS: Final = {
    "full_width": "０１２３４５６７８９．",
    "arabic": "٠١٢٣٤٥٦٧٨٩٫",
    "persian": "۰۱۲۳۴۵۶۷۸۹٫",
    "hindi": "०१२३४५६७८९.",
}


def _swapped(text: str) -> str:
    return text.translate(str.maketrans(",.", ".,"))


def _lakh(x: float) -> str:
    whole, _, rest = f"{x * 100:.2f}".partition(".")
    head, tail = whole[:-3], whole[-3:]
    groups = []
    while head:
        groups.insert(0, head[-2:])
        head = head[:-2]
    return ",".join([*groups, tail]) + "." + rest


def _written() -> dict[str, tuple[Sequence[str], Sequence[float]]]:
    """Ways to write the numbers, and which numbers they are."""
    english = [f"{x:,.2f}" for x in NUMBERS]
    whole = [float(math.floor(x)) for x in NUMBERS]
    return {
        "english": (english, NUMBERS),
        "german": ([_swapped(text) for text in english], NUMBERS),
        "german_whole": ([_swapped(f"{x:,.0f}") for x in [*whole[:-2], 991.0, 7.0]], [*whole[:-2], 991.0, 7.0]),
        "german_million": ([_swapped(f"{x * 1000:,.0f}") for x in whole], [x * 1000 for x in whole]),
        "french_nbsp": ([_swapped(text).replace(".", "\u00a0") for text in english], NUMBERS),
        "french_narrow": ([_swapped(text).replace(".", "\u202f") for text in english], NUMBERS),
        "thin": ([text.replace(",", "\u2009") for text in english], NUMBERS),
        "space": ([text.replace(",", " ") for text in english], NUMBERS),
        "swiss": ([text.replace(",", "'") for text in english], NUMBERS),
        "swiss_curly": ([text.replace(",", "\u2019") for text in english], NUMBERS),
        "lakh": ([_lakh(x) for x in NUMBERS], [x * 100 for x in NUMBERS]),
        "comma": ([f"{x:.2f}".replace(".", ",") for x in NUMBERS], NUMBERS),
        "comma_exponent": ([f"{x:.6E}".replace(".", ",") for x in NUMBERS], NUMBERS),
        "euro_behind": ([_swapped(text) + " €" for text in english], NUMBERS),
        "dollar_before": (["$" + text for text in english], NUMBERS),
        "pound": (["£" + text for text in english], NUMBERS),
        "francs": (["CHF " + text.replace(",", "'") for text in english], NUMBERS),
        "kronor": ([_swapped(text).replace(".", " ") + " kr" for text in english], NUMBERS),
        "zloty": ([_swapped(text).replace(".", " ") + " zł" for text in english], NUMBERS),
        "reais": (["R$ " + _swapped(text) for text in english], NUMBERS),
        "rupees": (["₹" + _lakh(x) for x in NUMBERS], [x * 100 for x in NUMBERS]),
        "chile": (["$" + _swapped(f"{x:,.0f}") for x in whole], whole),
        "thousand_dollars": ([f"${x:,.0f}" for x in _thousands()], _thousands()),
        "litre_prices": (
            [f"{1.2 + i / 1000:.3f} €".replace(".", ",") for i in range(N)],
            [1.2 + i / 1000 for i in range(N)],
        ),
        "label": ([f"weight: {x:.2f}" for x in NUMBERS], NUMBERS),
        "degrees_spaced": ([f"{x / 4:.1f}° C" for x in whole], [round(x / 4, 1) for x in whole]),
        "yen": (["¥" + f"{x:,.0f}" for x in whole], whole),
        "brackets": ([f"({text})" if i % 5 == 0 else text for i, text in enumerate(english)], _signed()),
        "minus_behind": ([f"{text}-" if i % 5 == 0 else text for i, text in enumerate(english)], _signed()),
        "long_minus": ([f"\u2212{text}" if i % 5 == 0 else text for i, text in enumerate(english)], _signed()),
        "plus": ([f"{'-' if i % 5 == 0 else '+'}{x:.2f}" for i, x in enumerate(NUMBERS)], _signed()),
        "apostrophe": ([f"'{x:.2f}" for x in NUMBERS], NUMBERS),
        **{
            name: ([f"{x:.2f}".translate(str.maketrans("0123456789.", marks)) for x in NUMBERS], NUMBERS)
            for name, marks in _DIGITS.items()
        },
        "unseen": ([f"\u200b{x:.2f}\u00ad" if i % 3 else f"{x:.2f}" for i, x in enumerate(NUMBERS)], NUMBERS),
        "blanks": ([f"  {x:.2f}\u00a0" for x in NUMBERS], NUMBERS),
        "percent": ([f"{i + 0.5}%" for i in range(N)], [i + 0.5 for i in range(N)]),
        "percent_spaced": ([f"{i},5 %" for i in range(N)], [i + 0.5 for i in range(N)]),
        "kg": ([f"{x:.2f} kg" for x in NUMBERS], NUMBERS),
        "kmpl": ([f"{x:.2f} kmpl" for x in NUMBERS], NUMBERS),
        "degrees": ([f"{x:.1f} °C" for x in range(N)], [float(x) for x in range(N)]),
        "square_metres": ([f"{x:.2f} m²" for x in NUMBERS], NUMBERS),
        "square_metres_2": ([f"{x:.2f} m2" for x in NUMBERS], NUMBERS),
        "km_h": ([f"{x:.2f}km/h" for x in NUMBERS], NUMBERS),
        "german_kg": ([_swapped(text) + " kg" for text in english], NUMBERS),
        "huge": ([f"{x:.4f}e+27" for x in NUMBERS], [x * 1e27 for x in NUMBERS]),
        "tiny": ([f"{x:.4f}e-30" for x in NUMBERS], [x * 1e-30 for x in NUMBERS]),
    }


def _thousands() -> list[float]:
    return [1000.0 + 7919 * i % 8999 for i in range(N)]


def _signed() -> list[float]:
    return [-x if i % 5 == 0 else x for i, x in enumerate(NUMBERS)]


_DELIMITERS: Final = {"english": ";", "lakh": "\t", "dollar_before": ",", "german": ";", "rupees": "|"}
_REPEATED: Final = (
    *("unbekannt", "k. A.", "keine Angabe", "inconnu", "non renseigné", "desconocido", "s/d", "n.v.t."),
    *("não informado", "нет данных", "不明", "未知", "없음", "nie dotyczy", "okänd", "#REF!", "#NAME?", "#NUM!"),
    *("#N/V", "#WERT!", "<null>", "[NULL]", "--", "---", "***", "n.s.", "pending", "TBA", "refused", "(blank)"),
    *("Missing", "not available", "-inf", "∞", "NIL", "void", "x", "below detection", "#ZAHL!", "#VALOR!"),
)
_SINGLE: Final = (
    *("see note", "12.3*", "<0.5", ">100", "~5", "5?", "4 [2]", "$$$$$$", "12 or 13", "O.5", "Everyone", "1.2.3"),
    *("31a", "-", "=A1+B2", "1e", "12..5", "twelve"),
)


def number_cases() -> Iterator[Case]:
    """Yield the cases."""
    for name, (cells, numbers) in _written().items():
        delimiter = _DELIMITERS.get(name, ";" if any("," in cell for cell in cells) else ",")
        expected = Column(kind="number", cells=[float(x) for x in numbers])
        yield case(f"marks_{name}", "marks", cells, expected, delimiter=delimiter, silent=frozenset(("odd cells",)))
    for i, word in enumerate(_REPEATED):
        odd = range(i % 5, N, 5)
        cells = [word if row in odd else f"{x:.2f}" for row, x in enumerate(NUMBERS)]
        right = [math.nan if row in odd else x for row, x in enumerate(NUMBERS)]
        expected = Column(kind="number", cells=right, n_odd=len(odd))
        yield case(f"word_{i:02}", "missing word", cells, expected, findings=frozenset(("odd cells",)))
    for i, odd_cell in enumerate(_SINGLE):
        row = 3 * i % N
        cells = [f"{x:.2f}".replace(".", ",") for x in NUMBERS]
        cells[row] = odd_cell
        right = [math.nan if place == row else x for place, x in enumerate(NUMBERS)]
        known = odd_cell == "-"
        expected = Column(kind="number", cells=right, n_odd=0 if known else 1)
        wanted = frozenset() if known else frozenset(("odd cells",))
        yield case(f"odd_{i:02}", "one odd cell", cells, expected, delimiter=";", findings=wanted)
    yield from _sentinel_cases()


def _sentinel_cases() -> Iterator[Case]:
    ages = [20.0 + i for i in range(N)]
    for value, others in (
        *((-999.0, NUMBERS), (-9999.0, NUMBERS), (99999.0, NUMBERS), (999.0, ages), (-99.0, ages), (9999.0, ages)),
        *((-200.0, [x / 1000 for x in NUMBERS]), (-9.0, [x / 10000 for x in NUMBERS])),
    ):
        cells = [value if i % 9 == 4 else x for i, x in enumerate(others)]
        expected = Column(kind="number", cells=cells)
        name = f"sentinel_{value:.0f}".replace("-", "minus_")
        yield case(name, "sentinel", cells, expected, column="dose", findings=frozenset(("sentinel",)))
    for name, cells in (
        ("prices_999", [[199.0, 299.0, 499.0, 999.0][i % 4] + (i % 3) * 1000 for i in range(N)]),
        ("once_999", [*ages[:-1], 999.0]),
        ("minus_ten", [-10.0 if i % 9 == 4 else x for i, x in enumerate(ages)]),
    ):
        expected = Column(kind="number", cells=cells)
        yield case(f"no_sentinel_{name}", "no sentinel", cells, expected, silent=frozenset(("sentinel",)))
