"""Correction: the firewall on, with ufw or firewalld, and remote access by SSH kept where it is in use."""

from __future__ import annotations

from hygie.workstation.collect import collect
from hygie.workstation.facts.linux import ports
from hygie.workstation.facts.linux.parsing import key_values, text_of
from hygie.workstation.facts.linux.units import ABSENT, ACTIVE, unit_states
from hygie.workstation.facts.model import Known, Unknown
from hygie.workstation.facts.network import LISTENERS, Listener
from hygie.workstation.fixes.model import Fix, FixPlan, FixRefusal
from hygie.workstation.fixes.packages import install_step
from hygie.workstation.fixes.steps import CommandStep, Step
from hygie.workstation.probe import Probe

ID, TITLE = "pare-feu", "Activer le pare-feu de ce poste"
UFW, UFW_CONF = "/usr/sbin/ufw", "/etc/ufw/ufw.conf"
UFW_RULES = "/etc/ufw/user.rules", "/etc/ufw/user6.rules"
FIREWALLD, FIREWALLD_CONF = "/usr/sbin/firewalld", "/etc/firewalld/firewalld.conf"
# Other ways of filtering: two at once would contradict each other.
OTHERS = "nftables.service", "netfilter-persistent.service", "iptables.service", "shorewall.service"
# Ports that every computer uses for itself: address by DHCP, time, names of the local network.
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
    ssh = sorted({listener.port for listener in exposed if listener.process == "sshd" and listener.protocol == "tcp"})
    steps = _steps(probe, ssh)
    if isinstance(steps, FixRefusal):
        return steps
    return FixPlan(ID, TITLE, probe.identity.user, steps, (*_warnings(exposed, ssh),))


def _other_in_use(probe: Probe) -> str:
    states = unit_states(probe, OTHERS)
    if isinstance(states, Unknown):  # no systemd: nothing of that kind can be in service
        return ""
    return next((unit.removesuffix(".service") for unit, state in states.items() if state == ACTIVE), "")


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
            return FixRefusal(ID, "Le pare-feu ufw est déjà activé : il n’y a rien à corriger.", in_place=True)
        return _ufw(ssh)
    if isinstance(probe.stat("/usr/bin/apt-get"), Unknown):
        return FixRefusal(ID, "Aucun pare-feu (ufw ou firewalld) n’est installé : installez-en un d’abord.")
    return (install_step("ufw"), *_ufw(ssh))


def _ufw(ssh: list[int]) -> tuple[Step, ...]:
    """SSH first, then the firewall: never the other way round. Undoing puts ufw's own files back to the byte."""
    allow = [
        CommandStep(
            f"Accès à distance SSH (port {port})",
            "non prévu",
            "permis",
            ("ufw", "allow", f"{port}/tcp"),
            files=UFW_RULES,
        )
        for port in ssh
    ]
    enable = CommandStep(
        "Pare-feu ufw : connexions entrantes refusées",
        "arrêté",
        "en marche",
        ("ufw", "--force", "enable"),
        ("ufw", "disable"),
        (UFW_CONF,),
    )
    return (*allow, enable)


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
    file = f"/etc/firewalld/zones/{zone}.xml"
    allow = [
        CommandStep(
            f"Accès à distance SSH (port {port})",
            "non prévu",
            "permis",
            ("firewall-offline-cmd", f"--zone={zone}", f"--add-port={port}/tcp"),
            files=(file,),
        )
        for port in ssh
    ]
    enable = CommandStep(
        "Pare-feu firewalld",
        "arrêté",
        "en marche, à chaque démarrage",
        ("systemctl", "enable", "--now", "firewalld.service"),
        ("systemctl", "disable", "--now", "firewalld.service"),
    )
    return (*allow, enable)


FIREWALL_FIX = Fix(ID, TITLE, prepare)
