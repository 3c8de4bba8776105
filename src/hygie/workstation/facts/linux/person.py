"""The person whose session is judged: their settings are not those of root."""

from __future__ import annotations

from hygie.workstation.facts.model import Reason, Unknown
from hygie.workstation.probe import Probe

NOT_A_PERSON = "le bilan tourne sous le compte root : relancez-le depuis la session à vérifier, avec sudo s’il le faut"


def home_of_person(probe: Probe) -> str | Unknown:
    """The home folder of the person at the keyboard; Unknown when Hygie runs in a session of root itself.

    root's own settings say nothing about the session of the doctor: judging them would be a false answer.
    """
    if probe.identity.uid == 0 or not probe.identity.home:
        return Unknown(Reason.ABSENT, "session", NOT_A_PERSON)
    return probe.identity.home.rstrip("/")
