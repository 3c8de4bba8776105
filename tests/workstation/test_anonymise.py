"""What leaves the practice names nobody, keeps no secret, and is still judged as the machine was.

The people and machines below are invented.
"""

from __future__ import annotations

import json
import sqlite3
from pathlib import Path

import pytest

from hygie.workstation.facts.model import Reason, Unknown
from hygie.workstation.probe import CommandOutput, Identity
from hygie.workstation.probes.anonymise import anonymise
from hygie.workstation.probes.files import load_recording
from hygie.workstation.probes.recording import Recording
from hygie.workstation.probes.reduction import reduced
from hygie.workstation.probes.writing import write_recording
from tests.workstation.machines import machine

IDENTITY = Identity("linux", "mlefort", 1000, "/home/mlefort", elevated=True, computer="ab" * 8, host_name="pc-lefort")
PASSWD = """root:x:0:0:root:/root:/bin/bash
mlefort:x:1000:1000:Maryvonne Le Fort,Bureau 3,0102030405,:/home/mlefort:/bin/bash
jquemener:x:1001:1001:Joseph Quéméner,,,:/home/jquemener:/bin/bash
accueil:x:1002:1002:Accueil,,,:/home/accueil:/bin/bash
"""
SHADOW = """root:!:19000:0:99999:7:::
mlefort:$y$j9T$abcdefghij$KLMNOPQRSTUVWXYZ0123456789:19500:0:99999:7:::
jquemener::19500:0:99999:7:::
accueil:!$6$selsel$HACHAGESECRET:19500:0:99999:7:::
"""
KEYFILE = """[connection]
id=Livebox-Lefort
uuid=3f2504e0-4f89-41d3-9a0c-0305e82c3301
type=wifi

[wifi]
ssid=Livebox-Lefort
mac-address=3C:58:C2:AB:CD:EF

[wifi-security]
key-mgmt=wpa-psk
psk=maCleTresSecrete
"""
PROFILES = "/etc/NetworkManager/system-connections"
LINKS = "nmcli -t -f IN-USE,SSID,SECURITY device wifi list --rescan no"
DETAILS = (
    "nmcli -t -f connection.uuid,connection.autoconnect,802-11-wireless.ssid,802-11-wireless-security.key-mgmt "
    "connection show 3f2504e0-4f89-41d3-9a0c-0305e82c3301"
)
FILES: dict[str, str | bytes | Reason] = {
    "/etc/passwd": PASSWD,
    "/etc/shadow": SHADOW,
    "/etc/hostname": "pc-lefort\n",
    "/etc/hosts": "127.0.0.1 localhost\n127.0.1.1 pc-lefort.cabinet.example pc-lefort\n192.168.1.14 nas-quemener\n",
    f"{PROFILES}/Livebox-Lefort.nmconnection": KEYFILE,
    "/home/mlefort/.config/goa-1.0/accounts.conf": (
        "[Account a]\nProvider=google\nIdentity=maryvonne.lefort@courriel.example\nPresentationIdentity=Maryvonne\n"
    ),
    "/home/jquemener/.mozilla/firefox/x.default/logins.json": json.dumps(
        {"logins": [{"hostname": "https://banque.example", "encryptedPassword": "MDIEEPgAAAA"}] * 3}
    ),
    "/proc/self/mountinfo": (
        "40 1 0:35 / /srv rw - cifs //serveur-lefort/patients rw,username=mlefort\n"
        "41 1 0:36 / /nas rw - nfs4 nas-quemener:/volume1 rw,addr=192.168.1.14\n"
    ),
    "/proc/net/if_inet6": (
        "00000000000000000000000000000001 01 80 10 80       lo\n"
        "fe800000000000003e58c2fffeabcdef 02 40 20 80     wlan0\n"
    ),
    "/run/udev/data/b8:0": "S:disk/by-id/ata-A_S3RIAL42\nE:ID_SERIAL=S3RIAL42\nE:ID_FS_TYPE=ext4\nE:ID_BUS=ata\n",
    "/root/.config/backintime/config": "profile1.snapshots.ssh.password=motdepasse1\nurl=smb://nas-quemener/dossiers\n",
    "/etc/timeshift/timeshift.json": '{"backup_device_uuid" : "3f2504e0-4f89-41d3-9a0c-0305e82c3302"}',
    "/home/mlefort/.inaccessible": Reason.RIGHTS,
}
RUNS: dict[str, str | bytes | CommandOutput | Reason] = {
    LINKS: "*:Livebox-Lefort:WPA2\n :Freebox\\:Quemener:WPA1 WPA2\n",
    DETAILS: (
        "connection.uuid:3f2504e0-4f89-41d3-9a0c-0305e82c3301\nconnection.autoconnect:yes\n"
        "802-11-wireless.ssid:Livebox-Lefort\n802-11-wireless-security.key-mgmt:wpa-psk\n"
    ),
    "ss -tulnpH": (
        "tcp LISTEN 0 128 192.168.1.20:445 0.0.0.0:* users:((smbd,pid=1))\n"
        "tcp LISTEN 0 128 [2a01:cb00:1234:5600::10]:22 [::]:*\ntcp LISTEN 0 9 81.250.13.7:80 127.0.0.1:*\n"
    ),
    "smartctl -j -H /dev/sda": '{"model_name": "DISQUE", "serial_number": "S3RIAL42", "passed": true}',
    "upower -d": "  native-path: hidpp\n  serial:               S3RIAL42\n  percentage: 80%\n",
    "apcaccess status": "HOSTNAME : pc-lefort\nSERIALNO : S3RIAL42\nSTATUS   : ONLINE\n",
    "apt-config dump": 'Acquire::http::Proxy "http://mlefort:motdepasse2@mandataire.example:3128/";\nhttps://a:motdepasse3@nas/\n',
    "env": "DBUS_SESSION_BUS_ADDRESS=unix:abstract=/tmp/dbus-Qz81,guid=0123456789abcdef0123456789abcdef\n",
    "avahi-browse -at": "imprimante-quemener.local\n",
    "id -Gn jquemener": "jquemener sudo\n",
    "rsync --list": "sauvegarde@nas-quemener:/dossiers\n",
}
TRACES = (
    "lefort Maryvonne mlefort Quéméner quemener Joseph 0102030405 S3RIAL42 HACHAGESECRET KLMNOPQRSTUV "
    "maCleTresSecrete motdepasse1 motdepasse2 motdepasse3 MDIEEPgAAAA banque.example courriel.example 3C:58:C2 3e58c2 "
    "81.250.13.7 192.168.1. 2a01:cb00 3f2504e0 dbus-Qz81 0123456789abcdef abababab"
).split()


def practice_machine() -> Recording:
    probe = machine(
        files=FILES,
        runs=RUNS,
        dirs={"/home": ["accueil", "jquemener", "mlefort"], PROFILES: ["Livebox-Lefort.nmconnection"]},
    )
    recording = probe._recording
    recording.identity = IDENTITY
    return recording


@pytest.fixture
def clean() -> Recording:
    return anonymise(practice_machine())


def text_of(recording: Recording, path: str) -> str:
    content = recording.files[path]
    assert isinstance(content, bytes)
    return content.decode()


def said(recording: Recording, command: str) -> str:
    output = recording.runs[tuple(command.split())]
    assert isinstance(output, CommandOutput)
    return output.text


@pytest.mark.parametrize("trace", TRACES)
def test_no_trace_of_people_machines_or_secrets_is_written(trace: str, clean: Recording, tmp_path: Path) -> None:
    write_recording(clean, tmp_path)
    written = b"".join(path.read_bytes() for path in tmp_path.rglob("*") if path.is_file())
    assert trace.lower().encode() not in written.lower().replace(b"personne", b"")


def test_the_machine_that_is_given_is_left_as_it_was() -> None:
    recording = practice_machine()
    anonymise(recording)
    assert recording == practice_machine()


def test_anonymising_twice_changes_nothing_more(clean: Recording) -> None:
    assert anonymise(clean) == clean


def test_what_is_written_reads_back(clean: Recording, tmp_path: Path) -> None:
    write_recording(clean, tmp_path)
    assert load_recording(tmp_path) == clean


def test_the_same_person_is_the_same_stand_in_everywhere(clean: Recording) -> None:
    assert clean.identity.user == "personne1"
    assert clean.identity.home == "/home/personne1"
    assert clean.dirs["/home"] == ("accueil", "personne1", "personne2")
    assert said(clean, "id -Gn personne2") == "personne2 sudo\n"
    assert "/home/personne1/.config/goa-1.0/accounts.conf" in clean.files
    assert clean.files["/home/personne1/.inaccessible"] == Unknown(Reason.RIGHTS, "/home/personne1/.inaccessible")


def test_a_session_named_after_a_role_stays_visible(clean: Recording) -> None:
    assert "accueil:x:1002:1002::/home/accueil:/bin/bash" in text_of(clean, "/etc/passwd")


def test_the_state_of_each_password_stays_and_the_password_goes(clean: Recording) -> None:
    kept = [line.split(":")[:2] for line in text_of(clean, "/etc/shadow").splitlines()]
    assert kept == [["root", "!"], ["personne1", "$y$retire"], ["personne2", ""], ["accueil", "!$6$retire"]]


def test_a_network_has_one_stand_in_in_commands_files_and_folders(clean: Recording) -> None:
    assert said(clean, LINKS) == "*:reseau1:WPA2\n :reseau2:WPA1 WPA2\n"
    details = next(run for command, run in clean.runs.items() if "connection" in command)
    assert isinstance(details, CommandOutput)
    assert "802-11-wireless.ssid:reseau1\n802-11-wireless-security.key-mgmt:wpa-psk" in details.text
    assert clean.dirs[PROFILES] == ("reseau1.nmconnection",)
    keyfile = text_of(clean, f"{PROFILES}/reseau1.nmconnection")
    assert "id=reseau1\n" in keyfile
    assert "ssid=reseau1\n" in keyfile
    assert "key-mgmt=wpa-psk\npsk=retire" in keyfile


@pytest.mark.parametrize("name", ["WPA2", "yes", "*", "wpa-psk", "wifi"])
def test_a_network_named_like_a_setting_changes_no_setting(name: str) -> None:
    recording = machine(
        runs={LINKS: f"*:{name}:WPA2\n", "nmcli -t -f UUID,TYPE connection show": "a:wifi\n"}
    )._recording
    clean = anonymise(recording)
    assert said(clean, LINKS) == "*:reseau1:WPA2\n"
    assert said(clean, "nmcli -t -f UUID,TYPE connection show") == "a:wifi\n"


def test_saved_passwords_stay_countable(clean: Recording) -> None:
    saved = json.loads(text_of(clean, "/home/personne2/.mozilla/firefox/x.default/logins.json"))
    assert saved == {"logins": [{}, {}, {}]}


def test_a_database_of_saved_passwords_keeps_its_numbers_only() -> None:
    database = sqlite3.connect(":memory:")
    database.execute("CREATE TABLE logins (origin_url TEXT, password_value BLOB, blacklisted_by_user INTEGER)")
    database.executemany("INSERT INTO logins VALUES (?, ?, ?)", [("https://a.example", b"x", n < 2) for n in range(5)])
    database.commit()
    kept = reduced("/home/a/Login Data", database.serialize())
    database.close()
    assert b"a.example" not in kept
    copy = sqlite3.connect(":memory:")
    copy.deserialize(kept)
    assert copy.execute("SELECT COUNT(*), SUM(blacklisted_by_user) FROM logins").fetchone() == (5, 2)
    copy.close()


KEPT = {
    "ss -tulnpH": "tcp LISTEN 0 128 0.0.0.0:22 [::]:* \ntcp LISTEN 0 5 127.0.0.1:631 [::1]:*\nudp 224.0.0.251:1 *:*\n",
    "nft -j list ruleset": '{"nftables": [{"match": {"right": {"prefix": {"addr": "127.0.0.0", "len": 8}}}}]}',
    "google-chrome --version": "Google Chrome 131.0.6778.85\n",
    "snap list": "firefox 10.1.2.3 5187 latest/stable mozilla** -\n",
    "systemctl show getty@tty1.service user@1000.service clamav-daemon@scan.timer": "Id=getty@tty1.service\n",
    "efivar -l": "8be4df61-93ca-11d2-aa0d-00e098032b8c-SecureBoot\n",
    "lsblk -J -o PARTTYPE": '{"parttype": "c12a7328-f81f-11d2-ba4b-00a0c93ec93b"}',
    "sshd -T": "passwordauthentication yes\npermitrootlogin no\nlistenaddress 0.0.0.0:22\n",
}
KEPT_FILES = {
    "/etc/nsswitch.conf": "passwd:         files systemd\nhosts: files mdns4_minimal [NOTFOUND=return] dns\n",
    "/etc/os-release": 'ID=debian\nVERSION_ID="12"\nPRETTY_NAME="Debian GNU/Linux 12"\n',
    "/etc/security/pwquality.conf": "minlen = 12\n",
    "/etc/samba/smb.conf": "[global]\n   encrypt passwords = yes\n   null passwords = no\n",
    "/etc/pam.d/common-password": "password requisite pam_pwquality.so retry=3\n",
    "/var/lib/dpkg/status": "Package: libc6\nStatus: install ok installed\nVersion: 10.0.0.1-3\n\n",
    "/etc/ssh/sshd_config": "# serveur\nPasswordAuthentication yes\n",
}


@pytest.mark.parametrize("command", sorted(KEPT))
def test_what_a_command_says_for_verdicts_stays(command: str) -> None:
    clean = anonymise(machine(runs={command: KEPT[command]})._recording)
    assert said(clean, command) == KEPT[command]


@pytest.mark.parametrize("path", sorted(KEPT_FILES))
def test_what_a_file_says_for_verdicts_stays(path: str) -> None:
    clean = anonymise(machine(files={path: KEPT_FILES[path]})._recording)
    assert text_of(clean, path) == KEPT_FILES[path]


@pytest.mark.parametrize("host", ["debian", "ubuntu", "localhost", "fedora"])
def test_a_machine_that_kept_the_name_of_its_system_is_judged_the_same(host: str) -> None:
    recording = machine(files={"/etc/os-release": "ID=debian\nID_LIKE=ubuntu\nNAME=fedora\n"})._recording
    recording.identity = Identity(
        "linux", "mlefort", 1000, "/home/mlefort", elevated=True, computer="x", host_name=host
    )
    assert text_of(anonymise(recording), "/etc/os-release") == "ID=debian\nID_LIKE=ubuntu\nNAME=fedora\n"


def test_what_tells_kinds_of_disks_and_addresses_stays(clean: Recording) -> None:
    assert text_of(clean, "/run/udev/data/b8:0") == "E:ID_FS_TYPE=ext4\nE:ID_BUS=ata\n"
    lines = text_of(clean, "/proc/net/if_inet6").splitlines()
    assert [line[:4] for line in lines] == ["0000", "fe80"]
    assert lines[0].startswith("0" * 31 + "1 ")
    assert " cifs //poste" in text_of(clean, "/proc/self/mountinfo")


def test_bytes_that_are_not_utf8_survive() -> None:
    raw = b"caf\xe9 \x00 mlefort\r\n"
    recording = machine(files={"/x": raw})._recording
    recording.identity = IDENTITY
    assert anonymise(recording).files["/x"] == b"caf\xe9 \x00 personne1\r\n"


LIST = "/var/lib/apt/lists/deb.example_dists_trixie-security_main_binary-amd64_Packages"
PUBLISHED = "".join(f"Package: {name}\nVersion: 2\nSHA256: abc\n\n" for name in ("zlib", "libc6", "autre", "apt"))
INSTALLED = "Package: libc6\nStatus: install ok installed\nVersion: 1\n\nPackage: apt\nStatus: install ok installed\n\n"


def test_of_the_published_fixes_only_those_of_this_machine_are_kept_and_the_list_never_looks_empty() -> None:
    files = {"/var/lib/dpkg/status": INSTALLED, LIST: PUBLISHED}
    kept = text_of(anonymise(machine(files=files)._recording), LIST)
    assert kept == "".join(f"Package: {name}\nVersion: 2\n\n" for name in ("zlib", "libc6", "apt"))
    strangers = {"/var/lib/dpkg/status": "Package: vi\n\n", LIST: PUBLISHED}
    assert text_of(anonymise(machine(files=strangers)._recording), LIST) == "Package: zlib\nVersion: 2\n\n"


def test_a_list_that_was_cut_stays_cut_in_its_recording() -> None:
    files = {"/var/lib/dpkg/status": INSTALLED, LIST: PUBLISHED[:-20]}
    assert not text_of(anonymise(machine(files=files)._recording), LIST).endswith("\n")


def test_of_a_signed_release_only_its_name_and_dates_are_kept() -> None:
    path = "/var/lib/apt/lists/deb.example_dists_trixie-security_InRelease"
    text = "-----BEGIN PGP-----\nSuite: stable\nDate: Sat, 21 Nov 2026 10:00:00 UTC\nSHA256:\n abc 12 main\n"
    clean = anonymise(machine(files={path: text})._recording)
    assert text_of(clean, path) == "Suite: stable\nDate: Sat, 21 Nov 2026 10:00:00 UTC\n"


def test_of_what_dpkg_knows_only_the_lists_that_date_the_core_are_named_and_never_none() -> None:
    folder, names = "/var/lib/dpkg/info", ("acl.list", "libc6:amd64.list", "libc6:amd64.md5sums")
    assert anonymise(machine(dirs={folder: names})._recording).dirs[folder] == ("libc6:amd64.list",)
    assert anonymise(machine(dirs={folder: ("acl.list",)})._recording).dirs[folder] == ("acl.list",)


def test_pages_of_comments_and_settings_that_nobody_judges_are_left_out() -> None:
    said_by_apt = 'Acquire::http::Proxy "http://mandataire:8080";\nAPT::Periodic::Enable "1";\n'
    files = {"/etc/login.defs": "#\n# page\nUID_MIN 1000\n", "/etc/lightdm/lightdm.conf": "# rien\n"}
    clean = anonymise(machine(files=files, runs={"apt-config dump": said_by_apt})._recording)
    assert text_of(clean, "/etc/login.defs") == "UID_MIN 1000\n"
    assert text_of(clean, "/etc/lightdm/lightdm.conf") == "# rien\n"
    assert said(clean, "apt-config dump") == 'APT::Periodic::Enable "1";\n'


def test_the_layers_of_a_disk_keep_their_kind_and_lose_their_number_and_the_name_of_the_computer() -> None:
    files = {
        "/sys/class/block/dm-0/dm/uuid": "CRYPT-LUKS2-1d8e2e9f27a6415f99d5cc0475112c3b-sda3_crypt\n",
        "/sys/class/block/dm-1/dm/uuid": "LVM-EH0MSkYDNRWuiItsdfloImZGbfX12ddoH5io4Vx3zO2LYvXjCcjYTZKH4CAjcdre\n",
        "/sys/class/block/dm-1/dm/name": "pc--lefort--vg-root\n",
    }
    recording = machine(files=files)._recording
    recording.identity = Identity("linux", "root", 0, "/root", elevated=True, computer="x", host_name="pc-lefort.local")
    clean = anonymise(recording)
    assert [text_of(clean, path) for path in files] == ["CRYPT-LUKS2-retire\n", "LVM-retire\n", "poste--vg-root\n"]
