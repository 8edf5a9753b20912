"""The colours of the four themes: light and dark as designed, and both again for those who need more contrast.

Text pairs reach 4.5:1, in the themes of high contrast 7:1; two colours of the design are a shade darker for it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

__all__ = ["THEMES", "Tokens", "mixed"]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)  # one object per theme: hashed by identity in caches
class Tokens:
    """Every colour of one theme, as ``#RRGGBB``.

    Attributes
    ----------
    dark : bool
        Light text on a dark ground.
    contrast : bool
        For those who need more: text at 7:1, strong borders, and no faint lines in the picture.
    on_fill, dimmed : str
        Words and marks on ``fill``, and words on a primary button that is disabled.
    ink_dark, ink_light : str
        Numbers on a colour that may be anything: the one that is read more easily.
    scrim : str
        Covers the window behind a sheet, in part.
    runs : tuple of str
        Of the curves and swatches of the runs, in their order; told apart with every kind of colour blindness, and
        none means a sign, a gradient or a kind of rows elsewhere.
    """

    dark: bool
    bg: str
    surface: str
    surface2: str
    surface3: str
    canvas: str
    grid: str
    border: str
    border_strong: str
    text: str
    text2: str
    muted: str
    faint: str
    accent: str
    fill: str
    fill_hover: str
    accent_soft: str
    accent_line: str
    positive: str
    positive_text: str
    positive_soft: str
    negative: str
    negative_text: str
    negative_soft: str
    error: str
    error_soft: str
    train: str
    validation: str
    test: str
    ok: str
    ok_soft: str
    warning: str
    warning_soft: str
    warning_border: str
    danger: str
    danger_soft: str
    danger_border: str
    node_base: str
    knob: str
    dimmed: str
    scrim: str
    ink_dark: str
    runs: tuple[str, ...]
    on_fill: str = "#FFFFFF"
    ink_light: str = "#FFFFFF"
    shadow: str = "#000000"
    contrast: bool = False


THEMES: Final[dict[str, Tokens]] = {
    "light": Tokens(
        dark=False,
        bg="#F1F3F6",
        surface="#FFFFFF",
        surface2="#F6F7F9",
        surface3="#ECEFF3",
        canvas="#FCFCFD",
        grid="#E3E7ED",
        border="#E2E6EC",
        border_strong="#C9D0DA",
        text="#171B23",
        text2="#434B59",
        muted="#616B7B",
        faint="#98A2B3",
        accent="#5B4FD6",
        fill="#5B4FD6",
        fill_hover="#4A3FC0",
        accent_soft="#EFEEFC",
        accent_line="#C9C4F4",
        positive="#1C75CF",
        positive_text="#135FAE",
        positive_soft="#E3F0FC",
        negative="#D9660A",
        negative_text="#A94A00",
        negative_soft="#FDEEDF",
        error="#BE1E7B",
        error_soft="#FCEAF4",
        train="#6D5BD0",
        validation="#087F73",
        test="#98A2B3",
        ok="#18774F",
        ok_soft="#E6F5EE",
        warning="#8A5A00",
        warning_soft="#FFF7E3",
        warning_border="#F0DBA4",
        danger="#BF2E1C",
        danger_soft="#FEF1EF",
        danger_border="#F4C7C0",
        node_base="#FFFFFF",
        knob="#FFFFFF",
        dimmed="#FFFFFF",
        scrim="#171B23",
        ink_dark="#171B23",
        runs=("#5B4FD6", "#0B8577", "#A86A00", "#C8315F", "#20242D", "#A77FC4"),
    ),
    "dark": Tokens(
        dark=True,
        bg="#0D0F13",
        surface="#16191F",
        surface2="#1C2027",
        surface3="#242932",
        canvas="#12151A",
        grid="#20252D",
        border="#272C35",
        border_strong="#3D4450",
        text="#ECEFF4",
        text2="#BFC6D2",
        muted="#929BAA",
        faint="#616A79",
        accent="#9A91F7",
        fill="#6A5EE0",
        fill_hover="#6F64E4",
        accent_soft="#242140",
        accent_line="#4A4390",
        positive="#4FA3F0",
        positive_text="#7DBBF5",
        positive_soft="#14283D",
        negative="#EE8B33",
        negative_text="#F3A860",
        negative_soft="#3A2512",
        error="#F06AB4",
        error_soft="#3A1A2E",
        train="#A397F5",
        validation="#3CC9B7",
        test="#616A79",
        ok="#4CC38A",
        ok_soft="#15302A",
        warning="#E6B84F",
        warning_soft="#2B2412",
        warning_border="#4A3D1C",
        danger="#F4806E",
        danger_soft="#351A17",
        danger_border="#5B2A24",
        node_base="#1C2027",
        knob="#BFC6D2",
        dimmed="#BFC6D2",
        scrim="#000000",
        ink_dark="#171B23",
        runs=("#9A91F7", "#3CC9B7", "#E6C04A", "#E0487F", "#F4F6FA", "#8A5BB0"),
    ),
    "contrast-light": Tokens(
        dark=False,
        contrast=True,
        bg="#FFFFFF",
        surface="#FFFFFF",
        surface2="#F5F6F8",
        surface3="#E7EAEE",
        canvas="#FFFFFF",
        grid="#D3D8DF",
        border="#565F6D",
        border_strong="#2B313B",
        text="#000000",
        text2="#15181E",
        muted="#2E3540",
        faint="#5C6573",
        accent="#3A2EB0",
        fill="#3A2EB0",
        fill_hover="#2A2088",
        accent_soft="#ECEAFD",
        accent_line="#3A2EB0",
        positive="#0A4F9C",
        positive_text="#08437F",
        positive_soft="#E1EEFB",
        negative="#B34700",
        negative_text="#7A3300",
        negative_soft="#FCEBDB",
        error="#960F5F",
        error_soft="#FCE6F2",
        train="#7322C3",
        validation="#005C51",
        test="#565F6D",
        ok="#0A5133",
        ok_soft="#E0F4EA",
        warning="#5E3D00",
        warning_soft="#FFF4D6",
        warning_border="#5E3D00",
        danger="#8F1B0C",
        danger_soft="#FDEBE8",
        danger_border="#8F1B0C",
        node_base="#FFFFFF",
        knob="#FFFFFF",
        dimmed="#FFFFFF",
        scrim="#000000",
        ink_dark="#000000",
        runs=("#5B4FD6", "#0B8577", "#A86A00", "#C8315F", "#20242D", "#A77FC4"),
    ),
    "contrast-dark": Tokens(
        dark=True,
        contrast=True,
        bg="#000000",
        surface="#000000",
        surface2="#0D0F13",
        surface3="#1F242C",
        canvas="#000000",
        grid="#2B313B",
        border="#8791A0",
        border_strong="#C6CDD7",
        text="#FFFFFF",
        text2="#F0F2F6",
        muted="#CDD3DC",
        faint="#8791A0",
        accent="#BDB7FF",
        fill="#4F43C4",
        fill_hover="#453AAE",
        accent_soft="#1D1A38",
        accent_line="#BDB7FF",
        positive="#6BB5FF",
        positive_text="#A6D3FF",
        positive_soft="#0C2036",
        negative="#FF9B3D",
        negative_text="#FFC48A",
        negative_soft="#2E1C0C",
        error="#FF8FCB",
        error_soft="#331226",
        train="#BDB3FF",
        validation="#4FE0CC",
        test="#8791A0",
        ok="#6FE0AA",
        ok_soft="#0C2A1D",
        warning="#FFD470",
        warning_soft="#2A220C",
        warning_border="#FFD470",
        danger="#FFA697",
        danger_soft="#331511",
        danger_border="#FFA697",
        node_base="#0D0F13",
        knob="#F0F2F6",
        dimmed="#000000",
        scrim="#000000",
        ink_dark="#000000",
        runs=("#9A91F7", "#3CC9B7", "#E6C04A", "#E0487F", "#F4F6FA", "#8A5BB0"),
    ),
}


def mixed(base: str, colour: str, share: float) -> str:
    """Return `base` with `share` (0 to 1) of `colour` laid over it, as ``#RRGGBB``."""
    pairs = [(int(base[at : at + 2], 16), int(colour[at : at + 2], 16)) for at in (1, 3, 5)]
    return "#" + "".join(f"{round(a + (b - a) * share):02X}" for a, b in pairs)
