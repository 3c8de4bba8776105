"""Why the system refused to read or write, in French: its own words are English or depend on the computer."""

from __future__ import annotations

import errno

REASONS = {
    errno.ENOENT: ("fichier ou dossier introuvable", "vérifiez que le fichier existe"),
    errno.ENOTDIR: ("un fichier se trouve à la place d’un dossier", "vérifiez le chemin"),
    errno.EISDIR: ("un dossier se trouve à la place d’un fichier", "vérifiez le chemin"),
    errno.EEXIST: ("ce nom est déjà pris", "choisissez un autre nom"),
    errno.ENAMETOOLONG: ("ce nom est trop long", "choisissez un nom plus court"),
    errno.EACCES: ("vous n’en avez pas le droit", "choisissez un autre emplacement, ou demandez l’accès"),
    errno.EPERM: ("vous n’en avez pas le droit", "choisissez un autre emplacement, ou demandez l’accès"),
    errno.EROFS: ("ce disque est en lecture seule", "choisissez un autre emplacement"),
    errno.ENOSPC: ("le disque est plein", "libérez de la place, puis relancez"),
    errno.EDQUOT: ("votre espace sur le disque est plein", "libérez de la place, puis relancez"),
    errno.EIO: ("le disque a répondu par une erreur", "faites vérifier ce disque"),
}
OTHER = ("le système a refusé", "vérifiez le chemin, puis relancez")


def refusal(error: OSError) -> tuple[str, str]:
    """The reason and what to do, two French clauses without capital nor full stop."""
    return REASONS.get(error.errno or 0, OTHER)
