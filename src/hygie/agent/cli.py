"""The command line: French verbs. Each verb's code is imported only when it is asked for."""

from __future__ import annotations

import argparse
import os
import re
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import NoReturn

from hygie import __version__
from hygie.catalogue.typeset import typeset

EPILOG = """Codes de sortie : 0 tout est en ordre ; 1 il y a quelque chose à corriger ;
2 commande mal écrite, refusée ou qui n’a pas abouti ; 3 rien à corriger, mais des points n’ont pas pu être vérifiés."""

# What argparse says in English, and how it is said here; the names that the person typed are kept.
WORDS = (
    (r"the following arguments are required: (.*)", r"il manque : \1"),
    (r"argument \S+: invalid choice: '(.*)' \(choose from (.*)\)", r"« \1 » n’existe pas ; au choix : \2"),
    (r"argument (\S+): not allowed with argument (\S+)", r"\1 ne va pas avec \2"),
    (r"argument (\S+): expected one argument", r"il manque une valeur après \1"),
    (r"argument (\S+): ignored explicit argument .*", r"\1 ne prend pas de valeur"),
    (r"ambiguous option: (\S+) could match (.*)", r"\1 peut vouloir dire \2"),
    (r"unrecognized arguments: (.*)", r"en trop : \1"),
)


def french(message: str) -> str:
    """A refusal of argparse in French; "" for one that is not known, since English would not help."""
    for pattern, words in WORDS:
        if found := re.fullmatch(pattern, message, re.DOTALL):
            return found.expand(words).replace("'", "")
    return ""


class FrenchParser(argparse.ArgumentParser):
    """argparse whose own words are French too."""

    def format_usage(self) -> str:
        """« Utilisation » instead of "usage"."""
        return super().format_usage().replace("usage: ", "Utilisation\u00a0: ", 1)

    def format_help(self) -> str:
        """The same, on top of the whole help."""
        help_text = super().format_help().replace("usage: ", "Utilisation\u00a0: ", 1)
        return (
            help_text.replace("positional arguments:", "à préciser\u00a0:")
            .replace("options:", "options\u00a0:")
            .replace("actions:", "actions\u00a0:")
        )

    def error(self, message: str) -> NoReturn:
        """Says what is wrong and what to do."""
        self.print_usage(sys.stderr)
        why = french(message)
        said = f"Commande non comprise : {why}." if why else "Commande non comprise."
        self.exit(2, typeset(f"{said} Tapez « ./hygie --aide » pour voir ce qui est possible.\n"))


def build_parser() -> argparse.ArgumentParser:
    """Every verb and option, in French."""
    parser = FrenchParser(
        prog="hygie",
        description="Hygie protège un cabinet médical et le prouve. Sans connexion, sans compte.",
        epilog=EPILOG,
        add_help=False,
    )
    _common(parser)
    parser.add_argument("--version", action="version", version=f"Hygie {__version__}", help="affiche la version")
    verbs = parser.add_subparsers(title="actions", dest="verb", metavar="ACTION")
    start = verbs.add_parser("demarrer", help="ouvre la page de Hygie sur cet ordinateur", add_help=False)
    _common(start)
    _add_check(verbs.add_parser("verifier", help="fait le bilan de cet ordinateur, ici même", add_help=False))
    _add_fix(verbs.add_parser("corriger", help="corrige un point, après votre accord", add_help=False))
    _add_undo(verbs.add_parser("annuler", help="défait une correction", add_help=False))
    return parser


def _common(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("-h", "--help", "--aide", action="help", help="affiche cette aide")


def _add_check(parser: argparse.ArgumentParser) -> None:
    _common(parser)
    form = parser.add_mutually_exclusive_group()
    form.add_argument("--json", action="store_true", help="le bilan complet en JSON (docs/bilan-json.md)")
    form.add_argument("--ocsf", action="store_true", help="un constat OCSF (classe 2003) par contrôle, en JSON")
    form.add_argument("--detail", action="store_true", help="ajoute les faits lus, leurs sources et les durées")
    parser.add_argument(
        "--enregistrer", metavar="DOSSIER", type=Path, help="écrit un enregistrement anonymisé du poste"
    )
    parser.add_argument("--rejouer", metavar="DOSSIER", type=Path, help="juge un enregistrement au lieu de ce poste")


def _add_fix(parser: argparse.ArgumentParser) -> None:
    _common(parser)
    parser.add_argument("fix", metavar="CORRECTION", nargs="?", help="laquelle ; sans rien, affiche la liste")
    parser.add_argument("--oui", action="store_true", help="applique sans poser la question")


def _add_undo(parser: argparse.ArgumentParser) -> None:
    _common(parser)
    parser.add_argument("record", metavar="CORRECTION", nargs="?", help="laquelle ; sans rien, affiche la liste")
    parser.add_argument("--forcer", action="store_true", help="remet l’ancienne valeur même si elle a changé depuis")


def main(argv: Sequence[str] | None = None) -> int:
    """Runs one verb; the exit status is documented in the help."""
    parser = build_parser()
    arguments, rest = parser.parse_known_args(argv)
    if rest and arguments.verb != "demarrer":
        parser.error(f"unrecognized arguments: {' '.join(rest)}")
    if arguments.verb is None:
        parser.print_help(sys.stderr)
        return 2
    try:
        status = _verb(arguments.verb)(arguments, rest)
        sys.stdout.flush()
    except KeyboardInterrupt:
        print("\nInterrompu. Rien n’a été perdu.", file=sys.stderr)
        return 130
    except BrokenPipeError:  # the reader left (« | head »): say nothing more, and never that all is in order
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 141
    except Exception as error:  # noqa: BLE001 - the last net
        from hygie.agent.guard import explain

        return explain(error)
    return status


def _verb(name: str) -> Callable[[argparse.Namespace, Sequence[str]], int]:
    if name == "demarrer":
        return _start
    if name == "verifier":
        from hygie.agent.verify import verify

        return lambda arguments, _: verify(arguments)
    from hygie.agent import mend

    return lambda arguments, _: mend.mend(arguments) if name == "corriger" else mend.take_back(arguments)


def _start(_: argparse.Namespace, rest: Sequence[str]) -> int:
    from hygie.server.start import main as start

    return start(list(rest))
