"""Typed facts, and the collectors that read them, one package a system."""
