"""Facts about start-up protections."""

from __future__ import annotations

from hygie.workstation.facts.model import FactKey

SECURE_BOOT = FactKey[str]("secureboot", "le démarrage sécurisé")
"""osquery ``secureboot``: "on", "off", or "unchecked" (on in the firmware, signature check off in the loader)."""
TPM_VERSION = FactKey[int]("tpm_info", "la puce de sécurité")
"""osquery ``tpm_info``: major version of the chip, 1 or 2; 0 when no chip is visible."""
