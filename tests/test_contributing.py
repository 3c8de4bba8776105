"""The example of CONTRIBUTING.md is real: it loads, and it judges."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from hygie.catalogue.loader import read_measure
from hygie.evidence.model import Verdict
from hygie.workstation import checks as checks_package
from hygie.workstation.checks.loader import read_check
from hygie.workstation.checks.model import Finding
from hygie.workstation.checks.runner import judge_one
from tests.workstation.machines import facts_of, machine

PAGE = Path(__file__).parent.parent / "CONTRIBUTING.md"
BLOCK = re.compile(r"```(?:toml|python)\n# fichier : (?P<path>\S+)\n(?P<code>.*?)```", re.DOTALL)
DESKTOP = {"/usr/share": ("xsessions",), "/usr/share/xsessions": ("gnome.desktop",)}
SERVER = {"/usr/share": ("doc",)}


@pytest.fixture
def example(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    for block in BLOCK.finditer(PAGE.read_text(encoding="utf-8")):
        (tmp_path / Path(block["path"]).name).write_text(block["code"], encoding="utf-8")
    monkeypatch.setattr(checks_package, "__path__", [*checks_package.__path__, str(tmp_path)])
    return tmp_path


def finding_of(example: Path, uptime: str, dirs: dict[str, tuple[str, ...]]) -> Finding:
    probe = machine(files={"/proc/uptime": uptime} if uptime else {}, dirs=dirs)
    return judge_one(read_check(example / "arret-le-soir.toml"), facts_of(probe), probe.now, ())


def test_the_measure_of_the_example_loads_and_names_the_check_of_the_example(example: Path) -> None:
    measure = read_measure(example / "arret-du-soir.toml")
    assert measure.parts[0].sources == ("arret-le-soir",)


@pytest.mark.parametrize(
    ("uptime", "dirs", "verdict"),
    [
        ("7200.0 100.0", DESKTOP, Verdict.OK),
        ("86400.0 100.0", DESKTOP, Verdict.TO_FIX),
        ("", DESKTOP, Verdict.UNKNOWN),
        ("illisible", DESKTOP, Verdict.UNKNOWN),
        ("86400.0 100.0", SERVER, Verdict.NOT_APPLICABLE),
    ],
)
def test_the_check_of_the_example_judges(
    example: Path, uptime: str, dirs: dict[str, tuple[str, ...]], verdict: Verdict
) -> None:
    assert finding_of(example, uptime, dirs).verdict is verdict
