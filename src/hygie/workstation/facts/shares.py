"""Facts about folders shared on the network."""

from __future__ import annotations

from dataclasses import dataclass

from hygie.workstation.facts.model import FactKey


@dataclass(frozen=True, slots=True)
class Share:
    """osquery ``shared_resources``. ``protocol``: "smb" or "nfs"; ``everyone``: no password or no list of hosts."""

    name: str
    protocol: str
    everyone: bool
    writable: bool


@dataclass(frozen=True, slots=True)
class SmbDialects:
    """``server`` and ``client``: oldest SMB dialect allowed ("SMB2", "NT1"…), "" when this computer plays no such part.

    ``weak_passwords``: NTLMv1 or LANMAN answers are accepted; ``mounted``: folders mounted with SMB 1.
    """

    server: str
    client: str
    weak_passwords: bool
    mounted: tuple[str, ...]


SHARES = FactKey[tuple[Share, ...]]("shared_resources", "la liste des dossiers partagés")
SMB_DIALECTS = FactKey[SmbDialects]("smb_dialects", "les versions du partage Windows acceptées")
