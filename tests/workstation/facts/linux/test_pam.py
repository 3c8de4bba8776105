"""The password rule is what PAM will really ask, with the documented defaults."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from hygie.workstation.facts.accounts import ATTEMPT_LIMIT, PASSWORD_RULE, AttemptLimit, PasswordRule
from hygie.workstation.facts.linux.pam import collect_pam
from hygie.workstation.facts.model import Known, Reason, Unknown
from tests.workstation.machines import machine

COMMON, AUTH = "/etc/pam.d/common-password", "/etc/pam.d/common-auth"
CONF = "/etc/security/pwquality.conf"
DEBIAN = (
    "# comment\npassword\t[success=1 default=ignore]\tpam_unix.so obscure yescrypt\npassword\trequisite\tpam_deny.so\n"
)
QUALITY = "password requisite pam_pwquality.so retry=3\n" + DEBIAN


def rule(files: Mapping[str, str | bytes | Reason], dirs: Mapping[str, list[str]] | None = None) -> PasswordRule:
    fact = collect_pam(machine(files=files, dirs=dirs))[PASSWORD_RULE]
    assert isinstance(fact, Known), fact
    value: PasswordRule = fact.value
    return value


@pytest.mark.parametrize(
    ("stack", "conf", "length", "classes"),
    [
        (DEBIAN, "minlen = 14\n", 6, 0),
        (DEBIAN.replace("yescrypt", "yescrypt minlen=10"), "", 10, 0),
        (QUALITY, "", 8, 0),
        (QUALITY, "minlen = 12\nminclass = 4\n", 12, 4),
        (QUALITY, "# minlen = 12\n# minclass = 4\n", 8, 0),
        (QUALITY, "minlen=14\ndcredit=-1\nucredit=-1\nlcredit=-1\nocredit=-1\n", 14, 4),
        (QUALITY, "minlen = 12\ndcredit = 1\nucredit = 1\nlcredit = 1\nocredit = 1\n", 8, 0),
        (QUALITY, "minlen = 4\n", 6, 0),
        (QUALITY, "minlen = 12\nenforcing = 0\n", 0, 0),
        (QUALITY.replace("retry=3", "retry=3 minlen=13 minclass=3"), "minlen = 8\n", 13, 3),
        (QUALITY.replace("requisite pam_pwquality", "optional pam_pwquality"), "minlen = 12\n", 6, 0),
        ("#" + QUALITY, "minlen = 12\n", 6, 0),
        ("password requisite pam_cracklib.so minlen=14\n" + DEBIAN, "", 10, 0),
    ],
)
def test_the_rule_is_read_as_pam_reads_it(stack: str, conf: str, length: int, classes: int) -> None:
    found = rule({COMMON: stack, CONF: conf})
    assert (found.length, found.classes) == (length, classes)


def test_the_main_file_is_read_after_its_folder() -> None:
    folder = f"{CONF}.d"
    files = {COMMON: QUALITY, CONF: "minlen = 12\n", f"{folder}/10.conf": "minlen = 20\nminclass = 3\n"}
    assert rule(files, {folder: ["10.conf", "notes.txt"]}) == PasswordRule("pam_pwquality", 12, 3)


def test_fedora_keeps_one_stack_and_includes_are_followed() -> None:
    stack = "password    requisite    pam_pwquality.so local_users_only\npassword sufficient pam_unix.so\n"
    assert rule({"/etc/pam.d/system-auth": stack}).length == 8
    files = {COMMON: "@include maison\n", "/etc/pam.d/maison": QUALITY, CONF: "minlen = 12"}
    assert rule(files).length == 12


def test_a_stack_that_includes_itself_ends() -> None:
    assert rule({COMMON: "@include common-password\n" + DEBIAN}).module == "pam_unix"


@pytest.mark.parametrize(
    "files",
    [
        {},
        {COMMON: ""},
        {COMMON: "garbage\n"},
        {COMMON: Reason.RIGHTS},
        {COMMON: QUALITY, CONF: Reason.RIGHTS},
        {COMMON: "password requisite pam_passwdqc.so min=disabled,24,11,8,7\n" + DEBIAN},
        {COMMON: "password sufficient pam_maison.so\n"},
    ],
)
def test_a_rule_that_cannot_be_read_is_unknown(files: dict[str, str | bytes | Reason]) -> None:
    assert isinstance(collect_pam(machine(files=files))[PASSWORD_RULE], Unknown)


UNIX = "auth [success=1 default=ignore] pam_unix.so nullok\n"
FAILLOCK = f"auth required pam_faillock.so preauth\n{UNIX}auth [default=die] pam_faillock.so authfail\n"


@pytest.mark.parametrize(
    ("stack", "conf", "limit"),
    [
        (UNIX, "deny = 3\n", AttemptLimit("", 0)),
        (FAILLOCK, "", AttemptLimit("pam_faillock", 3)),
        (FAILLOCK, "# deny = 5\n", AttemptLimit("pam_faillock", 3)),
        (FAILLOCK, "deny = 5\n", AttemptLimit("pam_faillock", 5)),
        (FAILLOCK.replace("authfail", "authfail deny=7"), "deny = 5\n", AttemptLimit("pam_faillock", 7)),
        (FAILLOCK, "deny = 0\n", AttemptLimit("pam_faillock", 0)),
        ("auth required pam_faillock.so preauth\n" + UNIX, "", AttemptLimit("", 0)),
        ("auth required pam_tally2.so deny=5\n" + UNIX, "", AttemptLimit("pam_tally2", 5)),
    ],
)
def test_the_limit_of_attempts_is_read(stack: str, conf: str, limit: AttemptLimit) -> None:
    fact = collect_pam(machine(files={AUTH: stack, "/etc/security/faillock.conf": conf}))[ATTEMPT_LIMIT]
    assert isinstance(fact, Known)
    assert fact.value == limit


@pytest.mark.parametrize("files", [{}, {AUTH: Reason.RIGHTS}, {AUTH: ""}])
def test_a_limit_that_cannot_be_read_is_unknown(files: dict[str, str | bytes | Reason]) -> None:
    assert isinstance(collect_pam(machine(files=files))[ATTEMPT_LIMIT], Unknown)
