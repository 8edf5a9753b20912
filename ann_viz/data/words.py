"""Words the program knows: names that mark a column to predict, and what a yes in them means in plain words."""

from __future__ import annotations

import re
from typing import Final

__all__ = ["CLASS_NAMES", "POSITIVE_WORDS", "phrase_for", "target_rank"]

CLASS_NAMES: Final = frozenset(
    (
        "class",
        "classes",
        "type",
        "digit",
        "species",
        "label",
        "labels",
        "category",
        "cluster",
    )
)
"""A whole-number column with one of these words in its name holds classes, not quantities."""

POSITIVE_WORDS: Final = frozenset(
    (
        "malignant",
        "m",
        "spam",
        "poisonous",
        "p",
        "positive",
        "bad",
        "sick",
        "ill",
        "fraud",
        "default",
        "churned",
        "left",
    )
)
"""Of two texts, the one that is the event to predict."""

_PHRASES: Final = {
    "exited": "leaves the bank",
    "churn": "leaves",
    "churned": "leaves",
    "attrition": "leaves",
    "survived": "survives",
    "default": "defaults on the loan",
    "ahd": "has heart disease",
    "spam": "is spam",
    "fraud": "is fraud",
    "isfraud": "is fraud",
    "purchased": "buys",
    "bought": "buys",
    "subscribed": "subscribes",
    "clicked": "clicks",
    "admitted": "is admitted",
    "approved": "is approved",
    "loan_status": "is approved",
    "passed": "passes",
    "returned": "is returned",
    "edible": "is edible",
    "stroke": "has a stroke",
    "diabetes": "has diabetes",
}

_STRONG: Final = (
    *["exited", "churn", "churned", "attrition", "target", "survived", "label", "class", "species", "outcome"],
    *["diagnosis", "default", "output", "response", "saleprice", "medv"],
    "median house value",
)
_GOOD: Final = (
    *["price", "charges", "quality", "mpg", "type", "salary", "income", "strength"],
    *["risco", "spam", "fraud", "valorvenda"],
)
_FAIR: Final = (
    "y",
    "result",
    "status",
    "score",
    "rating",
    "amount",
    "quantity",
    "sales",
    "value",
    "cost",
    "total",
    "합계",
)


def _words(name: str) -> list[str]:
    spaced = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", name)
    return [word for word in re.split(r"[\W_]+", spaced.casefold()) if word]


def target_rank(name: str) -> int:
    """Say how much a name sounds like the column to predict, 0 for not at all."""
    words = _words(name)
    whole, joined = " ".join(words), "".join(words)
    for rank, known in ((5, _STRONG), (4, _GOOD)):
        if whole in known or joined in known:
            return rank
    if words and (words[-1] in (*_STRONG, *_GOOD) or words[0] in ("target", "risco")) and words[-1] != "type":
        return 3
    return 1 if joined in _FAIR else 0


def phrase_for(name: str) -> str:
    """Return what a yes in this column means, or an empty text."""
    return _PHRASES.get(name.strip().casefold(), "")
