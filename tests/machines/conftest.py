"""Prints the count that matters after the machines were judged: false greens and false reds."""

from __future__ import annotations

import pytest

from tests.machines.cases import cases, gaps


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """One line, when the machines were among the tests of this run."""
    reports = [report for name in ("passed", "failed") for report in terminalreporter.stats.get(name, [])]
    if not any("tests/machines/test_machines.py" in getattr(report, "nodeid", "") for report in reports):
        return
    found = [gap for case in cases() for gap in gaps(case.id)]
    greens, reds = sum(gap.false_green for gap in found), sum(gap.false_red for gap in found)
    verdicts = sum(len(case.expected) for case in cases())
    terminalreporter.write_line(
        f"{len(cases())} machines, {verdicts} verdicts: {greens} false greens, {reds} false reds, {len(found)} gaps"
    )
