"""What a correction is: prepared from what is seen on the machine, either a plan or a refusal."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from hygie.workstation.fixes.steps import CommandStep, Step
from hygie.workstation.probe import Probe


@dataclass(frozen=True, slots=True)
class FixPlan:
    """The exact list of changes, nothing done yet. ``warnings``: French sentences to read before agreeing."""

    fix: str
    title: str
    who: str
    steps: tuple[Step, ...]
    warnings: tuple[str, ...] = ()

    @property
    def installs(self) -> tuple[str, ...]:
        """Packages that the plan would install: the person agrees to that separately."""
        return tuple(step.installs for step in self.steps if isinstance(step, CommandStep) and step.installs)


@dataclass(frozen=True, slots=True)
class FixRefusal:
    """Why nothing will be changed, in one French sentence. ``in_place``: because there is nothing to correct."""

    fix: str
    why: str
    in_place: bool = False


@dataclass(frozen=True, slots=True)
class Fix:
    """One correction: ``prepare`` only looks, through the probe. ``needs_root``: it changes the whole computer."""

    id: str
    title: str
    prepare: Callable[[Probe], FixPlan | FixRefusal]
    needs_root: bool = False

    @property
    def command(self) -> str:
        """What to type to make it."""
        return f"{'sudo ' if self.needs_root else ''}./hygie corriger {self.id}"
