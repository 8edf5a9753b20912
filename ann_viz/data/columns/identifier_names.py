"""Names of columns that tell rows apart rather than describe them: customerid, Policy Number, Kundennummer."""

from __future__ import annotations

import re
from typing import Final

from ann_viz.data.columns.words import name_words

__all__ = ["is_identifier_name", "words_end_in_code"]

_ENDS: Final = frozenset(
    (
        *("id", "ids", "uuid", "guid", "key", "index", "idx", "rownumber", "row", "no", "nr", "nro", "rownum"),
        *("record", "serial", "number", "mrn", "ssn", "imei", "ean", "isin", "lfdnr", "identifier", "ident"),
    )
)
"""A name of which this is the last word is that of an identifier, if the numbers below it are all different."""
_WHOLE: Final = frozenset(
    ("rownames", "column 1", "unnamed: 0", "case", "respondent", "participant", "subject", "lfd", "nº", "n°", "#", "№")
)
_SUBJECTS: Final = (
    *("customer", "client", "user", "member", "account", "order", "product", "patient", "student", "employee"),
    *("item", "transaction", "policy", "invoice", "store", "session", "device", "person", "loan", "ticket", "case"),
    *("passenger", "movie", "emp", "cust", "trans", "acct", "subject", "sample", "record", "play", "row"),
)
_TOGETHER: Final = re.compile(rf"(?:{'|'.join(_SUBJECTS)})(?:id|no|nr|num|number|key)|[^\W\d]{{3,}}(?:nummer|nr)")
_ASIAN: Final = ("番号", "编号", "編號", "号码", "번호", "コード番号")
_ROMANCE: Final = frozenset(("numero", "num", "nro", "n"))
_OF_WHOM: Final = frozenset(
    ("cliente", "client", "clients", "socio", "pedido", "conta", "cuenta", "compte", "commande", "contrato", "contrat")
)


def is_identifier_name(name: str) -> bool:
    """Whether whole, different numbers under this name are identifiers."""
    words = name_words(name)
    if not words:
        return name.strip().casefold() in _WHOLE
    if name.strip().casefold() in _WHOLE or words[-1] in _ENDS or name.rstrip().endswith(("#", *_ASIAN)):
        return True
    by_romance = words[0] in _ROMANCE and words[-1] in _OF_WHOM
    return by_romance or any(_TOGETHER.fullmatch(word) for word in (words[-1], "".join(words)))


def words_end_in_code(name: str) -> bool:
    """Whether a name ends in "code", which tells rows apart only where every row has another."""
    return name_words(name)[-1:] == ["code"]
