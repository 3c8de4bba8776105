"""Checks: a small pure module and a TOML of French text each, found by name (``ma-regle.toml``, ``ma_regle.py``)."""
