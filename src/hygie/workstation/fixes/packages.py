"""Installing a Debian package as a step of a correction, and taking it away again."""

from __future__ import annotations

from hygie.workstation.fixes.steps import CommandStep

APT = ("env", "DEBIAN_FRONTEND=noninteractive", "apt-get", "-y")
MINUTES_10 = 600.0


def install_step(package: str) -> CommandStep:
    """Brings one package. Undoing removes it with its settings; what it needed stays, and does no harm."""
    return CommandStep(
        what=f"Logiciel {package}",
        old="non installé",
        new="installé",
        do_argvs=((*APT, "install", "--no-install-recommends", package),),
        undo_argv=(*APT, "purge", package),
        installs=package,
        seconds=MINUTES_10,
    )
