"""What PAM asks of a new password, and how many wrong ones it bears (pam.conf(5) and the pages of each module)."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from hygie.workstation.facts.accounts import ATTEMPT_LIMIT, PASSWORD_RULE, AttemptLimit, PasswordRule
from hygie.workstation.facts.linux.need import fact_of, need
from hygie.workstation.facts.linux.optional import drop_in_texts, optional_text
from hygie.workstation.facts.model import Collected, Collector, Fact, Known, Reason, Unknown
from hygie.workstation.probe import Probe

# Debian and openSUSE split the stack by use; Fedora and Arch keep it in one file.
PASSWORD_STACKS = "common-password", "system-auth"
AUTH_STACKS = "common-auth", "system-auth"
QUALITY = ("/etc/security/pwquality.conf.d/", "/etc/security/pwquality.conf")
FAILLOCK = "/etc/security/faillock.conf"
DEEPEST = 4  # includes in includes
CREDITS = "dcredit", "ucredit", "lcredit", "ocredit"
LEAST_LENGTH = 6  # pwquality.conf(5): minlen cannot be set lower
# Documented defaults: pwquality.conf(5), pam_cracklib(8), pam_unix(8), faillock.conf(5).
PWQUALITY = {"minlen": 8, "minclass": 0, "enforcing": 1, **dict.fromkeys(CREDITS, 0)}
CRACKLIB = {"minlen": 9, "minclass": 0, "enforcing": 1, **dict.fromkeys(CREDITS, 1)}
UNIX_MINLEN, FAILLOCK_DENY = 6, 3

_LINE = re.compile(r"^-?(auth|account|password|session)\s+(\[[^\]]*\]|\S+)\s+(\S+)\s*(.*)$")
_NUMBER = re.compile(r"^\s*(\w+)\s*=\s*(-?\d+)\s*$", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class PamLine:
    """One module call. ``module`` without folder nor ".so"; ``options`` as written."""

    kind: str
    control: str
    module: str
    options: tuple[str, ...]

    def numbers(self) -> dict[str, int]:
        """Options of the form name=number."""
        return _numbers("\n".join(self.options))


def parse_stack(text: str) -> tuple[list[PamLine], list[str]]:
    """Lines of a PAM file, and the files it includes ("@include x", "auth include x", "auth substack x")."""
    lines, includes = [], []
    for raw in text.replace("\\\n", " ").splitlines():
        line = raw.partition("#")[0].strip()
        found = _LINE.match(line)
        if line.startswith("@include"):
            includes.append(line.split()[-1])
        elif found and found[2] in {"include", "substack"}:
            includes.append(found[3])
        elif found:
            module = found[3].rpartition("/")[2].removesuffix(".so")
            lines.append(PamLine(found[1], found[2], module, tuple(found[4].split())))
    return lines, includes


def _read_stack(probe: Probe, name: str, depth: int = DEEPEST) -> list[PamLine]:
    lines, includes = parse_stack(need(optional_text(probe, f"/etc/pam.d/{name}")))
    for include in includes if depth else ():
        lines += _read_stack(probe, include, depth - 1)
    return lines


def _lines(probe: Probe, stacks: tuple[str, ...], kind: str) -> list[PamLine]:
    """Lines of the first stack that exists and has any of this kind; "optional" ones enforce nothing."""
    for name in stacks:
        lines = [line for line in _read_stack(probe, name) if line.kind == kind]
        if lines:
            return [line for line in lines if line.control != "optional"]
    return []


def collect_pam(probe: Probe) -> Collected:
    """The password rule and the limit of attempts."""
    return {PASSWORD_RULE: fact_of(lambda: _rule(probe)), ATTEMPT_LIMIT: fact_of(lambda: _limit(probe))}


def _rule(probe: Probe) -> Fact[PasswordRule]:
    lines = {line.module: line for line in reversed(_lines(probe, PASSWORD_STACKS, "password"))}
    if "pam_pwquality" in lines:
        texts = need(drop_in_texts(probe, QUALITY))
        values = {**PWQUALITY, **_numbers("\n".join(texts)), **lines["pam_pwquality"].numbers()}
        return _known_rule("pam_pwquality", values)
    if "pam_cracklib" in lines:
        return _known_rule("pam_cracklib", {**CRACKLIB, **lines["pam_cracklib"].numbers()})
    if "pam_unix" in lines and "pam_passwdqc" not in lines:
        length = lines["pam_unix"].numbers().get("minlen", UNIX_MINLEN)
        return Known(PasswordRule("pam_unix", length, 0), "/etc/pam.d")
    detail = "la règle de ce système n’est pas d’un genre connu"
    return Unknown(Reason.UNPARSABLE if lines else Reason.ABSENT, "/etc/pam.d", detail)


def _known_rule(module: str, values: Mapping[str, int]) -> Fact[PasswordRule]:
    if not values["enforcing"]:
        return Known(PasswordRule(module, 0, 0), "/etc/pam.d")
    return Known(PasswordRule(module, effective_length(values), demanded_classes(values)), "/etc/pam.d")


def effective_length(values: Mapping[str, int]) -> int:
    """The shortest password accepted: each positive credit lets a kind of character stand for length."""
    return max(LEAST_LENGTH, values["minlen"] - sum(max(values[credit], 0) for credit in CREDITS))


def demanded_classes(values: Mapping[str, int]) -> int:
    """Kinds of characters demanded: ``minclass``, or one for each negative credit."""
    return max(values["minclass"], sum(values[credit] < 0 for credit in CREDITS))


def _limit(probe: Probe) -> Fact[AttemptLimit]:
    lines = _lines(probe, AUTH_STACKS, "auth")
    if not lines:
        return Unknown(Reason.ABSENT, "/etc/pam.d")
    tally = next((line for line in lines if line.module in {"pam_tally2", "pam_tally"}), None)
    if tally is not None:
        return Known(AttemptLimit(tally.module, tally.numbers().get("deny", 0)), "/etc/pam.d")
    counting = [line for line in lines if line.module == "pam_faillock" and "authfail" in line.options]
    if not counting:
        return Known(AttemptLimit("", 0), "/etc/pam.d")
    options = counting[0].numbers()
    settings = _numbers(need(optional_text(probe, FAILLOCK)))
    return Known(AttemptLimit("pam_faillock", options.get("deny", settings.get("deny", FAILLOCK_DENY))), FAILLOCK)


def _numbers(text: str) -> dict[str, int]:
    return {name: int(value) for name, value in _NUMBER.findall(text)}


COLLECTORS = (Collector("pam", (PASSWORD_RULE, ATTEMPT_LIMIT), collect_pam),)
