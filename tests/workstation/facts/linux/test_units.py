"""States of systemd units: every unit asked about has its answer, or none has."""

from __future__ import annotations

from hygie.workstation.facts.linux.units import parse_units, unit_states
from hygie.workstation.facts.model import Reason, Unknown
from tests.workstation.machines import machine

ASK = "systemctl show --property=Id,LoadState,ActiveState a.service b.service"
A, B = (
    "Id=a.service\nLoadState=loaded\nActiveState=active\n",
    "Id=b.service\nLoadState=not-found\nActiveState=inactive\n",
)


def test_each_unit_has_its_state_and_one_that_does_not_exist_is_absent() -> None:
    probe = machine(runs={ASK: f"{A}\n{B}"})
    assert unit_states(probe, ["a.service", "b.service"]) == {"a.service": "active", "b.service": "absent"}


def test_an_answer_cut_short_is_no_answer() -> None:
    for text in (A, f"{A}\nId=b.service\nLoadState=lo", "bruit\n"):
        states = unit_states(machine(runs={ASK: text}), ["a.service", "b.service"])
        assert isinstance(states, Unknown)
        assert states.reason is Reason.UNPARSABLE
    assert isinstance(unit_states(machine(), ["a.service"]), Unknown)


def test_an_alias_answers_under_its_real_name() -> None:
    assert parse_units(A.replace("a.service", "vrai.service")) == ["active"]
