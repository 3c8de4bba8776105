"""Correction: the firewall on, with ufw or firewalld, and remote access by SSH kept where it is in use."""

from __future__ import annotations

import re

from hygie.workstation.collect import collect
from hygie.workstation.facts.linux import ports
from hygie.workstation.facts.linux.parsing import answer_of, key_values, text_of
from hygie.workstation.facts.linux.units import ABSENT, ACTIVE, unit_states
from hygie.workstation.facts.model import Known, Unknown
from hygie.workstation.facts.network import LISTENERS, Listener
from hygie.workstation.fixes.model import Fix, FixPlan, FixRefusal
from hygie.workstation.fixes.packages import install_step
from hygie.workstation.fixes.steps import CommandStep, Step
from hygie.workstation.probe import Probe

ID, TITLE = "pare-feu", "Activer le pare-feu de ce poste"
UFW, UFW_CONF, UFW_DEFAULTS = "/usr/sbin/ufw", "/etc/ufw/ufw.conf", "/etc/default/ufw"
UFW_RULES = "/etc/ufw/user.rules", "/etc/ufw/user6.rules"
FIREWALLD, FIREWALLD_CONF = "/usr/sbin/firewalld", "/etc/firewalld/firewalld.conf"
# Other ways of filtering: two at once would contradict each other.
OTHERS = "nftables.service", "netfilter-persistent.service", "iptables.service", "shorewall.service"
# Ports that every computer uses for itself: address by DHCP, time, names of the local network.
SSH_PORT, SSH_PROGRAMS, SSH_SOCKETS = 22, ("sshd", "dropbear"), ("ssh.socket", "sshd.socket")
HOUSEKEEPING = {("udp", 68), ("udp", 546), ("udp", 123), ("udp", 323), ("udp", 5353), ("udp", 5355), ("tcp", 5355)}


def prepare(probe: Probe) -> FixPlan | FixRefusal:
    """What turns the firewall on; refuses when what listens is not known, because SSH could be cut."""
    if not probe.identity.elevated:
        return FixRefusal(ID, f"Il faut les droits d’administrateur : relancez `sudo ./hygie corriger {ID}`.")
    listeners = collect(probe, ports.COLLECTORS).facts.get(LISTENERS)
    if not isinstance(listeners, Known):
        return FixRefusal(
            ID, "Les services ouverts sur le réseau n’ont pas pu être lus : l’accès à distance serait en danger."
        )
    other = _other_in_use(probe)
    if other:
        return FixRefusal(ID, f"Un autre pare-feu est déjà en service ({other}) : voyez avec votre prestataire.")
    exposed = [listener for listener in listeners.value if listener.exposed]
    ssh = _ssh_ports(probe, exposed)
    steps = _steps(probe, ssh)
    if isinstance(steps, FixRefusal):
        return steps
    return FixPlan(ID, TITLE, probe.identity.user, steps, (*_warnings(exposed, ssh),))


def _other_in_use(probe: Probe) -> str:
    states = unit_states(probe, OTHERS)
    if isinstance(states, Unknown):  # no systemd: nothing of that kind can be in service
        return ""
    return next((unit.removesuffix(".service") for unit, state in states.items() if state == ACTIVE), "")


def _ssh_ports(probe: Probe, exposed: list[Listener]) -> list[int]:
    """Ports by which somebody may be connected now: cutting them could lock a provider out for good.

    Ubuntu lets systemd listen in place of sshd (ssh.socket): the port then shows under another name.
    """
    kept = {SSH_PORT, *_socket_ports(probe)}
    tcp = [one for one in exposed if one.protocol == "tcp"]
    return sorted({one.port for one in tcp if one.process in SSH_PROGRAMS or one.port in kept})


def _socket_ports(probe: Probe) -> set[int]:
    answer = answer_of(probe.run(["systemctl", "show", "--property=Listen", *SSH_SOCKETS]), "systemctl show")
    if isinstance(answer, Unknown):
        return set()
    return {int(port) for port in re.findall(r"^Listen=\S*:(\d+) \(Stream\)$", answer.text, re.MULTILINE)}


def _warnings(exposed: list[Listener], ssh: list[int]) -> list[str]:
    """Services that other computers reach today and will not any more: the person must know before."""
    kept = {("tcp", port) for port in ssh} | HOUSEKEEPING
    closed = sorted(
        {
            f"{one.process or 'service'} ({one.protocol} {one.port})"
            for one in exposed
            if (one.protocol, one.port) not in kept
        }
    )
    if not closed:
        return []
    return [f"Ces services ne seront plus joignables depuis les autres ordinateurs : {', '.join(closed)}."]


def _steps(probe: Probe, ssh: list[int]) -> tuple[Step, ...] | FixRefusal:
    if not isinstance(probe.stat(FIREWALLD), Unknown):
        return _firewalld(probe, ssh)
    if not isinstance(probe.stat(UFW), Unknown):
        conf = probe.read_file(UFW_CONF)
        if isinstance(conf, Unknown):
            return FixRefusal(ID, f"Le réglage de ufw n’a pas pu être lu : {conf.reason.label}.")
        if key_values(text_of(conf)).get("ENABLED", "").lower() == "yes":
            return FixRefusal(
                ID, "Le pare-feu ufw est déjà activé. S’il ne tourne pas, redémarrez ce poste.", in_place=True
            )
        return _ufw(ssh, denies=_denies(probe))
    if isinstance(probe.stat("/usr/bin/apt-get"), Unknown):
        return FixRefusal(ID, "Aucun pare-feu (ufw ou firewalld) n’est installé : installez-en un d’abord.")
    return (install_step("ufw"), *_ufw(ssh, denies=True))


def _denies(probe: Probe) -> bool:
    """Whether ufw refuses what no rule permits: started with another policy it would protect from nothing."""
    data = probe.read_file(UFW_DEFAULTS)
    return not isinstance(data, Unknown) and key_values(text_of(data)).get("DEFAULT_INPUT_POLICY") in ("DROP", "REJECT")


def _ufw(ssh: list[int], *, denies: bool) -> tuple[Step, ...]:
    """SSH first, then the firewall: never the other way round. Undoing puts ufw's own files back to the byte.

    One step for all: ``ufw enable`` rewrites the files of rules too.
    """
    step = CommandStep(
        f"Pare-feu ufw : connexions entrantes refusées{_except(ssh)}",
        "arrêté",
        "en marche, à chaque démarrage",
        (
            *(("ufw", "allow", f"{port}/tcp") for port in ssh),
            *(() if denies else (("ufw", "default", "deny", "incoming"),)),
            ("ufw", "--force", "enable"),
        ),
        ("ufw", "disable"),
        (UFW_CONF, UFW_DEFAULTS, *UFW_RULES),
    )
    return (step,)


def _except(ssh: list[int]) -> str:
    listed = ", ".join(str(port) for port in ssh)
    return f", sauf l’accès à distance SSH (port {listed})" if ssh else ""


def _firewalld(probe: Probe, ssh: list[int]) -> tuple[Step, ...] | FixRefusal:
    """SSH is permitted in the default zone while firewalld is still off, then the service is turned on for good."""
    states = unit_states(probe, ["firewalld.service"])
    if isinstance(states, Unknown) or states["firewalld.service"] == ABSENT:
        return FixRefusal(ID, "L’état de firewalld n’a pas pu être lu.")
    if states["firewalld.service"] == ACTIVE:
        return FixRefusal(ID, "Le pare-feu firewalld est déjà en marche : il n’y a rien à corriger.", in_place=True)
    conf = probe.read_file(FIREWALLD_CONF)
    zone = key_values(text_of(conf)).get("DefaultZone", "") if not isinstance(conf, Unknown) else ""
    if not zone:
        return FixRefusal(ID, "La zone de firewalld n’a pas pu être lue : l’accès à distance serait en danger.")
    service = "firewalld.service"
    step = CommandStep(
        f"Pare-feu firewalld : connexions entrantes filtrées{_except(ssh)}",
        "arrêté",
        "en marche, à chaque démarrage",
        (
            *(("firewall-offline-cmd", f"--zone={zone}", f"--add-port={port}/tcp") for port in ssh),
            ("systemctl", "enable", "--now", service),
        ),
        ("systemctl", "disable", "--now", service),
        (f"/etc/firewalld/zones/{zone}.xml",),
    )
    return (step,)


FIREWALL_FIX = Fix(ID, TITLE, prepare, needs_root=True)
