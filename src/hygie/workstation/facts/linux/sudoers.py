"""Who may run everything as root through sudo, from sudoers(5). Only rules that give every command count."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from hygie.workstation.facts.linux.optional import optional_names, optional_text
from hygie.workstation.facts.linux.parsing import filled
from hygie.workstation.facts.model import Reason, Unknown
from hygie.workstation.probe import Probe

SUDOERS, FOLDER = "/etc/sudoers", "/etc/sudoers.d"
_NOT_RULES = ("Defaults", "Cmnd_Alias", "Cmd_Alias", "Host_Alias", "Runas_Alias", "@include")
# "#" starts a comment or an old "#include", but "#1000" is a person named by number.
_COMMENT = re.compile(r"#(?!\d)")
# These options ask for the password of root, or of whom the person becomes, instead of their own.
_ROOT_ASKED = re.compile(r"^Defaults\s[^#]*(?<![!\w])(targetpw|rootpw|runaspw)\b", re.MULTILINE)
_ALIAS = re.compile(r"^User_Alias\s+(\w+)\s*=\s*(.*)$")
# Names of a directory hold spaces, escaped or between quotes: "%domain\\ admins" (sudoers(5), "User_List").
_WHO = r"(?:\"[^\"]*\"|\\.|[^\s,\"\\])+"
_RULE = re.compile(rf"^({_WHO}(?:\s*,\s*{_WHO})*)\s+\S+\s*=\s*(.*)$")


@dataclass(slots=True)
class SudoRules:
    """Users and groups who may do everything; the "free" ones without typing their password."""

    users: set[str] = field(default_factory=set)
    groups: set[str] = field(default_factory=set)
    free_users: set[str] = field(default_factory=set)
    free_groups: set[str] = field(default_factory=set)
    root_asked: bool = False

    def names(self, user: str, uid: int) -> bool:
        """True when a rule gives this person everything by name, by number, or because it is for everybody.

        openSUSE ships a rule for everybody that asks for the password of root: it gives nothing to who lacks it.
        """
        named = self.users & {user, f"#{uid}"} or self.free_users & {"ALL"}
        return bool(named) or ("ALL" in self.users and not self.root_asked)

    def frees(self, user: str, uid: int) -> bool:
        """True when such a rule asks for no password."""
        return bool(self.free_users & {user, f"#{uid}", "ALL"})


def read_rules(probe: Probe) -> SudoRules | Unknown:
    """The rules of this machine; none when sudo is not there. Unknown(RIGHTS) for an ordinary person, as a rule."""
    data, extra = probe.read_file(SUDOERS), optional_names(probe, FOLDER)
    absent = isinstance(data, Unknown) and data.reason is Reason.ABSENT
    main = "" if absent else filled(data, SUDOERS)
    if isinstance(main, Unknown):
        return main
    if isinstance(extra, Unknown):
        return extra
    texts = [main]
    for path in extra:
        # sudo skips names that contain a dot or end in "~" (sudoers(5), @includedir).
        if "." in path.rpartition("/")[2] or path.endswith("~"):
            continue
        text = optional_text(probe, path)
        if isinstance(text, Unknown):
            return text
        texts.append(text)
    return parse_sudoers("\n".join(texts))


def parse_sudoers(text: str) -> SudoRules:
    """Rules "who hosts = (as whom) TAGS: commands" whose commands are ALL, with user aliases replaced."""
    whole = text.replace("\\\n", " ")
    rules, aliases = SudoRules(root_asked=_ROOT_ASKED.search(whole) is not None), dict[str, list[str]]()
    lines = [line.strip() for line in whole.splitlines() if not _COMMENT.match(line.strip())]
    for line in lines:
        alias = _ALIAS.match(line)
        if alias:
            aliases[alias[1]] = _names(alias[2])
    for line in lines:
        rule = None if line.startswith((*_NOT_RULES, "User_Alias")) else _RULE.match(line)
        commands = re.sub(r"\([^)]*\)", " ", rule[2]) if rule else ""
        if rule and re.search(r"(?<![\w!/])ALL(?!\w)", commands):
            free = "NOPASSWD" in commands
            for who in _names(rule[1]):
                for name in aliases.get(who, [who]):
                    _add(rules, name, free=free)
    return rules


def _names(text: str) -> list[str]:
    return [re.sub(r"\\(.)", r"\1", name.replace('"', "")) for name in re.findall(_WHO, text)]


def _add(rules: SudoRules, name: str, *, free: bool) -> None:
    group = name.startswith("%")
    bare = name.lstrip("%")
    (rules.groups if group else rules.users).add(bare)
    if free:
        (rules.free_groups if group else rules.free_users).add(bare)
