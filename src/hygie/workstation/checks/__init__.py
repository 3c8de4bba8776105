"""Checks: one small pure module and one TOML of French text each, found by name (``ma-regle.toml``, ``ma_regle.py``)."""
