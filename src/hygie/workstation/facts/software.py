"""Facts about known applications, and the table of those that Hygie recognises.

Screens only show how many were found, never which: what somebody installs is their own business.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from hygie.workstation.facts.model import FactKey
from hygie.workstation.facts.packages import Package


class Purpose(StrEnum):
    """What an application is for, where a practice cares."""

    MESSAGING = "messaging"
    CLOUD = "cloud"
    UNCLEAR_CLOUD = "unclear_cloud"
    """Storage sold to persons and to professionals alike: the program does not tell which."""
    PASSWORDS = "passwords"


@dataclass(frozen=True, slots=True)
class App:
    """One application: ``names`` of its packages (Debian, RPM, flatpak, snap), ``paths`` where its maker puts it.

    ``~`` in a path is the home of the person. ``web_ids``: identifiers of the same service installed by a browser.
    """

    id: str
    purpose: Purpose
    names: tuple[str, ...]
    paths: tuple[str, ...] = ()
    web_ids: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class CloudAccounts:
    """Online accounts whose files show in the file manager. ``personal``: their address is one of consumer mail."""

    personal: int
    unclear: int


M, C, U, P = Purpose.MESSAGING, Purpose.CLOUD, Purpose.UNCLEAR_CLOUD, Purpose.PASSWORDS
KNOWN_APPS = (
    App(
        "whatsapp",
        M,
        (
            "whatsapp-for-linux",
            "whatsdesk",
            "whatsie",
            "com.github.eneshecan.WhatsAppForLinux",
            "io.github.mimbrero.WhatsAppDesktop",
            "com.rtosta.zapzap",
            "com.ktechpit.whatsie",
        ),
        web_ids=("hnpfjngllnobngcgfapefoaidbinmjnm",),
    ),
    App("telegram", M, ("telegram-desktop", "org.telegram.desktop"), ("/opt/Telegram", "/opt/telegram")),
    App("signal", M, ("signal-desktop", "signal-desktop-beta", "org.signal.Signal"), ("/opt/Signal",)),
    App("messenger", M, ("caprine", "messenger-desktop", "com.sindresorhus.Caprine"), ("/opt/Caprine",)),
    App("discord", M, ("discord", "com.discordapp.Discord", "dev.vencord.Vesktop"), ("/opt/discord", "/opt/Discord")),
    App("skype", M, ("skypeforlinux", "skype", "com.skype.Client"), ("/opt/skypeforlinux",)),
    App("viber", M, ("viber", "com.viber.Viber"), ("/opt/viber",)),
    App(
        "dropbox",
        C,
        ("dropbox", "nautilus-dropbox", "caja-dropbox", "com.dropbox.Client"),
        ("~/.dropbox-dist/dropboxd",),
    ),
    App("mega", C, ("megasync", "nz.mega.MEGAsync"), ("/opt/megasync",)),
    App("pcloud", C, ("pcloud", "pcloudcc"), ("/opt/pcloud", "~/.pcloud/data.db")),
    App("insync", U, ("insync",), ("/usr/lib/insync",)),
    App("onedrive", U, ("onedrive", "onedriver", "com.github.jstaf.onedriver"), ("~/.config/onedrive/refresh_token",)),
    App("googledrive", U, ("google-drive-ocamlfuse", "grive"), ("~/.gdfuse/default/state",)),
    App("keepass", P, ("keepassxc", "keepassxc-full", "keepassxc-minimal", "keepass2", "org.keepassxc.KeePassXC")),
    App("secrets", P, ("gnome-secrets", "gnome-passwordsafe", "org.gnome.World.Secrets", "org.gnome.PasswordSafe")),
    App("bitwarden", P, ("bitwarden", "com.bitwarden.desktop"), ("/opt/Bitwarden",)),
    App("1password", P, ("1password", "com.onepassword.OnePassword"), ("/opt/1Password",)),
    App("protonpass", P, ("proton-pass", "me.proton.Pass"), ("/usr/lib/proton-pass",)),
    App("enpass", P, ("enpass", "io.enpass.Enpass"), ("/opt/enpass",)),
    App("nordpass", P, ("nordpass",)),
    App("pass", P, ("pass", "gopass", "qtpass")),
)
# Password managers as browser extensions: identifiers of the Chrome store, and of Mozilla's.
PASSWORD_EXTENSIONS = frozenset(
    {
        "nngceckbapebfimnlniiiahkandclblb",  # Bitwarden
        "jbkfoedolllekgbhcbcoahefnbanhhlh",  # Bitwarden, Edge store
        "{446900e4-71c2-419f-a6a7-df9c091e268b}",
        "oboonakemofpalcgghocfoadofidjkkk",  # KeePassXC-Browser
        "pdffhmdngciaglkoonimfcmckehcpafo",  # KeePassXC-Browser, Edge store
        "keepassxc-browser@keepassxc.org",
        "aeblfdkhhhdcdjpifhhbdiojplfjncoa",  # 1Password
        "dppgmdbiimibapkepcbdbmkaabgiofem",  # 1Password, Edge store
        "{d634138d-c276-4fc8-924b-40a0ea21d284}",
        "ghmbeldphafepmbegfdlkpapadhbakde",  # Proton Pass
        "78272b6fa58f4a1abaac99321d503a20@proton.me",
        "fdjamakpfbbddfjaooikfcpapjohcfmg",  # Dashlane
        "jetpack-extension@dashlane.com",
        "hdokiejnpimakedhajhdlcegeplioahd",  # LastPass
        "support@lastpass.com",
        "bfogiafebfohielmmehodmfbbebbbpei",  # Keeper
        "eiaeiblijfjekdanodkjadfinkhbfgcd",  # NordPass
        "didegimhafipceonhjepacocaffmoppf",  # Passbolt
        "passbolt@passbolt.com",
    }
)

APPS_BESIDE_PACKAGES = FactKey[tuple[str, ...]](
    "known_apps", "les logiciels installés hors du gestionnaire de logiciels"
)
"""Ids of KNOWN_APPS found by their path, or installed by a browser."""
CLOUD_ACCOUNTS = FactKey[CloudAccounts]("online_accounts", "les comptes en ligne reliés aux fichiers")


def apps_found(purpose: Purpose, packages: Iterable[Package], beside: Iterable[str]) -> frozenset[str]:
    """Ids of the known applications of one purpose, whatever brought them."""
    names, others = {package.name.partition(":")[0] for package in packages}, set(beside)
    known = (app for app in KNOWN_APPS if app.purpose is purpose)
    return frozenset(app.id for app in known if app.id in others or names.intersection(app.names))
