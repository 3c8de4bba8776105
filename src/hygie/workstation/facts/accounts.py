"""Facts about who may log in, with which powers, and what protects their passwords."""

from __future__ import annotations

from dataclasses import dataclass

from hygie.workstation.facts.model import FactKey


@dataclass(frozen=True, slots=True)
class Account:
    """osquery ``users``: one account kept on this machine. ``login``: its shell opens a session.

    ``person``: a login whose number is in the range given to people (service accounts are below it).
    """

    username: str
    uid: int
    shell: str
    login: bool
    person: bool


@dataclass(frozen=True, slots=True)
class SessionPowers:
    """What the person at the keyboard may do. ``powers``: groups and rules that give the rights of root, in words."""

    username: str
    uid: int
    powers: tuple[str, ...] = ()
    without_password: bool = False


@dataclass(frozen=True, slots=True)
class AutoLogin:
    """A session that opens without a password. ``by``: the programme, or the group, that allows it."""

    username: str
    by: str


@dataclass(frozen=True, slots=True)
class PasswordRule:
    """What a new password must be: least length, least number of kinds of characters, and what enforces it."""

    module: str
    length: int
    classes: int


@dataclass(frozen=True, slots=True)
class AttemptLimit:
    """Wrong passwords allowed before the account is blocked for a while; 0 when nothing blocks it."""

    module: str
    deny: int


USERS = FactKey[tuple[Account, ...]]("users", "la liste des comptes")
DIRECTORY_ACCOUNTS = FactKey[bool]("directory_accounts", "l’usage d’un annuaire de comptes")
"""True when accounts may also come from elsewhere (Active Directory, LDAP): those are not in ``USERS``."""
EMPTY_PASSWORDS = FactKey[tuple[str, ...]]("empty_passwords", "les comptes sans mot de passe")
"""Names of the accounts that open a session with an empty password."""
SESSION_POWERS = FactKey[SessionPowers]("session_powers", "les droits de votre compte")
AUTO_LOGINS = FactKey[tuple[AutoLogin, ...]]("auto_logins", "le réglage de l’ouverture de session")
GUEST_SESSION = FactKey[bool]("guest_session", "la session invité")
PASSWORD_RULE = FactKey[PasswordRule]("password_rule", "la règle des mots de passe")
ATTEMPT_LIMIT = FactKey[AttemptLimit]("attempt_limit", "le blocage après plusieurs essais")
