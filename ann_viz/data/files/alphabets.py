"""Tells the one-byte encodings of Latin scripts apart by the alphabet that covers the letters best."""

from __future__ import annotations

from typing import Final

__all__ = ["latin_encoding"]

_WESTERN: Final = (
    "àâæçéèêëîïôœùûüÿ",  # French
    "äöüßéè",  # German
    "áéíóúñüç",  # Spanish
    "ãáàâçéêíóôõúü",  # Portuguese
    "àèéìíòóùú",  # Italian
    "åäöøæéüè",  # Nordic
    "áðéíóúýþæö",  # Icelandic
    "ëïéèöüêç",  # Dutch
)
_CENTRAL: Final = (
    "ąćęłńóśźż",  # Polish
    "áčďéěíňóřšťúůýž",  # Czech
    "áäčďéíĺľňóôŕšťúýž",  # Slovak
    "áéíóöőúüű",  # Hungarian
    "čćđšž",  # Croatian, Slovene
    "ăâîșțşţ",  # Romanian
)
_TURKISH: Final = ("çğıiöşüâ",)
_CANDIDATES: Final = (
    ("cp1252", _WESTERN),
    ("cp1250", _CENTRAL),
    ("iso8859-2", _CENTRAL),
    ("cp1254", _TURKISH),
    ("mac-roman", _WESTERN),
    ("cp850", _WESTERN),
)
_NEUTRAL: Final = frozenset("\u00a0“”‘’„‚–—…€£¥§©®™«»‹›•·°±×÷µ²³¹½¼¾ªº¿¡´†‰")
_CLEARLY_BETTER: Final = 0.08
_ENOUGH_LETTERS: Final = 2


def latin_encoding(sample: bytes) -> str:
    """Return the encoding in which the most letters belong to one language, Western Europe if none is clearly better.

    Parameters
    ----------
    sample : bytes
        Lines with bytes beyond ASCII.

    Returns
    -------
    str
        ``"cp1252"`` or another codec.
    """
    best_name, best = "cp1252", _coverage(sample, "cp1252", _WESTERN) + _CLEARLY_BETTER
    for name, alphabets in _CANDIDATES[1:]:
        share = _coverage(sample, name, alphabets)
        if share > best:
            best_name, best = name, share
    return best_name


def _coverage(sample: bytes, encoding: str, alphabets: tuple[str, ...]) -> float:
    """The largest share of high characters that one alphabet covers; 0 when they are too few kinds to judge."""
    try:
        text = sample.decode(encoding)
    except UnicodeError:
        # One stray byte must not rule out Western Europe; a handful of them should.
        text = sample.decode(encoding, errors="replace")
    counts: dict[str, int] = {}
    for before, mark, after in zip(" " + text, text, text[1:] + " ", strict=False):
        if ord(mark) > 127 and (mark not in _NEUTRAL or (before.isalpha() and after.isalpha())):
            # A capital in the middle of a word is no letter of it.
            fits = not (mark.isupper() and before.islower())
            key = mark.lower()[0] if fits else "\ufffd"
            counts[key] = counts.get(key, 0) + 1
    total = sum(counts.values())
    if total == 0:
        return 0.0
    shares = []
    for alphabet in alphabets:
        known = {mark: n for mark, n in counts.items() if mark in alphabet}
        shares.append(sum(known.values()) / total if len(known) >= _ENOUGH_LETTERS else 0.0)
    return max(shares)
