"""Checks on software: password managers, browsers, messaging, personal storage, macros, cards."""

from __future__ import annotations

import json
import sqlite3
from typing import Any

import pytest

from hygie.evidence.model import Verdict
from hygie.workstation.facts.linux.browsers import count_logins
from hygie.workstation.facts.linux.office import parse_macros
from hygie.workstation.facts.model import Reason
from hygie.workstation.probes.replay import ReplayProbe
from tests.workstation.machines import finding, folder, machine, regular

OK, TO_FIX, WATCH, UNKNOWN, OUT = Verdict.OK, Verdict.TO_FIX, Verdict.WATCH, Verdict.UNKNOWN, Verdict.NOT_APPLICABLE
HOME = "/home/medecin"
STATUS = "/var/lib/dpkg/status"
FIREFOX, CHROME = f"{HOME}/.mozilla/firefox", f"{HOME}/.config/google-chrome"
GOA = f"{HOME}/.config/goa-1.0/accounts.conf"
XCU = f"{HOME}/.config/libreoffice/4/user/registrymodifications.xcu"


def desk(*packages: str, **more: Any) -> ReplayProbe:
    """A desktop with these Debian packages (and one that is on every machine)."""
    names = ("bash", *packages)
    text = "\n".join(f"Package: {name}\nStatus: install ok installed\nVersion: 1.0-1\n" for name in names)
    return machine(
        files={STATUS: text} | more.pop("files", {}),
        dirs={"/usr/share/xsessions": ["gnome.desktop"]} | more.pop("dirs", {}),
        **more,
    )


def chrome(**more: Any) -> dict[str, Any]:
    return {"dirs": {CHROME: ["Default", "Local State"], **more.pop("dirs", {})}, **more}


def firefox(files: dict[str, Any]) -> ReplayProbe:
    profile = f"{FIREFOX}/ab12.default-esr"
    return desk(
        dirs={FIREFOX: ["ab12.default-esr", "profiles.ini"]},
        stats={f"{profile}/{name}": regular() for name in ("prefs.js", *files)},
        files={f"{profile}/{name}": content for name, content in files.items()},
    )


BITWARDEN = {"addons": [{"id": "{446900e4-71c2-419f-a6a7-df9c091e268b}", "active": True}, {"id": "theme@x"}]}
TURNED_OFF = {"addons": [{"id": "{446900e4-71c2-419f-a6a7-df9c091e268b}", "active": False}]}


@pytest.mark.parametrize(
    ("probe", "verdict"),
    [
        (desk("keepassxc"), OK),
        (desk(), TO_FIX),
        (desk(stats={"/opt/Bitwarden": folder()}), OK),
        (desk(dirs={"/var/lib/flatpak/app": ["org.keepassxc.KeePassXC"]}), OK),
        (desk(dirs={"/snap": ["bitwarden", "README"]}), OK),
        (desk(**chrome(dirs={f"{CHROME}/Default/Extensions": ["nngceckbapebfimnlniiiahkandclblb"]})), OK),
        (desk(**chrome(dirs={f"{CHROME}/Default/Extensions": ["aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"]})), TO_FIX),
        (desk(**chrome(dirs={f"{CHROME}/Default/Extensions": Reason.RIGHTS})), UNKNOWN),
        (firefox({"extensions.json": json.dumps(BITWARDEN)}), OK),
        (firefox({"extensions.json": json.dumps(TURNED_OFF)}), TO_FIX),
        (firefox({"extensions.json": "{"}), UNKNOWN),
        (desk(files={STATUS: Reason.RIGHTS}), UNKNOWN),
        (desk(uid=0), UNKNOWN),
        (machine(), OUT),
    ],
)
def test_a_password_manager_is_seen_wherever_it_comes_from(probe: ReplayProbe, verdict: Verdict) -> None:
    assert finding("gestionnaire-present", probe).verdict is verdict


def logins(rows: int, *, refused: int = 0, wal: bool = False) -> bytes:
    """A database like Chromium's: entries that were refused for ever hold no password."""
    connection = sqlite3.connect(":memory:")
    connection.execute("CREATE TABLE logins (origin_url TEXT, password_value BLOB, blacklisted_by_user INTEGER)")
    connection.executemany("INSERT INTO logins VALUES ('', x'00', ?)", [(0,)] * rows + [(1,)] * refused)
    connection.commit()
    data = connection.serialize()
    return data[:18] + b"\x02\x02" + data[20:] if wal else data


@pytest.mark.parametrize(
    ("probe", "verdict", "words"),
    [
        (desk(), OK, "Aucun mot de passe"),
        (firefox({"logins.json": json.dumps({"logins": []})}), OK, "Aucun"),
        (firefox({"logins.json": json.dumps({"logins": [{}, {}, {}]})}), TO_FIX, "3\u00a0mots de passe"),
        (firefox({"prefs.js": "", "logins.db": b"SQLite"}), UNKNOWN, "autrement"),
        (firefox({"logins.json": "{"}), UNKNOWN, "compréhensible"),
        (firefox({"logins.json": "{}"}), UNKNOWN, "compréhensible"),
        (firefox({"logins.json": Reason.RIGHTS}), UNKNOWN, "administrateur"),
        (desk(**chrome(files={f"{CHROME}/Default/Login Data": logins(1)})), TO_FIX, "1\u00a0mot de passe"),
        (desk(**chrome(files={f"{CHROME}/Default/Login Data": logins(0, refused=4)})), OK, "Aucun"),
        (desk(**chrome(files={f"{CHROME}/Default/Login Data For Account": logins(2, wal=True)})), TO_FIX, "2"),
        (desk(**chrome(files={f"{CHROME}/Default/Login Data": b"SQLite format 3\x00"})), UNKNOWN, "compréhensible"),
        (desk(**chrome(files={f"{CHROME}/Default/Login Data": b""})), UNKNOWN, "compréhensible"),
        (desk(uid=0), UNKNOWN, "session"),
        (machine(), OUT, "serveur"),
    ],
)
def test_passwords_kept_by_browsers_are_counted(probe: ReplayProbe, verdict: Verdict, words: str) -> None:
    found = finding("navigateur-mots-de-passe", probe)
    assert found.verdict is verdict
    assert words in found.sentence


def test_a_database_that_is_not_one_of_logins_is_not_counted_as_empty() -> None:
    connection = sqlite3.connect(":memory:")
    connection.execute("CREATE TABLE cookies (name TEXT)")
    assert count_logins(connection.serialize()) is None
    assert count_logins(logins(3)[:200]) is None


WHATSAPP_WEB = "chrome-hnpfjngllnobngcgfapefoaidbinmjnm-Default.desktop"


@pytest.mark.parametrize(
    ("probe", "verdict", "words"),
    [
        (desk(), OK, "Aucune messagerie"),
        (desk("telegram-desktop", "signal-desktop"), TO_FIX, "2\u00a0messageries"),
        (desk(dirs={"/snap": ["discord"]}), TO_FIX, "1\u00a0messagerie grand public"),
        (desk(dirs={f"{HOME}/.local/share/applications": [WHATSAPP_WEB]}), TO_FIX, "1"),
        (desk(stats={"/opt/Telegram": folder()}, files={STATUS: Reason.RIGHTS}), TO_FIX, "1"),
        (desk(files={STATUS: Reason.RIGHTS}), UNKNOWN, "administrateur"),
        (desk(dirs={f"{HOME}/.local/share/applications": Reason.RIGHTS}), UNKNOWN, "administrateur"),
        (machine(), OUT, "serveur"),
    ],
)
def test_consumer_messaging_is_counted_and_never_named(probe: ReplayProbe, verdict: Verdict, words: str) -> None:
    found = finding("messageries-grand-public", probe)
    assert found.verdict is verdict
    assert words in found.sentence
    assert not any(name in found.sentence.lower() for name in ("telegram", "signal", "whatsapp", "discord"))


def account(provider: str, files: str, address: str = "exemple@gmail.com") -> str:
    identity = f"Identity=1234\nPresentationIdentity={address}"
    return f"[Account account_1]\nProvider={provider}\n{identity}\nFilesEnabled={files}\n"


@pytest.mark.parametrize(
    ("probe", "verdict", "words"),
    [
        (desk(), OK, "Aucun espace"),
        (desk("nautilus-dropbox"), TO_FIX, "1\u00a0espace de stockage personnel en ligne"),
        (desk(stats={f"{HOME}/.dropbox-dist/dropboxd": regular()}), TO_FIX, "1"),
        (desk("megasync", files={GOA: account("google", "true")}), TO_FIX, "2\u00a0espaces"),
        (desk(files={GOA: account("ms_graph", "true", "contact@cabinet.example")}), UNKNOWN, "contrat professionnel"),
        (desk(files={GOA: account("ms_graph", "true", "exemple@hotmail.fr")}), TO_FIX, "1"),
        (desk("onedrive"), UNKNOWN, "1\u00a0espace de stockage en ligne"),
        (desk("onedrive", "megasync"), TO_FIX, "1\u00a0espace de stockage personnel"),
        (desk(files={GOA: account("google", "false")}), OK, "Aucun"),
        (desk(files={GOA: account("owncloud", "true")}), OK, "Aucun"),
        (desk(files={GOA: "Provider"}), UNKNOWN, "compréhensible"),
        (desk(files={GOA: Reason.RIGHTS}), UNKNOWN, "administrateur"),
        (desk(uid=0), UNKNOWN, "session"),
        (machine(), OUT, "serveur"),
    ],
)
def test_personal_storage_is_counted_and_never_named(probe: ReplayProbe, verdict: Verdict, words: str) -> None:
    found = finding("nuages-personnels", probe)
    assert found.verdict is verdict
    assert words in found.sentence


def xcu(*props: str) -> str:
    items = "".join(
        f'<item oor:path="/org.openoffice.Office.Common/Security/Scripting">{prop}</item>' for prop in props
    )
    other = (
        '<item oor:path="/org.openoffice.Setup/L10N"><prop oor:name="MacroSecurityLevel"><value>0</value></prop></item>'
    )
    return f'<oor:items xmlns:oor="http://openoffice.org/2001/registry">{other}{items}</oor:items>'


def level(value: str) -> str:
    return xcu(f'<prop oor:name="MacroSecurityLevel" oor:op="fuse"><value>{value}</value></prop>')


NEVER = '<prop oor:name="DisableMacrosExecution"><value>true</value></prop>'
TRUSTED = '<prop oor:name="SecureURL"><value><it>file:///home/medecin</it><it>file:///srv</it></value></prop>'


@pytest.mark.parametrize(
    ("text", "verdict", "words"),
    [
        (None, OK, "niveau d’origine"),
        (level("3"), OK, "signées"),
        (level("2"), OK, "signées"),
        (level("1"), TO_FIX, "un clic de trop"),
        (level("0"), TO_FIX, "sans rien demander"),
        (xcu(NEVER), OK, "aucune macro"),
        (xcu(TRUSTED), WATCH, "2\u00a0dossiers"),
        (level("élevé"), UNKNOWN, "compréhensible"),
        (level("2")[:60], UNKNOWN, "compréhensible"),
        ("", UNKNOWN, "compréhensible"),
        ("<html/>", UNKNOWN, "compréhensible"),
        (Reason.RIGHTS, UNKNOWN, "administrateur"),
    ],
)
def test_macros_are_judged_by_the_level_in_force(text: Any, verdict: Verdict, words: str) -> None:
    found = finding("macros-bureautique", desk("libreoffice-core", files={} if text is None else {XCU: text}))
    assert found.verdict is verdict
    assert words in found.sentence


def test_macros_make_no_sense_without_an_office_suite() -> None:
    assert finding("macros-bureautique", desk()).verdict is OUT
    assert finding("macros-bureautique", desk(files={STATUS: Reason.RIGHTS})).verdict is UNKNOWN
    assert parse_macros(b"") is None


USB = "/sys/bus/usb/devices"
LIBRARY = "/usr/lib/libcps3_pkcs11_lux.so"
ASK = "systemctl show --property=Id,LoadState,ActiveState pcscd.socket pcscd.service"


def cards(
    *, readers: int = 1, socket: str = "active", service: str = "inactive", pcscd: bool = True, **more: Any
) -> ReplayProbe:
    interfaces = {f"{USB}/1-{n}:1.0/bInterfaceClass": "0b\n" if n < readers else "03\n" for n in range(3)}
    states = f"Id=a\nLoadState=loaded\nActiveState={socket}\n\nId=b\nLoadState=loaded\nActiveState={service}\n"
    return desk(
        dirs={USB: ["usb1", "1-0", "1-0:1.0", "1-1:1.0", "1-2:1.0"]} | more.get("dirs", {}),
        files=interfaces | more.get("files", {}),
        runs={ASK: states} | more.get("runs", {}),
        stats=({"/usr/sbin/pcscd": regular()} if pcscd else {}) | more.get("stats", {}),
    )


@pytest.mark.parametrize(
    ("probe", "verdict", "words"),
    [
        (cards(), OK, "1\u00a0lecteur de carte branché"),
        (cards(files={f"{USB}/1-0/idVendor": "1050\n"}), UNKNOWN, "Aucun lecteur"),
        (cards(readers=2, socket="inactive", service="active"), OK, "2\u00a0lecteurs"),
        (cards(socket="inactive"), TO_FIX, "arrêté"),
        (cards(pcscd=False), TO_FIX, "n’est pas installé"),
        (cards(readers=0), UNKNOWN, "Aucun lecteur"),
        (cards(dirs={USB: Reason.RIGHTS}), UNKNOWN, "administrateur"),
        (cards(files={f"{USB}/1-0:1.0/bInterfaceClass": Reason.RIGHTS}), UNKNOWN, "administrateur"),
        (cards(runs={ASK: Reason.TIMEOUT}), UNKNOWN, "à temps"),
        (cards(runs={ASK: ""}), UNKNOWN, "réponse vide"),
        (desk(), UNKNOWN, "lecteurs de carte"),
        (machine(), OUT, "serveur"),
    ],
)
def test_a_reader_counts_when_its_service_is_ready(probe: ReplayProbe, verdict: Verdict, words: str) -> None:
    found = finding("lecteur-cps-present", probe)
    assert found.verdict is verdict
    assert words in found.sentence


@pytest.mark.parametrize(
    ("probe", "verdict"),
    [
        (cards(stats={LIBRARY: regular()}), OK),
        (cards(), TO_FIX),
        (cards(readers=0), UNKNOWN),
        (cards(stats={LIBRARY: Reason.RIGHTS}), UNKNOWN),
        (cards(dirs={USB: Reason.RIGHTS}), UNKNOWN),
        (machine(), OUT),
    ],
)
def test_the_software_of_the_card_is_asked_for_where_a_reader_is(probe: ReplayProbe, verdict: Verdict) -> None:
    assert finding("logiciel-cps", probe).verdict is verdict
