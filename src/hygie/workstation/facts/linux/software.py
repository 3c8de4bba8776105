"""Known applications that no package manager lists, and online accounts of the desktop."""

from __future__ import annotations

import re
from configparser import ConfigParser, Error

from hygie.workstation.facts.linux.need import fact_of, need
from hygie.workstation.facts.linux.parsing import text_of
from hygie.workstation.facts.linux.person import home_of_person
from hygie.workstation.facts.model import Collected, Collector, Fact, Known, Reason, Unknown
from hygie.workstation.facts.software import APPS_BESIDE_PACKAGES, CLOUD_ACCOUNTS, KNOWN_APPS, CloudAccounts
from hygie.workstation.probe import Probe

ACCOUNTS = ".config/goa-1.0/accounts.conf"
PROVIDERS = {"google", "windows_live", "ms_graph"}
# Domains under which these two give addresses to persons; a practice's own domain is not among them.
CONSUMER_MAIL = re.compile(r"@(gmail|googlemail|outlook|hotmail|live|msn)\.[a-z.]+$", re.IGNORECASE)


def collect_apps(probe: Probe) -> Collected:
    """Applications found by where their maker puts them, and those that a browser installed for the person."""
    return {APPS_BESIDE_PACKAGES: fact_of(lambda: _apps(probe))}


def _apps(probe: Probe) -> Fact[tuple[str, ...]]:
    home = need(home_of_person(probe))
    entries = probe.list_dir(f"{home}/.local/share/applications")
    if isinstance(entries, Unknown) and entries.reason is not Reason.ABSENT:
        return entries
    names = " ".join(() if isinstance(entries, Unknown) else entries)
    found = [
        app.id
        for app in KNOWN_APPS
        if any(_there(probe, path.replace("~", home)) for path in app.paths)
        or any(word in names for word in app.web_ids)
    ]
    return Known(tuple(found), "dossiers des logiciels")


def _there(probe: Probe, path: str) -> bool:
    status = probe.stat(path)
    if isinstance(status, Unknown) and status.reason is not Reason.ABSENT:
        need(status)
    return not isinstance(status, Unknown)


def collect_accounts(probe: Probe) -> Collected:
    """GNOME's online accounts (accounts.conf of GOA) whose files are shown: counted, never named."""
    return {CLOUD_ACCOUNTS: fact_of(lambda: _accounts(probe))}


def _accounts(probe: Probe) -> Fact[CloudAccounts]:
    path = f"{need(home_of_person(probe))}/{ACCOUNTS}"
    data = probe.read_file(path)
    if isinstance(data, Unknown) and data.reason is Reason.ABSENT:
        return Known(CloudAccounts(0, 0), path)
    accounts = parse_accounts(text_of(need(data)))
    return Unknown(Reason.UNPARSABLE, path) if accounts is None else Known(accounts, path)


def parse_accounts(text: str) -> CloudAccounts | None:
    """[Account …] groups of the big providers with their files shown; None when the file is damaged."""
    parser = ConfigParser(interpolation=None, strict=False)
    try:
        parser.read_string(text)
    except Error:
        return None
    groups = [parser[name] for name in parser.sections()]
    shown = [
        one for one in groups if one.get("Provider") in PROVIDERS and one.get("FilesEnabled", "").lower() == "true"
    ]
    addresses = [one.get("PresentationIdentity") or one.get("Identity") or "" for one in shown]
    personal = sum(bool(CONSUMER_MAIL.search(address)) for address in addresses)
    return CloudAccounts(personal, len(shown) - personal)


COLLECTORS = (
    Collector("apps", (APPS_BESIDE_PACKAGES,), collect_apps),
    Collector("accounts_online", (CLOUD_ACCOUNTS,), collect_accounts),
)
