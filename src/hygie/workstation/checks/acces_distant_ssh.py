"""Remote access by SSH asks for a key, or stays inside."""

from __future__ import annotations

from datetime import datetime

from hygie.workstation.checks.model import Judgement, Limits, not_applicable, ok, to_fix, unknown, watch
from hygie.workstation.checks.network_services import service_of
from hygie.workstation.facts.model import Facts, Known, NotApplicable
from hygie.workstation.facts.network import FIREWALL, LISTENERS, Listener
from hygie.workstation.facts.remote import SSH_SERVER, SshServer

EXPECTED = "clé exigée, mot de passe refusé"


def judge(facts: Facts, limits: Limits, now: datetime) -> Judgement:
    """A server that does not listen is no way in; one that takes a mere password is guessed sooner or later."""
    if isinstance(facts.get(SSH_SERVER), NotApplicable) and _another_server(facts):
        return unknown("other", observed="autre service SSH", expected=EXPECTED)
    server = facts.value(SSH_SERVER)
    listeners = [one for one in facts.value(LISTENERS) if one.protocol == "tcp"]
    doors = [one for one in listeners if _is_ssh(one, server)]
    if not doors:
        # Without rights the program behind a port is not named, and systemd holds ports for others: each could be SSH.
        hidden = any(one.exposed and one.process in ("", "systemd") and not _is_known(one) for one in listeners)
        return unknown("hidden", expected=EXPECTED) if hidden else not_applicable("stopped", observed="n’écoute pas")
    if server.loopback_only or not any(door.exposed for door in doors):
        return ok("inside", observed="ce poste seulement", expected=EXPECTED)
    if server.empty_passwords:
        return to_fix("empty", observed="mots de passe vides acceptés", expected=EXPECTED)
    if server.loosened:
        return to_fix("loosened", observed="exceptions dangereuses", expected=EXPECTED)
    if server.key_always or not server.passwords:
        return ok(observed="clé exigée", expected=EXPECTED)
    return _of_password(facts, server, doors)


def _another_server(facts: Facts) -> bool:
    """Something answers where SSH does, and it is not the server whose settings we read."""
    found = facts.get(LISTENERS)
    listeners = found.value if isinstance(found, Known) else ()
    return any(
        one.exposed and (one.process == "dropbear" or (one.protocol, one.port) == ("tcp", 22)) for one in listeners
    )


def _of_password(facts: Facts, server: SshServer, doors: list[Listener]) -> Judgement:
    firewall = facts.get(FIREWALL)
    closed = isinstance(firewall, Known) and all(firewall.value.lets_in("tcp", door.port) is False for door in doors)
    if closed:
        return watch(observed="mot de passe, mais fermé par le pare-feu", expected=EXPECTED)
    sentence = "root" if server.root_login == "yes" else "to_fix"
    return to_fix(sentence, observed="un mot de passe suffit", expected=EXPECTED)


def _is_known(listener: Listener) -> bool:
    """A port that systemd holds for a service of its own, such as printers."""
    return listener.process == "systemd" and service_of(listener.protocol, listener.port) is not None


def _is_ssh(listener: Listener, server: SshServer) -> bool:
    return listener.process.startswith("sshd") or (
        listener.port in server.ports and listener.process in ("", "systemd")
    )
