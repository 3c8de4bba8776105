"""Facts about remote access: the SSH service, and tools that let somebody in from outside."""

from __future__ import annotations

from dataclasses import dataclass

from hygie.workstation.facts.model import FactKey


@dataclass(frozen=True, slots=True)
class SshServer:
    """How sshd is set, lower-cased values of sshd_config(5).

    ``loosened`` names the keywords that a Match block sets to "yes" for somebody; ``key_always`` is True when
    every accepted way in includes a key.
    """

    ports: tuple[int, ...]
    loopback_only: bool
    root_login: str
    passwords: bool
    empty_passwords: bool
    key_always: bool
    loosened: tuple[str, ...]


SSH_SERVER = FactKey[SshServer]("sshd_config", "les réglages du service d’accès à distance SSH")
PROCESSES = FactKey[tuple[str, ...]]("processes", "la liste des logiciels en marche")
"""Short names of running processes (osquery ``processes.name``)."""
