"""Accounts carry the name of a person, not of a place, a job or a machine."""

from __future__ import annotations

import re
import unicodedata
from datetime import datetime

from hygie.workstation.checks.model import Judgement, Limits, not_applicable, ok, to_fix, unknown, watch
from hygie.workstation.facts.accounts import DIRECTORY_ACCOUNTS, USERS
from hygie.workstation.facts.model import Facts, NotApplicable
from hygie.workstation.facts.system import DESKTOP

EXPECTED = "un compte par personne"
# Names of jobs, places and machines, of manufacturers and of systems, without accents, digits nor signs.
SHARED = frozenset(
    """
    accueil secretariat secretaire secretaires cabinet cab cabmed poste postes pc bureau ordi ordinateur portable
    station medecin medecins docteur docteurs doc dr toubib remplacant remplacante remplacants interne internes
    externe stagiaire infirmier infirmiere infirmiers infirmieres idel ide kine sagefemme dentiste assistant
    assistante orthophoniste soin soins salle salledesoin consultation medical maisonmedicale msp cds clinique
    labo pharmacie compta comptabilite user users utilisateur utilisateurs usager client guest invite public
    commun partage test tests demo essai temp formation default defaut owner proprietaire moi famille maison home
    travail scan scanner fax imprimante cps vitale pi ubuntu debian fedora mint linux dell hp lenovo asus acer
    """.split()
)
LINKS = ("de", "du", "des", "la", "le", "les", "d", "l")
ADMINISTRATION = frozenset(
    """
    admin admins administrateur administrator adm sysadmin support maintenance prestataire informatique tech technicien
    """.split()
)


def judge(facts: Facts, limits: Limits, now: datetime) -> Judgement:
    """To fix on a name made for several people; a shared name of administration is watched."""
    del limits, now
    names = [account.username for account in facts.value(USERS) if account.person]
    shared = [name for name in names if is_shared(name)]
    if shared:
        return to_fix(names=", ".join(shared), observed=", ".join(shared), expected=EXPECTED)
    if not names:
        return _nobody(facts)
    administration = [name for name in names if plain(name) in ADMINISTRATION]
    if administration:
        return watch(names=", ".join(administration), observed=", ".join(administration), expected=EXPECTED)
    sentence = "ok_directory" if facts.value(DIRECTORY_ACCOUNTS) else "ok"
    return ok(sentence, names=", ".join(names), observed=", ".join(names), expected=EXPECTED)


def plain(name: str) -> str:
    """A name reduced to its letters: "Secrétariat-2" gives "secretariat"."""
    letters = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z]", "", letters)


def is_shared(name: str) -> bool:
    """Whether a name says nobody's: one shared word, or several and nothing else ("poste-accueil", "salle_de_soin")."""
    words = [plain(word) for word in re.split(r"[\W_\d]+", name)]
    telling = [word for word in words if word and word not in LINKS]
    if any(word not in SHARED | ADMINISTRATION for word in telling):
        return plain(name) in SHARED
    return any(word in SHARED for word in telling)


def _nobody(facts: Facts) -> Judgement:
    if isinstance(facts.get(DESKTOP), NotApplicable):
        return not_applicable(observed="aucun compte de personne")
    return unknown("nobody", observed="aucun compte de personne", expected=EXPECTED)
