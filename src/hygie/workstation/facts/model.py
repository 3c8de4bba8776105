"""Facts: typed values read on a machine, or the reason why they are not known."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Any, Generic, TypeVar, cast

if TYPE_CHECKING:
    from hygie.workstation.probe import Probe

T = TypeVar("T")


class Reason(StrEnum):
    """Why a fact is not known."""

    RIGHTS = "rights"
    ABSENT = "absent"
    TIMEOUT = "timeout"
    REFUSED = "refused"
    UNPARSABLE = "unparsable"

    @property
    def label(self) -> str:
        """French words, completing « impossible à lire : … »."""
        return {
            Reason.RIGHTS: "il faut les droits d’administrateur",
            Reason.ABSENT: "l’information n’existe pas sur ce poste",
            Reason.TIMEOUT: "le poste n’a pas répondu à temps",
            Reason.REFUSED: "le poste a refusé de répondre",
            Reason.UNPARSABLE: "la réponse du poste n’est pas compréhensible",
        }[self]


@dataclass(frozen=True)
class Known(Generic[T]):
    """A value that was read. ``source`` says where: "/etc/os-release", "lsblk -J"…

    ``default_applied`` tells, in French, which documented default was used where the system says nothing.
    """

    value: T
    source: str
    default_applied: str = ""


@dataclass(frozen=True, slots=True)
class Unknown:
    """Not known. ``detail`` is one short French clause about this very machine (may be empty)."""

    reason: Reason
    source: str = ""
    detail: str = ""


@dataclass(frozen=True, slots=True)
class NotApplicable:
    """The question makes no sense on this machine; ``why`` is a French clause."""

    why: str
    source: str = ""


Fact = Known[T] | Unknown | NotApplicable


@dataclass(frozen=True)
class FactKey(Generic[T]):
    """Names a fact and carries its type. ``title`` is French: « la liste des disques »."""

    name: str
    title: str


class MissingFact(Exception):  # noqa: N818 - it is an answer, not an error
    """A check asked for the value of a fact that is not known: the runner turns it into a verdict."""

    def __init__(self, key: FactKey[Any], fact: Unknown | NotApplicable) -> None:
        self.key, self.fact = key, fact
        super().__init__(key.name)


class Facts:
    """All facts of one machine at one moment."""

    def __init__(self, facts: Mapping[FactKey[Any], Fact[Any]]) -> None:
        self._facts = {key.name: (key, fact) for key, fact in facts.items()}

    def get(self, key: FactKey[T]) -> Fact[T]:
        """The fact, known or not; a fact nobody collected is Unknown(ABSENT)."""
        if key.name not in self._facts:
            return Unknown(Reason.ABSENT, detail="Hygie ne sait pas encore lire cette information sur ce système")
        return cast("Fact[T]", self._facts[key.name][1])

    def value(self, key: FactKey[T]) -> T:
        """The value; MissingFact when it is not known or makes no sense (the verdict follows by itself)."""
        fact = self.get(key)
        if isinstance(fact, Known):
            return fact.value
        raise MissingFact(key, fact)

    def value_or(self, key: FactKey[T], otherwise: T) -> T:
        """The value, or ``otherwise``: only where not knowing cannot make a verdict better."""
        fact = self.get(key)
        return fact.value if isinstance(fact, Known) else otherwise

    def items(self) -> list[tuple[FactKey[Any], Fact[Any]]]:
        """Every fact with its key, by name."""
        return [self._facts[name] for name in sorted(self._facts)]

    def without(self, name: str) -> Facts:
        """The same facts less one (used to prove that nothing turns green when a fact is lost)."""
        return Facts({key: fact for key, fact in self._facts.values() if key.name != name})


Collected = dict[FactKey[Any], Fact[Any]]


@dataclass(frozen=True, slots=True)
class Collector:
    """Reads a few facts that come together. Whatever it promised and did not bring is Unknown."""

    name: str
    provides: tuple[FactKey[Any], ...]
    collect: Callable[[Probe], Collected]
