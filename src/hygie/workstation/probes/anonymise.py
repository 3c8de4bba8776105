"""Takes out of a recording what names a person, a practice or a machine, and keeps what verdicts need.

Nothing secret is kept at all: password hashes, keys and saved passwords are removed, their *number* stays.
Names are replaced by the same stand-in everywhere (answers, paths and commands), so that the recording
is judged exactly as the machine was; ``hygie.agent.recording`` checks that before it says so.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from dataclasses import replace
from typing import Any

from hygie.workstation.facts.model import Unknown
from hygie.workstation.probe import CommandOutput
from hygie.workstation.probes.networks import renamed_file, renamed_name, renamed_output, renamed_path
from hygie.workstation.probes.recording import Recording
from hygie.workstation.probes.reduction import DPKG_STATUS, names_of_packages, reduced, reduced_names
from hygie.workstation.probes.standins import StandIns

FIRST_PERSON, NOBODY = 1000, 65534
# Names that say a role, not a person: verdicts about shared sessions need them.
ROLES = frozenset(
    """accueil admin administrateur assistante cabinet clinique consultation docteur dr infirmier infirmiere invite
    medecin medical partage patient personne poste pro salle secretaire secretariat soins standard test user
    utilisateur""".split()
)
# Names that Linux gives itself: they name nobody, and verdicts read them elsewhere ("ID=debian").
COMMON = frozenset(
    """data debian default fedora gnome home kde linux live local localhost mint opensuse root service session system
    ubuntu""".split()
)
# Commands whose numbers with dots are all addresses; elsewhere they may be versions.
NETWORK_COMMANDS = frozenset({"ss", "ip", "nft", "iptables-save", "ip6tables-save", "ufw", "firewall-cmd", "iw"})
# Where every number with dots is a version.
VERSIONED = ("apt", "/usr/lib/apt/", "/var/lib/apt/", "/var/lib/dpkg/", "dnf", "rpm", "flatpak", "snap", "smbd")


def anonymise(recording: Recording) -> Recording:
    """A copy that names nobody. The input is left as it is."""
    stand_in = StandIns(_names_of(recording))
    identity = recording.identity
    clean = Recording(
        identity=replace(
            identity,
            user=stand_in.text(identity.user),
            home=stand_in.text(identity.home),
            computer="0" * 16,
            host_name="poste",
        ),
        at=recording.at.replace(second=0, microsecond=0),
        title=recording.title,
    )
    installed = names_of_packages(recording.files.get(DPKG_STATUS))
    for command, output in recording.runs.items():
        clean.runs[tuple(stand_in.text(word) for word in command)] = _run(command, output, stand_in, installed)
    for path, content in recording.files.items():
        kept = content if isinstance(content, Unknown) else _file(path, content, stand_in, installed)
        clean.files[_path(path, stand_in)] = _said(kept, stand_in)
    for path, names in recording.dirs.items():
        listed = names if isinstance(names, Unknown) else _names(path, names, stand_in)
        clean.dirs[stand_in.text(path)] = _said(listed, stand_in)
    for path, status in recording.stats.items():
        clean.stats[_path(path, stand_in)] = _said(status, stand_in)
    return clean


def _names_of(recording: Recording) -> dict[str, str]:
    """Every name to replace: this host, the people with an account, what their card says of them."""
    host = recording.identity.host_name
    # Debian names the disks of an encrypted computer after it, and LVM doubles every hyphen: "pc--accueil--vg-root".
    names = {name: "poste" for short in (host, host.partition(".")[0]) for name in (short, short.replace("-", "--"))}
    accounts = recording.files.get("/etc/passwd")
    lines = accounts.decode("utf-8", "replace").splitlines() if isinstance(accounts, bytes) else []
    people = [line.split(":") for line in lines if line.count(":") == 6]
    people = [p for p in people if p[2].isdigit() and FIRST_PERSON <= int(p[2]) < NOBODY]
    if recording.identity.uid:
        people.append([recording.identity.user, "", "", "", "", "", ""])
    for number, person in enumerate(dict.fromkeys(p[0] for p in people), 1):
        names[person] = f"personne{number}"
    for said in (word for person in people for word in re.split(r"[,\s]+", person[4])):
        for word in (said, _without_accents(said), _without_accents(said).lower()):
            if len(word) > 2:
                names.setdefault(word, "nom")
    return {n: stand_in for n, stand_in in names.items() if len(n) > 1 and not is_role(n) and n.lower() not in COMMON}


def _without_accents(word: str) -> str:
    """As machines are named after people: « Quéméner » has a « nas-quemener »."""
    return unicodedata.normalize("NFKD", word).encode("ascii", "ignore").decode("ascii")


def is_role(name: str) -> bool:
    """True for a session named after a role (« accueil », « poste2 »), which names nobody."""
    return name.lower().rstrip("0123456789-_") in ROLES


def _run(
    command: tuple[str, ...], output: CommandOutput | Unknown, stand_in: StandIns, installed: frozenset[bytes]
) -> CommandOutput | Unknown:
    if isinstance(output, Unknown):
        return replace(output, source=stand_in.text(output.source), detail=stand_in.text(output.detail))

    def clean(text: str) -> str:
        if command[0] == "nmcli":
            text = renamed_output(command, text, stand_in.network)
        return _text(command[0], text, stand_in)

    kept = reduced(command[-1], output.stdout, installed)
    return CommandOutput(output.status, _bytes(kept, clean), _bytes(output.stderr, clean))


def _file(path: str, content: bytes, stand_in: StandIns, installed: frozenset[bytes]) -> bytes:
    named = _bytes(reduced(path, content, installed), lambda text: renamed_file(path, text, stand_in.network))
    return _bytes(named, lambda text: _text(path, text, stand_in))


def _text(source: str, text: str, stand_in: StandIns) -> str:
    text = stand_in.text(text)
    if source.startswith(VERSIONED):
        return text
    return stand_in.addresses(text, private_only=source not in NETWORK_COMMANDS)


def _path(path: str, stand_in: StandIns) -> str:
    return stand_in.text(renamed_path(path, stand_in.network))


def _names(folder: str, names: tuple[str, ...], stand_in: StandIns) -> tuple[str, ...]:
    return tuple(sorted(_name(folder, name, stand_in) for name in reduced_names(folder, names)))


def _name(folder: str, name: str, stand_in: StandIns) -> str:
    return stand_in.text(renamed_name(folder, name, stand_in.network))


def _bytes(data: bytes, clean: Callable[[str], str]) -> bytes:
    """Every byte survives the way there and back (surrogateescape), whatever the encoding."""
    return clean(data.decode("utf-8", "surrogateescape")).encode("utf-8", "surrogateescape")


def _said(answer: Any, stand_in: StandIns) -> Any:
    """An Unknown names its source and detail: they are cleaned as well."""
    if isinstance(answer, Unknown):
        return replace(answer, source=stand_in.text(answer.source), detail=stand_in.text(answer.detail))
    return answer
