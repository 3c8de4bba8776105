"""Hygie: keeps an independent medical practice safe, and proves it with dated evidence that expires."""

from __future__ import annotations

__version__ = "0.1.0"
