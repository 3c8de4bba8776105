"""Every volume that holds data is encrypted, and its key does not lie beside it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from hygie.workstation.checks.model import Judgement, Limits, ok, to_fix, unknown, watch
from hygie.workstation.facts.model import Facts
from hygie.workstation.facts.storage import DISK_KEYS, FOLDERS_ENCRYPTED, VOLUMES, Encryption, Place, Volume
from hygie.workstation.facts.system import CHASSIS, Chassis

EXPECTED = "tous les volumes de données chiffrés"


def judge(facts: Facts, limits: Limits, now: datetime) -> Judgement:
    """To fix as soon as one volume is in clear; a guest machine cannot see its host's disk: unknown."""
    volumes = facts.value(VOLUMES)
    data = [volume for volume in volumes if volume.place is Place.INTERNAL]
    plain = _named(data, Encryption.NO)
    if plain:
        return _of_plain(facts, plain)
    null = _named(data, Encryption.NULL)
    if null:
        return to_fix("null", volumes=null, observed="chiffrement factice", expected=EXPECTED)
    unread = _named(data, Encryption.UNKNOWN)
    if unread or not data:
        return unknown("unread" if data else "none", volumes=unread, expected=EXPECTED)
    return _of_keys(facts, volumes)


def _of_plain(facts: Facts, plain: str) -> Judgement:
    if facts.value_or(CHASSIS, Chassis("")).kind == "virtuel":
        return unknown("virtual", volumes=plain, observed=f"non chiffré ici : {plain}", expected=EXPECTED)
    partial = facts.value_or(FOLDERS_ENCRYPTED, otherwise=False)
    return to_fix(
        "partial" if partial else "to_fix", volumes=plain, observed=f"non chiffré : {plain}", expected=EXPECTED
    )


def _of_keys(facts: Facts, volumes: tuple[Volume, ...]) -> Judgement:
    """All data is encrypted: what remains is the key, what is plugged in, and what is asleep."""
    keys = facts.value(DISK_KEYS)
    for kind, conclude in (("exposed", to_fix), ("unclear", unknown)):
        found = ", ".join(key.path for key in keys if key.kind == kind)
        if found:
            return conclude(f"key_{kind}", key=found, observed="clé rangée sur ce poste", expected=EXPECTED)
    for place in (Place.ASLEEP, Place.REMOVABLE):
        found = _names(v for v in volumes if v.place is place and v.encryption is not Encryption.YES)
        if found:
            return watch(place.value, volumes=found, observed=f"non chiffré : {found}", expected=EXPECTED)
    encrypted = _names(v for v in volumes if v.place is Place.INTERNAL)
    sentence = "ok_network" if any(v.place is Place.NETWORK for v in volumes) else "ok"
    sentence = "ok_chip" if any(key.kind == "chip" for key in keys) else sentence
    return ok(sentence, volumes=encrypted, observed=f"chiffrés : {encrypted}", expected=EXPECTED)


def _named(volumes: Iterable[Volume], encryption: Encryption) -> str:
    return _names(volume for volume in volumes if volume.encryption is encryption)


def _names(volumes: Iterable[Volume]) -> str:
    return ", ".join(sorted(volume.path or volume.device for volume in volumes))
