"""Shared folders: Samba (smb.conf(5)), folders shared by users (net usershare), and NFS (exports(5))."""

from __future__ import annotations

import re

from hygie.workstation.facts.linux.mounts import MOUNTINFO, parse_mountinfo
from hygie.workstation.facts.linux.parsing import answer_of, text_of
from hygie.workstation.facts.linux.smbconf import SmbConf, parse_smb_conf, yes
from hygie.workstation.facts.model import Collected, Collector, Fact, Known, NotApplicable, Reason, Unknown
from hygie.workstation.facts.shares import SHARES, SMB_DIALECTS, Share, SmbDialects
from hygie.workstation.probe import Probe

SMBD = "/usr/sbin/smbd"
SMB_CONF = "/etc/samba/smb.conf"
USER_SHARES = "/var/lib/samba/usershares"
EXPORTS = "/etc/exports"
EXPORTFS = "/usr/sbin/exportfs"
# samba-4.11 release notes: SMB 1 is refused by default from this version on.
FIRST_MODERN_SAMBA = (4, 11)


def collect_shares(probe: Probe) -> Collected:
    """What is shared and to whom, and how old a dialect is accepted."""
    serves = _exists(probe, SMBD)
    conf = _conf(probe) if serves else SmbConf({}, {}, complete=True)
    return {SHARES: _shares(probe, conf, serves=serves), SMB_DIALECTS: _dialects(probe, conf, serves=serves)}


def _exists(probe: Probe, path: str) -> bool:
    found = probe.stat(path)
    return not (isinstance(found, Unknown) and found.reason is Reason.ABSENT)


def _conf(probe: Probe) -> SmbConf | Unknown:
    data = probe.read_file(SMB_CONF)
    if isinstance(data, Unknown):
        return data
    conf = parse_smb_conf(text_of(data))
    return (
        conf
        if conf.complete
        else Unknown(Reason.REFUSED, SMB_CONF, "les partages sont aussi réglés ailleurs que dans smb.conf")
    )


def _shares(probe: Probe, conf: SmbConf | Unknown, *, serves: bool) -> Fact[tuple[Share, ...]]:
    exports = _exports(probe)
    if not serves and exports is None:
        return NotApplicable("ce poste ne partage aucun dossier (ni Samba ni NFS n’est installé)", SMBD)
    users = _user_shares(probe) if serves else ()
    for part in (conf, users, exports):
        if isinstance(part, Unknown):
            return part
    found = [*_smb_shares(conf)] if isinstance(conf, SmbConf) else []
    found += users if isinstance(users, tuple) else ()
    found += exports if isinstance(exports, tuple) else ()
    return Known(tuple(found), f"{SMB_CONF}, {EXPORTS}")


def _smb_shares(conf: SmbConf) -> list[Share]:
    """Folder shares only: printers and the home template are not folders open to all by themselves."""
    return [
        Share(name, "smb", yes(keys.get("guest ok", "no")), not yes(keys.get("read only", "yes")))
        for name, keys in conf.shares.items()
        if not yes(keys.get("printable", "no")) and yes(keys.get("available", "yes"))
    ]


def _user_shares(probe: Probe) -> tuple[Share, ...] | Unknown:
    names = probe.list_dir(USER_SHARES)
    if isinstance(names, Unknown):
        return () if names.reason is Reason.ABSENT else names
    found = []
    for name in names:
        data = probe.read_file(f"{USER_SHARES}/{name}")
        if isinstance(data, Unknown):
            return data
        text = text_of(data)
        writable = re.search(r"usershare_acl=.*:F", text, re.IGNORECASE) is not None
        found.append(Share(name, "smb", "guest_ok=y" in text.lower(), writable))
    return tuple(found)


def _exports(probe: Probe) -> tuple[Share, ...] | Unknown | None:
    """NFS exports; None when no NFS server is installed."""
    if not _exists(probe, EXPORTFS):
        return None
    more = probe.list_dir("/etc/exports.d")
    if isinstance(more, Unknown) and more.reason is not Reason.ABSENT:
        return more
    extra = [
        f"/etc/exports.d/{name}" for name in (() if isinstance(more, Unknown) else more) if name.endswith(".exports")
    ]
    found: list[Share] = []
    for path in (EXPORTS, *extra):
        data = probe.read_file(path)
        if isinstance(data, Unknown):
            return data
        found += parse_exports(text_of(data))
    return tuple(found)


def parse_exports(text: str) -> list[Share]:
    """``/folder client(options) …``: "*", no client at all, or only options means every computer."""
    found = []
    for line in text.replace("\\\n", " ").splitlines():
        words = re.findall(r'"[^"]*"|\S+', line.split("#")[0])
        if not words:
            continue
        clients = [word for word in words[1:] if not word.startswith("-")]

        anyone = [c for c in clients if c.partition("(")[0] in ("", "*", "0.0.0.0/0", "::/0") and "sec=krb5" not in c]
        defaults = [word for word in words[1:] if word.startswith("-")]
        writable = any(re.search(r"[(,-]rw\b", word) for word in [*clients, *defaults])
        found.append(Share(words[0].strip('"'), "nfs", bool(anyone) or not clients, writable))
    return found


def _dialects(probe: Probe, conf: SmbConf | Unknown, *, serves: bool) -> Fact[SmbDialects]:
    data = probe.read_file(MOUNTINFO)
    if isinstance(data, Unknown):
        return data
    mounts = parse_mountinfo(text_of(data))
    if mounts is None:
        return Unknown(Reason.UNPARSABLE, MOUNTINFO)
    windows = [mount for mount in mounts if mount.type in ("cifs", "smb3", "smbfs")]
    old = tuple(m.path for m in windows if re.search(r"(^|,)vers=1\.0(,|$)", m.options) or m.type == "smbfs")
    if not serves and not windows:
        return NotApplicable("ce poste n’utilise pas le partage de dossiers Windows", MOUNTINFO)
    if not serves:
        return Known(SmbDialects("", "", weak_passwords=False, mounted=old), MOUNTINFO)
    if isinstance(conf, Unknown):
        return conf
    keys = conf.general
    weak = keys.get("ntlm auth", "") in ("yes", "true", "1", "ntlmv1-permitted") or yes(keys.get("lanman auth", "no"))
    server = keys.get("server min protocol", "")
    default = server or _default_dialect(probe)
    if isinstance(default, Unknown):
        return default
    said = "" if server else "Aucune ligne ne règle la version la plus ancienne : celle d’office de Samba s’applique"
    dialects = SmbDialects(default.upper(), keys.get("client min protocol", "SMB2_02").upper(), weak, old)
    return Known(dialects, SMB_CONF, said)


def _default_dialect(probe: Probe) -> str | Unknown:
    """What this Samba accepts when smb.conf says nothing, from its own version number."""
    answer = answer_of(probe.run(("smbd", "--version")), "smbd --version")
    if isinstance(answer, Unknown):
        return answer
    version = re.search(r"(\d+)\.(\d+)", answer.text)
    if version is None:
        return Unknown(Reason.UNPARSABLE, "smbd --version")
    return "SMB2_02" if (int(version[1]), int(version[2])) >= FIRST_MODERN_SAMBA else "NT1"


COLLECTORS = (Collector("shares", (SHARES, SMB_DIALECTS), collect_shares),)
