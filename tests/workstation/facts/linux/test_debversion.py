"""Debian versions are ordered as dpkg orders them."""

from __future__ import annotations

import shutil
import subprocess

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hygie.workstation.facts.linux.debversion import version_key

# Each line goes from the oldest to the newest; "=" joins versions that are equal.
ORDERED = [
    ["1.0~rc1-1", "1.0-1", "1.0-1+deb12u1", "1.0-1.1", "1.0-2", "1.0.1-1", "1.1", "2.0", "1:0.1"],
    ["0.9~~", "0.9~", "0.9", "0.9a", "0.9+b1", "0.9.0"],
    ["2.6.1", "2.6.2", "2.6.10"],
    ["20230311+deb12u1", "20250419~deb12u2", "20250419"],
    ["152.0~build2-0ubuntu0.24.04.1~mt1", "153.0~build1", "1:1snap1-0ubuntu5"],
]


@pytest.mark.parametrize("versions", ORDERED)
def test_known_versions_are_in_order(versions: list[str]) -> None:
    keys = [version_key(version) for version in versions]
    assert keys == sorted(keys)
    assert len(set(keys)) == len(keys)


def test_leading_zeros_and_a_missing_revision_change_nothing() -> None:
    assert version_key("1.00") == version_key("1.0")
    assert version_key("1.0") == version_key("0:1.0-0")


VERSIONS = st.from_regex(r"\A([0-3]:)?[0-9][0-9a-c.+~]{0,6}(-[0-9a-c.+~]{1,4})?\Z")


@pytest.mark.skipif(shutil.which("dpkg") is None, reason="dpkg is the reference")
@settings(max_examples=60, deadline=None)
@given(VERSIONS, VERSIONS)
def test_dpkg_agrees(one: str, other: str) -> None:
    said = subprocess.run(["dpkg", "--compare-versions", one, "lt", other], check=False).returncode == 0
    assert (version_key(one) < version_key(other)) is said
