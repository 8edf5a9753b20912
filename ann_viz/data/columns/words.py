"""Words the program knows, in several languages, and what a yes in a column means in plain words.

Names are compared without accents and case, split at blanks, signs and capitals inside ("SalePrice" is "sale price").
"""

from __future__ import annotations

import re
import unicodedata
from typing import Final

__all__ = [
    "ANSWER_PAIRS",
    "CLASS_NAMES",
    "POSITIVE_WORDS",
    "TIME_NAMES",
    "is_birth",
    "name_words",
    "names",
    "phrase_for",
]


def names(text: str) -> frozenset[str]:
    """Names divided by commas or line ends."""
    return frozenset(filter(None, (name.strip() for name in re.split(r"[,\n]", text))))


TIME_NAMES: Final = names("""
    date, datetime, time, timestamp, year, month, day, week, hour, quarter, period, step, epoch, t, ts
    datum, zeit, jahr, monat, tag, woche, stunde, quartal, date heure, annee, mois, jour, semaine, heure
    fecha, hora, ano, mes, dia, semana, periodo, data, anno, mese, giorno, ora, tijd, jaar, maand, rok, miesiac
    дата, время, год, месяц, день, 日付, 日期, 年, 月, 날짜, 기간
""")
"""A column that never falls and has one of these words in its name tells when a row was written."""

CLASS_NAMES: Final = names("""
    class, classes, type, digit, species, variety, label, labels, category, cluster, grade class, segment, group
    klasse, klassen, sorte, spezies, gruppe, classe, espece, clase, especie, categoria, categorie, kategorie, etiqueta
    rotulo, specie, etichetta, soort, klasa, gatunek, klass, sinif, класс, вид, метка
""")
"""A whole-number column with one of these words in its name holds classes, not quantities."""

POSITIVE_WORDS: Final = names("""
    malignant, m, spam, poisonous, p, positive, pos, bad, sick, ill, fraud, fraudulent, default, defaulted, churned
    left, exited, attrited customer, abnormal, failure, failed, died, dead, canceled, cancelled, approved, satisfied
    bought, accepted, promoted, placed, recurrence-events, attack, anomaly, toxic, infected, presence, present, high
    survived, alive, >50k, >50k., ckd, patient, positiv, positivo, positif, fraude, betrug, krank, enfermo, doente
    malato, malade, schlecht, ruim, malo, alto, alta, hoch
""")
"""Of two texts, the one that is the event to predict."""

ANSWER_PAIRS: Final = tuple(
    names(pair)
    for pair in (
        *("ham, spam", "e, p", "edible, poisonous", "b, m", "benign, malignant", "bad, good", "b, g", "m, r"),
        *("democrat, republican", "<=50k, >50k", "<=50k., >50k.", "neg, pos", "negative, positive", "fail, pass"),
        *("ckd, notckd", "recurrence-events, no-recurrence-events", "tested_negative, tested_positive", "lose, win"),
        *("abnormal, normal", "attack, normal", "fake, real", "absence, presence", "n, o"),
        *("left, stayed", "churned, stayed", "churned, retained", "active, churned", "died, survived", "alive, dead"),
        *(
            "approved, rejected",
            "approved, declined",
            "accepted, rejected",
            "lost, won",
            "paid, unpaid",
            "default, paid",
        ),
    )
)
"""Two values that are answers by themselves, whatever their column is called."""

_PHRASES: Final = {
    "exited": "leaves the bank",
    "churn": "leaves",
    "attrition": "leaves",
    "flag attrition": "leaves",
    "kundigung": "kündigt",
    "gekundigt": "kündigt",
    "abgewandert": "wandert ab",
    "abandono": "abandona",
    "cancelou": "cancela",
    "survived": "survives",
    "survival": "survives",
    "alive": "survives",
    "uberlebt": "überlebt",
    "survecu": "survit",
    "sobrevivio": "sobrevive",
    "sobreviveu": "sobrevive",
    "sopravvissuto": "sopravvive",
    "died": "dies",
    "death event": "dies",
    "deceased": "dies",
    "default": "defaults on the loan",
    "loan default": "defaults on the loan",
    "default payment next month": "misses the next payment",
    "seriousdlqin2yrs": "falls far behind with payments",
    "creditability": "is worth the credit",
    "inadimplente": "fica inadimplente",
    "ahd": "has heart disease",
    "heart disease": "has heart disease",
    "heartdisease": "has heart disease",
    "cardio": "has heart disease",
    "ten year chd": "has heart disease within ten years",
    "stroke": "has a stroke",
    "diabetes": "has diabetes",
    "diabetic": "has diabetes",
    "lung cancer": "has lung cancer",
    "cancer": "has cancer",
    "readmitted": "comes back to hospital",
    "spam": "is spam",
    "fraud": "is fraud",
    "fraude": "is fraud",
    "isfraud": "is fraud",
    "is fraud": "is fraud",
    "betrug": "ist Betrug",
    "purchased": "buys",
    "purchase": "buys",
    "bought": "buys",
    "revenue": "buys",
    "gekauft": "kauft",
    "subscribed": "subscribes",
    "deposit": "makes a deposit",
    "personal loan": "takes the loan",
    "clicked": "clicks",
    "clicked on ad": "clicks",
    "click": "clicks",
    "converted": "converts",
    "response": "responds",
    "admitted": "is admitted",
    "admit": "is admitted",
    "approved": "is approved",
    "loan status": "is approved",
    "placed": "finds a place",
    "hired": "is hired",
    "passed": "passes",
    "returned": "is returned",
    "canceled": "is cancelled",
    "cancelled": "is cancelled",
    "no show": "does not turn up",
    "edible": "is edible",
    "potability": "can be drunk",
    "machine failure": "fails",
    "failure": "fails",
    "rain tomorrow": "is followed by rain",
    "raintomorrow": "is followed by rain",
    "occupancy": "is occupied",
    "transported": "is transported",
    "default flag": "defaults on the loan",
    "outcome": "has a positive outcome",
}
"""What a yes in these columns means."""

_VALUE_PHRASES: Final = {
    "spam": "is spam",
    "fraud": "is fraud",
    "survived": "survives",
    "alive": "survives",
    "died": "dies",
    "left": "leaves",
    "exited": "leaves",
    "churned": "leaves",
    "attrited customer": "leaves",
    "failed": "fails",
    "default": "defaults",
    "defaulted": "defaults",
    "charged off": "is charged off",
    ">50k": "earns more than 50K",
    ">50k.": "earns more than 50K",
}
"""What the answer itself means, where it says more than the name of its column."""

_LETTERS: Final = {
    ("diagnosis", "m"): "is malignant",
    ("diagnosis", "b"): "is benign",
    ("type", "p"): "is poisonous",
    ("type", "e"): "is edible",
    ("class", "p"): "is poisonous",
    ("class", "e"): "is edible",
    ("loan status", "y"): "is approved",
}
_PLAIN_YES: Final = frozenset(("1", "1.0", "yes", "y", "true", "t", "ja", "oui", "si", "sí", "sim", "да", "on", "wahr"))

_UNDECOMPOSED: Final = str.maketrans({"ł": "l", "ø": "o", "ı": "i", "æ": "ae", "đ": "d"})
_LONGEST_PHRASE: Final = 24  # characters; a longer text would not fit beside the output
_BIRTH: Final = ("birth", "dob", "geburt", "naissance", "nacimiento", "nascimento", "nascita", "geboorte", "urodzenia")


def name_words(name: str) -> list[str]:
    """Return the words of a name in small letters without accents."""
    spaced = re.sub(r"(?<=[^\W\d_A-Z])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z]{2})", " ", name)
    parts = unicodedata.normalize("NFKD", spaced.casefold().translate(_UNDECOMPOSED))
    plain = "".join(mark for mark in parts if not "\u0300" <= mark <= "\u036f")
    return [word for word in re.split(r"[\W_]+", unicodedata.normalize("NFC", plain)) if word]


def is_birth(name: str) -> bool:
    """Whether a name speaks of a date of birth, which says nothing about when a row was written."""
    joined = "".join(name_words(name))
    return any(word in joined for word in _BIRTH)


def phrase_for(name: str, positive: str | None = None) -> str:
    """Return what a yes in this column means in plain words.

    Parameters
    ----------
    name : str
        Name of the column to predict.
    positive : str, optional
        The value that means yes.

    Returns
    -------
    str
        Such as "leaves the bank", or an empty text where "name: value" is the plainest that can be said.
    """
    words = name_words(name)
    known = _PHRASES.get(" ".join(words)) or _PHRASES.get("".join(words), "")
    if positive is None:
        return known or _phrase_from_words(words)
    value = positive.strip().casefold()
    lettered = _LETTERS.get((" ".join(words), value)) or _VALUE_PHRASES.get(value)
    if lettered:
        return lettered
    if value in _PLAIN_YES or _is_number(value):
        return known or _phrase_from_words(words)
    if value.isalpha() and len(value) > 1:
        return f"is {value if value.isascii() and positive.istitle() else positive}"
    return f"is {positive}" if 1 < len(value) <= _LONGEST_PHRASE else ""


def _is_number(value: str) -> bool:
    return value.replace(".", "", 1).isdecimal()


def _phrase_from_words(words: list[str]) -> str:
    """Names such as "is_promoted" and "has cr card" are phrases already."""
    return " ".join(words) if len(words) > 1 and words[0] in ("is", "has", "was", "will", "can") else ""
