"""Security updates on Linux: is the source set up, how old is its list, what waits."""

from __future__ import annotations

from hygie.workstation.facts.linux import apt, dnf
from hygie.workstation.facts.linux.packages import system_packages
from hygie.workstation.facts.linux.parsing import key_values, text_of
from hygie.workstation.facts.model import Collected, Collector, Fact, Known, NotApplicable, Reason, Unknown
from hygie.workstation.facts.updates import EXTENDED_SUPPORT, PENDING_SECURITY, SECURITY_SOURCE, UPDATE_LISTS_AT
from hygie.workstation.probe import Probe

ESM_SITE = "esm.ubuntu.com"
# Systems whose maker publishes fixes in a release of their own: without it in the configuration, no fix can be seen.
WITH_SECURITY_RELEASE = {"ubuntu", "linuxmint"}
NAMED_SYSTEMS = {"debian", "ubuntu", "linuxmint"}
MOVING_NAMES = {"stable", "oldstable", "testing"}  # Debian's own words for its versions
IMAGE_BASED = "/run/ostree-booted"
KEYS = (SECURITY_SOURCE, UPDATE_LISTS_AT, PENDING_SECURITY, EXTENDED_SUPPORT)


def collect_updates(probe: Probe) -> Collected:
    """The four facts, from apt where it exists, else from dnf."""
    targets = apt.read_targets(probe)
    if isinstance(targets, Unknown):
        return _from_dnf(probe) if targets.reason is Reason.ABSENT else dict.fromkeys(KEYS, targets)
    packages = system_packages(probe)
    pending = packages if isinstance(packages, Unknown) else apt.read_pending(probe, targets, packages)
    date = apt.read_lists_date(probe, targets)
    return {
        SECURITY_SOURCE: _source(probe, targets),
        UPDATE_LISTS_AT: date if isinstance(date, Unknown) else Known(date, apt.LISTS),
        PENDING_SECURITY: pending if isinstance(pending, Unknown) else Known(tuple(pending), apt.LISTS),
        EXTENDED_SUPPORT: _extended(targets),
    }


def _source(probe: Probe, targets: list[apt.Target]) -> Fact[bool]:
    source = "apt-get indextargets"
    data = probe.read_file("/etc/os-release")
    fields = {} if isinstance(data, Unknown) else key_values(text_of(data))
    if any(target.security for target in targets):
        return Known(_of_this_version(targets, fields), source)
    names = {fields.get("ID", ""), *fields.get("ID_LIKE", "").split()}
    if names & WITH_SECURITY_RELEASE or (fields.get("ID") == "debian" and "VERSION_ID" in fields):
        return Known(value=False, source=source)
    return Unknown(Reason.ABSENT, source, "ce système ne publie pas ses correctifs à part")


def _of_this_version(targets: list[apt.Target], fields: dict[str, str]) -> bool:
    """False when every source of fixes is that of another version of the system, forgotten in an upgrade.

    A system that does not tell its name, or follows others, is given the benefit of the doubt.
    """
    names = {fields.get(f"{maker}_CODENAME", "") for maker in ("VERSION", "UBUNTU", "DEBIAN")} - {""}
    if fields.get("ID") not in NAMED_SYSTEMS or not names:
        return True
    served = {target.release.partition("/")[0].partition("-")[0] for target in targets if target.security}
    return bool(served & (names | MOVING_NAMES))


def _extended(targets: list[apt.Target]) -> Fact[bool]:
    found = any(ESM_SITE in target.site and target.release.endswith("-infra-security") for target in targets)
    return Known(found, "apt-get indextargets")


def _from_dnf(probe: Probe) -> Collected:
    """dnf sees security notices in its ordinary list of updates: there is no source of their own to set up."""
    if not isinstance(probe.stat(IMAGE_BASED), Unknown):
        why = Unknown(Reason.ABSENT, IMAGE_BASED, "Hygie ne lit pas encore les mises à jour d’un système en image")
        return dict.fromkeys(KEYS, why)
    date, pending = dnf.read_lists_date(probe), dnf.read_pending(probe)
    return {
        SECURITY_SOURCE: NotApplicable("les correctifs viennent avec les autres mises à jour", "dnf"),
        UPDATE_LISTS_AT: date if isinstance(date, Unknown) else Known(date, dnf.CACHES[0]),
        PENDING_SECURITY: pending if isinstance(pending, Unknown) else Known(tuple(pending), " ".join(dnf.CHECK)),
        EXTENDED_SUPPORT: NotApplicable("ce système n’a pas de support prolongé sur abonnement", "dnf"),
    }


COLLECTORS = (Collector("updates", KEYS, collect_updates),)
