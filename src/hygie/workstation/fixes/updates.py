"""Correction: security updates install themselves (Debian and Ubuntu, with unattended-upgrades)."""

from __future__ import annotations

import re

from hygie.workstation.facts.linux.parsing import text_of
from hygie.workstation.facts.model import Reason, Unknown
from hygie.workstation.fixes.hand import FileState
from hygie.workstation.fixes.model import Fix, FixPlan, FixRefusal
from hygie.workstation.fixes.packages import install_step
from hygie.workstation.fixes.steps import FileStep, Step
from hygie.workstation.probe import Probe

ID, TITLE = "mises-a-jour-automatiques", "Installer seules les mises à jour de sécurité"
FOLDER, NAME = "/etc/apt/apt.conf.d", "20auto-upgrades"  # the name that Debian's own tool uses
PROGRAM = "/usr/bin/unattended-upgrade"
WANTED = ("APT::Periodic::Update-Package-Lists", "APT::Periodic::Unattended-Upgrade")
CONTENT = "".join(f'{name} "1";\n' for name in WANTED)
# apt.conf(5): "//" and "#" start comments; names do not depend on case.
SETTING = re.compile(
    r'^\s*APT::Periodic::(Enable|Update-Package-Lists|Unattended-Upgrade)\s+"([^"]*)"\s*;', re.MULTILINE | re.IGNORECASE
)


def prepare(probe: Probe) -> FixPlan | FixRefusal:
    """The file of settings, and the program when it is missing."""
    if isinstance(probe.stat("/usr/bin/apt-get"), Unknown):
        return FixRefusal(ID, "Cette correction n’existe que pour Debian, Ubuntu et les systèmes qui en viennent.")
    if not probe.identity.elevated:
        return FixRefusal(ID, f"Il faut les droits d’administrateur : relancez `sudo ./hygie corriger {ID}`.")
    names = probe.list_dir(FOLDER)
    if isinstance(names, Unknown):
        return FixRefusal(ID, f"Le dossier {FOLDER} n’a pas pu être lu : {names.reason.label}.")
    later = _forbidden_later(probe, names)
    if later:
        return FixRefusal(ID, f"Le fichier {FOLDER}/{later} l’interdit et passe après : corrigez-le d’abord.")
    old = probe.read_file(f"{FOLDER}/{NAME}")
    if isinstance(old, Unknown) and old.reason is not Reason.ABSENT:
        return FixRefusal(ID, f"Le fichier {FOLDER}/{NAME} n’a pas pu être lu : {old.reason.label}.")
    steps = _steps(probe, None if isinstance(old, Unknown) else old)
    if not steps:
        return FixRefusal(ID, "Les mises à jour de sécurité s’installent déjà seules.", in_place=True)
    warnings = ("L’installation télécharge un logiciel des dépôts de votre système.",) if len(steps) > 1 else ()
    return FixPlan(ID, TITLE, probe.identity.user, steps, warnings)


def _steps(probe: Probe, old: bytes | None) -> tuple[Step, ...]:
    """Nothing when the program is there and the file says yes to both."""
    missing = isinstance(probe.stat(PROGRAM), Unknown)
    said = settings_of(text_of(old or b""))
    if not missing and all(said.get(name.lower()) == "1" for name in WANTED):
        return ()
    what = "Recherche et installation quotidiennes des correctifs"
    before = None if old is None else FileState(old)
    write = FileStep(what, f"{FOLDER}/{NAME}", before, FileState(CONTENT.encode()))
    return (install_step("unattended-upgrades"), write) if missing else (write,)


def settings_of(text: str) -> dict[str, str]:
    """APT::Periodic settings of one file, names in lower case; the last one wins."""
    return {f"apt::periodic::{name}".lower(): value for name, value in SETTING.findall(text)}


def _forbidden_later(probe: Probe, names: tuple[str, ...]) -> str:
    """The file read after ours (apt reads them in name order) that switches something off; "" when there is none."""
    for name in names:
        data = probe.read_file(f"{FOLDER}/{name}") if name > NAME else b""
        settings = {} if isinstance(data, Unknown) else settings_of(text_of(data))
        if any(value.strip() in ("", "0") for value in settings.values()):
            return name
    return ""


UPDATES_FIX = Fix(ID, TITLE, prepare, needs_root=True)
