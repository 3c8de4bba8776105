"""dnf is believed by its exit status, and its list by the date inside it."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from hygie.workstation.facts.linux.updates import collect_updates
from hygie.workstation.facts.model import Known, NotApplicable, Reason, Unknown
from hygie.workstation.facts.updates import PENDING_SECURITY, SECURITY_SOURCE, UPDATE_LISTS_AT
from hygie.workstation.probe import CommandOutput
from tests.workstation.machines import machine, regular

CHECK = "dnf -q -C check-update --security"
REPOMD = "/var/cache/libdnf5/updates-0123456789abcdef/repodata/repomd.xml"
CACHE = {"/var/cache/libdnf5": ["fedora-0123456789abcdef", "updates-0123456789abcdef"]}


def test_updates_that_wait_are_named() -> None:
    rows = b"\nopenssl-libs.x86_64   1:3.5.1-2.fc43   updates\nkernel.x86_64  6.17.5-300.fc43  updates\n"
    fact = collect_updates(machine(runs={CHECK: CommandOutput(100, rows, b"")}))[PENDING_SECURITY]
    assert isinstance(fact, Known)
    assert [update.name for update in fact.value] == ["openssl-libs", "kernel"]


def test_nothing_waits_when_dnf_says_so() -> None:
    assert collect_updates(machine(runs={CHECK: CommandOutput(0, b"", b"")}))[PENDING_SECURITY] == Known((), CHECK)


@pytest.mark.parametrize("answer", [CommandOutput(1, b"", b"Cache-only"), CommandOutput(100, b"", b""), Reason.TIMEOUT])
def test_a_dnf_that_fails_is_unknown(answer: CommandOutput | Reason) -> None:
    assert isinstance(collect_updates(machine(runs={CHECK: answer}))[PENDING_SECURITY], Unknown)


def test_the_list_is_dated_by_its_revision() -> None:
    probe = machine(files={REPOMD: "<repomd><revision>1795000000</revision></repomd>"}, dirs=CACHE)
    assert collect_updates(probe)[UPDATE_LISTS_AT] == Known(
        datetime(2026, 11, 18, 11, 6, 40, tzinfo=UTC), "/var/cache/libdnf5"
    )
    for content in ("", "<revision>jamais</revision>"):
        assert isinstance(collect_updates(machine(files={REPOMD: content}, dirs=CACHE))[UPDATE_LISTS_AT], Unknown)


def test_fedora_has_no_separate_source_and_an_image_is_not_judged() -> None:
    assert isinstance(collect_updates(machine())[SECURITY_SOURCE], NotApplicable)
    image = collect_updates(machine(stats={"/run/ostree-booted": regular()}))
    assert isinstance(image[SECURITY_SOURCE], Unknown)
