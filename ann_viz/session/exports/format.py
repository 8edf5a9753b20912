"""What a format is: how it is called, what is inside, what can be chosen, and what writes it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from importlib import import_module
from importlib.util import find_spec
from typing import Any, Literal, Protocol

from ann_viz.errors import ConfigError, OutputError
from ann_viz.session.exports.subject import Subject
from ann_viz.session.modelfile import Model
from ann_viz.translation import translate

__all__ = ["Format", "Group", "Option", "Progress", "Wish", "Writer"]

Group = Literal["show", "run", "count"]
"""What one wants to do with a file: show it to somebody, run it, or calculate with it."""

Progress = Callable[[float], None]
"""Is told the share done, 0 to 1, and raises Cancelled where nobody wants the file any more."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Option:
    """Something that can be chosen about one format.

    Parameters
    ----------
    name : str
        Key of `Wish.chosen`; on the command line the NAME of ``--set NAME=VALUE``.
    label : str
        In the dialog, to be translated.
    default : str, int or float
        Whose type every value has.
    choices : tuple
        All values there are; empty for any text, and for a number between `least` and `most`.
    least, most : float
        Limits of a number.
    help : str
        What the command line says of it.
    """

    name: str
    label: str
    default: str | int | float
    choices: tuple[str | int | float, ...] = ()
    least: float = 0.0
    most: float = 0.0
    help: str = ""

    def check(self, value: Any) -> None:
        """Raise ConfigError for a value that can't be chosen."""
        if isinstance(self.default, str) and not self.choices and isinstance(value, str):
            return
        if value not in self.choices if self.choices else not self.least <= value <= self.most:
            allowed = ", ".join(map(str, self.choices)) or f"{self.least:g} – {self.most:g}"
            sentence = translate("{name} can't be {value!r}. Choose one of: {allowed}.")
            raise ConfigError(sentence.format(name=self.name, value=value, allowed=allowed), field=self.name)


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """What a file is to be like.

    Parameters
    ----------
    suffix : str
        One of those of the format.
    rows : bool
        Whether rows of the table may be inside. They are never unless somebody asked for it.
    chosen : mapping of str to str, int or float
        A value for every `Option` of the format.
    """

    suffix: str
    rows: bool = False
    chosen: Mapping[str, Any] = field(default_factory=dict)


class Writer(Protocol):
    """What the module of a format has for ``write``."""

    def __call__(self, subject: Subject, wish: Wish, progress: Progress) -> bytes:
        """Return the file; raises an AnnVizError where the subject has not what it takes."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Format:
    """One format.

    Parameters
    ----------
    name : str
        What the command line calls it.
    label, about : str
        Name and one sentence, to be translated.
    brief : str
        What stands below its name in a list, to be translated; the endings where there is nothing.
    group : str
        Under which heading it stands.
    suffixes : tuple of str
        Endings of such a file; the first is the usual one.
    module : str
        Where its ``write`` is, in this package.
    inside : tuple of str
        What is in the file, to be translated.
    rows : str
        What rows are in the file if they are wanted, to be translated; empty where there can be none.
    wants_data : bool
        Whether the rows of the table are made use of, even where none are to be inside, if they are at hand.
    of_one : bool
        Whether a file of it has place for one network only: of several that answer together, the one that is drawn.
    drawn : tuple of str
        The endings of files that are made of what the window draws.
    packages : tuple of str
        Modules that writing it takes, beyond what the program itself needs.
    extra : str
        The extra that brings them.
    runs_with : str
        What whoever gets the file needs.
    options : tuple of Option
    """

    name: str
    label: str
    about: str
    brief: str = ""
    group: Group
    suffixes: tuple[str, ...]
    module: str
    inside: tuple[str, ...]
    rows: str = ""
    wants_data: bool = False
    of_one: bool = False
    drawn: tuple[str, ...] = ()
    packages: tuple[str, ...] = ()
    extra: str = ""
    runs_with: str = ""
    options: tuple[Option, ...] = ()

    @property
    def missing(self) -> tuple[str, ...]:
        """The packages that are not installed."""
        return tuple(name for name in self.packages if find_spec(name) is None)

    def check(self, wish: Wish) -> None:
        """Refuse before any work what can't be written.

        Raises
        ------
        OutputError
            Where a package is missing, or rows are wanted in a format that has none.
        """
        if self.missing:
            sentence = translate("This format needs {packages}: pip install 'ann-viz[{extra}]'.")
            raise OutputError(sentence.format(packages=", ".join(self.missing), extra=self.extra))
        if wish.rows and not self.rows:
            raise OutputError(translate("Files of this format have no place for rows of the table."))

    def of(self, subject: Subject) -> Subject:
        """Return what of a subject a file of this format has place for."""
        return subject.of_one_network() if self.of_one else subject

    def told_of(self, model: Model) -> Format:
        """Return it with a word on what is inside where it has place for one only of the networks of a model."""
        if not (self.of_one and model.mean_of):
            return self
        only = translate("one of the {n} networks whose mean is the model").format(n=len(model.mean_of))
        return replace(self, inside=(only, *self.inside))

    def write(self, subject: Subject, wish: Wish, progress: Progress = lambda _: None) -> bytes:
        """Return the file.

        Raises
        ------
        AnnVizError
            As `check` does, and where the subject has not what it takes.
        """
        self.check(wish)
        writer: Writer = import_module(f"{__package__}.{self.module}").write
        return writer(self.of(subject), wish, progress)
