"""Corrections made of GSettings keys: automatic lock and programs of removable media, on GNOME."""

from __future__ import annotations

from dataclasses import dataclass

from hygie.workstation.facts.linux.desktops import desktop_in_use
from hygie.workstation.facts.linux.need import NotKnown, need
from hygie.workstation.facts.linux.parsing import answer_of
from hygie.workstation.facts.linux.person import home_of_person
from hygie.workstation.facts.model import Unknown
from hygie.workstation.fixes.model import Fix, FixPlan, FixRefusal
from hygie.workstation.fixes.steps import SettingStep
from hygie.workstation.probe import Probe


@dataclass(frozen=True, slots=True)
class Wanted:
    """One key and the value it should have. ``most``: a smaller number above 0 is stricter, and is left alone."""

    what: str
    schema: str
    key: str
    value: str
    most: int | None = None


LOCK = (
    Wanted(
        "Extinction de l’écran sans activité (secondes)", "org.gnome.desktop.session", "idle-delay", "uint32 300", 600
    ),
    Wanted("Verrouillage à l’extinction de l’écran", "org.gnome.desktop.screensaver", "lock-enabled", "true"),
    Wanted(
        "Délai avant de demander le mot de passe (secondes)", "org.gnome.desktop.screensaver", "lock-delay", "uint32 0"
    ),
)
AUTORUN = (
    Wanted("Ne jamais lancer le programme d’une clé", "org.gnome.desktop.media-handling", "autorun-never", "true"),
)


def _prepare(fix: str, title: str, wanted: tuple[Wanted, ...], probe: Probe) -> FixPlan | FixRefusal:
    refusal = _out_of_reach(fix, probe)
    if refusal:
        return refusal
    steps = []
    for want in wanted:
        try:
            step = _step(want, probe)
        except NotKnown as missing:
            why = missing.why.reason.label if isinstance(missing.why, Unknown) else missing.why.why
            return FixRefusal(fix, f"Le réglage « {want.key} » n’a pas pu être lu : {why}.")
        if isinstance(step, str):
            return FixRefusal(fix, step)
        if step is not None:
            steps.append(step)
    if not steps:
        return FixRefusal(fix, "Ces réglages sont déjà en place : il n’y a rien à corriger.", in_place=True)
    return FixPlan(fix, title, probe.identity.user, tuple(steps))


def _out_of_reach(fix: str, probe: Probe) -> FixRefusal | None:
    """GNOME only, and only the settings of the person who runs this: root would change its own."""
    if probe.identity.elevated or isinstance(home_of_person(probe), Unknown):
        return FixRefusal(fix, "Lancez cette correction depuis votre session, sans `sudo` : ce sont vos réglages.")
    try:
        desktop = desktop_in_use(probe)
    except NotKnown as missing:
        why = missing.why.detail if isinstance(missing.why, Unknown) else missing.why.why
        return FixRefusal(fix, f"Cette correction ne s’applique pas ici : {why or 'bureau inconnu'}.")
    if desktop == "gnome":
        return None
    why = "Hygie ne sait faire cette correction que sous GNOME. Suivez les étapes indiquées par le bilan."
    return FixRefusal(fix, why)


def _step(want: Wanted, probe: Probe) -> SettingStep | str | None:
    """The change needed; None when there is none; a French sentence when the key is locked."""
    now = _get(probe, want)
    if now == want.value or (want.most and 0 < _number(now) <= want.most):
        return None
    writable = need(answer_of(probe.run(["gsettings", "writable", want.schema, want.key]), want.key)).text.strip()
    if writable != "true":
        return f"Le réglage « {want.key} » est imposé par l’administrateur de ce poste : demandez-lui de le changer."
    return SettingStep(want.what, want.schema, want.key, now, want.value, at_default=now == _default(probe, want))


def _get(probe: Probe, want: Wanted) -> str:
    return need(answer_of(probe.run(["gsettings", "get", want.schema, want.key]), want.key)).text.strip()


def _default(probe: Probe, want: Wanted) -> str:
    """What the key is worth when the person sets nothing: an empty store in memory shows it."""
    argv = ["env", "GSETTINGS_BACKEND=memory", "gsettings", "get", want.schema, want.key]
    return need(answer_of(probe.run(argv), want.key)).text.strip()


def _number(text: str) -> int:
    word = text.removeprefix("uint32 ")
    return int(word) if word.isdigit() else 0


LOCK_ID, LOCK_TITLE = "verrouillage", "Verrouiller la session après 5 minutes sans activité"
AUTORUN_ID, AUTORUN_TITLE = "execution-automatique", "Ne jamais lancer le programme d’une clé ou d’un disque"
LOCK_FIX = Fix(LOCK_ID, LOCK_TITLE, lambda probe: _prepare(LOCK_ID, LOCK_TITLE, LOCK, probe))
AUTORUN_FIX = Fix(AUTORUN_ID, AUTORUN_TITLE, lambda probe: _prepare(AUTORUN_ID, AUTORUN_TITLE, AUTORUN, probe))
