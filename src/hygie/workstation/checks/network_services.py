"""Services that listen, and what it means that the network can reach them. Ports: IANA service registry."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Danger(StrEnum):
    """How bad it is that another computer of the network reaches a service."""

    NEVER = "never"  # no password, or nothing encrypted
    SHARED = "shared"  # useful to others in the practice, if opened on purpose
    COMMON = "common"  # made to be reached, judged elsewhere, or harmless


@dataclass(frozen=True, slots=True)
class Service:
    """One service, by protocol and range of ports; ``name`` is shown."""

    protocol: str
    low: int
    high: int
    name: str
    danger: Danger


SERVICES = (
    Service("tcp", 21, 21, "FTP", Danger.NEVER),
    Service("tcp", 23, 23, "Telnet", Danger.NEVER),
    Service("udp", 69, 69, "TFTP", Danger.NEVER),
    Service("tcp", 111, 111, "RPC", Danger.SHARED),
    Service("udp", 161, 161, "SNMP", Danger.SHARED),
    Service("tcp", 512, 514, "rsh", Danger.NEVER),
    Service("tcp", 139, 139, "partage Windows ancien", Danger.SHARED),
    Service("tcp", 445, 445, "partage Windows", Danger.SHARED),
    Service("tcp", 548, 548, "partage Apple", Danger.SHARED),
    Service("tcp", 631, 631, "imprimantes", Danger.SHARED),
    Service("tcp", 873, 873, "rsync", Danger.NEVER),
    Service("tcp", 1433, 1434, "base SQL Server", Danger.SHARED),
    Service("tcp", 1521, 1521, "base Oracle", Danger.SHARED),
    Service("tcp", 2049, 2049, "partage NFS", Danger.SHARED),
    Service("tcp", 2375, 2375, "Docker sans mot de passe", Danger.NEVER),
    Service("tcp", 3050, 3050, "base Firebird", Danger.SHARED),
    Service("tcp", 3306, 3306, "base MySQL ou MariaDB", Danger.SHARED),
    Service("tcp", 3389, 3389, "bureau à distance", Danger.NEVER),
    Service("tcp", 4242, 4242, "images médicales (DICOM)", Danger.SHARED),
    Service("tcp", 104, 104, "images médicales (DICOM)", Danger.SHARED),
    Service("tcp", 11112, 11112, "images médicales (DICOM)", Danger.SHARED),
    Service("tcp", 4900, 4900, "base HFSQL", Danger.SHARED),
    Service("tcp", 5432, 5432, "base PostgreSQL", Danger.SHARED),
    Service("tcp", 5800, 5809, "écran à distance VNC", Danger.NEVER),
    Service("tcp", 5900, 5999, "écran à distance VNC", Danger.NEVER),
    Service("tcp", 5984, 5984, "base CouchDB", Danger.SHARED),
    Service("tcp", 6000, 6063, "écran X11", Danger.NEVER),
    Service("tcp", 6379, 6379, "base Redis", Danger.NEVER),
    Service("tcp", 8042, 8042, "images médicales (Orthanc)", Danger.SHARED),
    Service("tcp", 9200, 9200, "base Elasticsearch", Danger.NEVER),
    Service("tcp", 10000, 10000, "Webmin", Danger.SHARED),
    Service("tcp", 11211, 11211, "cache Memcached", Danger.NEVER),
    Service("tcp", 27017, 27019, "base MongoDB", Danger.NEVER),
    Service("tcp", 22, 22, "SSH", Danger.COMMON),
    Service("tcp", 53, 53, "noms (DNS)", Danger.COMMON),
    Service("tcp", 80, 80, "web", Danger.COMMON),
    Service("tcp", 443, 443, "web", Danger.COMMON),
    Service("tcp", 3493, 3493, "onduleur (NUT)", Danger.COMMON),
    Service("tcp", 5355, 5355, "noms (LLMNR)", Danger.COMMON),
)


def service_of(protocol: str, port: int) -> Service | None:
    """The service of a port; None when it is not in the list."""
    return next((s for s in SERVICES if s.protocol == protocol and s.low <= port <= s.high), None)
