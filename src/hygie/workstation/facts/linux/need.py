"""Reading several values of which none may be missing: the first one that is not known decides."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from hygie.workstation.facts.model import Fact, NotApplicable, Unknown

T = TypeVar("T")


class NotKnown(Exception):  # noqa: N818 - not knowing is an answer, not an error
    """A value that the fact needs is not known; carries why."""

    def __init__(self, why: Unknown | NotApplicable) -> None:
        self.why = why
        super().__init__(str(why))


def need(value: T | Unknown | NotApplicable) -> T:
    """The value, or NotKnown: to be called inside a function given to ``fact_of``."""
    if isinstance(value, (Unknown, NotApplicable)):
        raise NotKnown(value)
    return value


def fact_of(read: Callable[[], Fact[T]]) -> Fact[T]:
    """What ``read`` returns, or the first Unknown that it met."""
    try:
        return read()
    except NotKnown as missing:
        return missing.why
