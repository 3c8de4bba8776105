"""Facts about smart card readers and the software of the health professional's card."""

from __future__ import annotations

from hygie.workstation.facts.model import FactKey

CARD_READERS = FactKey[int]("card_readers", "les lecteurs de carte branchés")
"""Readers of the standard USB class; a reader of its own kind is not counted."""
CARD_SERVICE = FactKey[str]("card_service", "le service des cartes à puce")
""""active", another state of the service, or "absent"."""
CPS_LIBRARY = FactKey[bool]("cps_library", "le logiciel de la carte CPS")
