"""Reversible corrections: shown first, undone to the byte, never silent.

``registry.list_fixes`` and ``registry.prepare`` say what would change; ``engine.apply`` does it after writing how to
undo it; ``engine.undo`` puts it back; ``text`` renders all of it in French.
"""
