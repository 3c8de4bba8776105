"""Measures Hygie on this machine, in one go, beside Lynis and beside its own budgets (ARCHITECTURE.md).

``python bench/run.py`` prints; ``--ecrire`` also writes docs/bench.md; ``--sans-lynis`` leaves Lynis out (a minute).
The exit status is 1 when a budget does not hold.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import time
import urllib.request
from datetime import date
from pathlib import Path

import processes
from table import Row, markdown, number, plain

ROOT = Path(__file__).resolve().parents[1]
HYGIE = ROOT / "hygie"
PYTHON = "/usr/bin/python3" if sys.version_info[:2] == (3, 11) and Path("/usr/bin/python3").exists() else sys.executable
RUNS = 7
PAGES = ("/", "/mesures/", "/bilans/", "/incident/", "/bilan.pdf")
Section = tuple[str, list[Row]]


def the_checkup(*, with_lynis: bool) -> Section:
    """The whole check-up as this user, as an ordinary one when this is root, and Lynis."""
    lynis = lynis_cost() if with_lynis else None
    rows = checkup_rows("administrateur" if os.geteuid() == 0 else "utilisateur ordinaire", [PYTHON, HYGIE], lynis)
    if os.geteuid() == 0:
        with tempfile.TemporaryDirectory() as home:
            os.chmod(home, 0o777)
            command = processes.as_ordinary_user(["env", f"HOME={home}", PYTHON, HYGIE])
            rows += checkup_rows("utilisateur ordinaire", command, None)
    return "Le bilan d’un poste", rows


def checkup_rows(who: str, hygie: list[str | Path], lynis: tuple[processes.Cost, int] | None) -> list[Row]:
    """Time, processor, memory and number of checks of ``verifier --json``."""
    ours = processes.median_cost([*hygie, "verifier", "--json"], RUNS)
    findings = len(json.loads(ours.stdout)["findings"])
    peer = ["", "", "", ""]
    if lynis:
        cost, tests = lynis
        peer = [f"Lynis : {number(cost.wall)} s (× {cost.wall / ours.wall:.0f})"]
        peer += [f"Lynis : {number(cost.cpu)} s (× {cost.cpu / ours.cpu:.0f})"]
        peer += [f"Lynis : {number(cost.peak_mb)} Mo", f"Lynis : {tests} tests"]
    return [
        Row(f"durée, {who}", ours.wall, "s", 1.5, peer[0]),
        Row(f"processeur, {who}", ours.cpu, "s", 1.0, peer[1]),
        Row(f"mémoire du plus gros processus, {who}", ours.peak_mb, "Mo", 60, peer[2]),
        Row(f"contrôles, {who}", findings, "", None, peer[3]),
    ]


def lynis_cost() -> tuple[processes.Cost, int] | None:
    """One quick audit by Lynis and how many tests it ran; None, said, when it is not installed."""
    program = shutil.which("lynis", path=f"{os.environ.get('PATH', '')}:/usr/sbin")
    if program is None:
        print("Lynis n’est pas installé : sudo apt install lynis", file=sys.stderr)
        return None
    with tempfile.TemporaryDirectory() as folder:
        files = ["--logfile", f"{folder}/journal", "--report-file", f"{folder}/rapport"]
        cost = processes.cost_of([program, "audit", "system", "--quick", "--no-colors", *files])
    tests = re.search(rb"Tests performed\s*:\s*(\d+)", cost.stdout)
    return cost, int(tests[1]) if tests else 0


def starting() -> Section:
    """How long before something answers."""
    version = processes.median_cost([PYTHON, HYGIE, "--version"], 15)
    bare = processes.median_cost([PYTHON, "-c", "pass"], 15)
    checkup = processes.median_cost([PYTHON, HYGIE, "verifier"], RUNS)
    return "Démarrage", [
        Row("./hygie --version", version.wall * 1000, "ms", 150, f"Python seul : {number(bare.wall * 1000)} ms"),
        Row("./hygie verifier, bilan affiché", checkup.first_byte * 1000, "ms"),
    ]


def the_pages() -> Section:
    """Queries, processor and size of each page, on a practice with 300 check-ups behind it."""
    with tempfile.TemporaryDirectory() as data:
        environ = {**processes.ENVIRON, "HYGIE_DATA_DIR": data, "PYTHONPATH": str(ROOT / "src")}
        said = subprocess.run(
            [sys.executable, ROOT / "bench" / "pages.py"], env=environ, stdout=subprocess.PIPE, check=True
        )
    rows = []
    for page in json.loads(said.stdout):
        name = re.sub(r"[0-9a-f-]{36}", "…", page["page"])
        size = f"{page['bytes'] / 1000:.0f} ko"
        rows.append(Row(f"{name} : requêtes SQL", page["queries"], "", 12, size))
        rows.append(Row(f"{name} : processeur", page["cpu_ms"], "ms", None if name.endswith(".pdf") else 40))
    return "Les pages, avec 300 bilans en mémoire", rows


def the_server() -> Section:
    """``hygie demarrer`` when its environment is ready: with an empty data folder, then with its data."""
    with tempfile.TemporaryDirectory() as data:
        first = one_start(data)
        later = sorted(one_start(data) for _ in range(3))[1]
    return "La page sur cet ordinateur (environnement déjà prêt)", [
        Row("./hygie demarrer, jamais lancé", first[0], "s", 20, f"processeur : {number(first[1])} s"),
        Row("./hygie demarrer, ensuite", later[0], "s", 1, f"processeur : {number(later[1])} s"),
        Row("mémoire du serveur après visite de chaque page", later[2], "Mo", 120),
    ]


def one_start(data: str) -> tuple[float, float, float]:
    """Seconds from the command to the first page, those of processor, and the server's peak memory in MB."""
    environ = {**processes.ENVIRON, "HYGIE_DATA_DIR": data}
    command = [PYTHON, HYGIE, "demarrer", "--sans-navigateur", "--port", "8190"]
    start = time.perf_counter()
    with subprocess.Popen(command, env=environ, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True) as server:
        assert server.stdout is not None
        home = next((found[0] for line in server.stdout if (found := re.search(r"http://[\d.:]+", line))), None)
        if home is None:
            raise SystemExit("./hygie demarrer n’a pas démarré.")
        try:
            urllib.request.urlopen(f"{home}/", timeout=30).close()
            wall, cpu = time.perf_counter() - start, processes.processor_of(server.pid)
            for page in PAGES * 3:
                wait_for(f"{home}{page}")
            return wall, cpu, processes.peak_memory_of(server.pid)
        finally:
            server.send_signal(signal.SIGTERM)


def wait_for(url: str) -> None:
    """The page, once the first check-up is over."""
    for _ in range(60):
        try:
            urllib.request.urlopen(url, timeout=30).close()
        except OSError:
            time.sleep(0.5)
        else:
            return


def machine() -> str:
    """What the figures were measured on, without naming the machine."""
    release = platform.freedesktop_os_release().get("PRETTY_NAME", platform.system())
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 1e9
    version = processes.cost_of([PYTHON, "--version"]).stdout.decode().strip()
    return (
        f"{len(os.sched_getaffinity(0))} cœurs, {memory:.0f} Go de mémoire, {release}, noyau {platform.release()}, "
        f"{version}, charge {number(os.getloadavg()[0])} au départ"
    )


def main() -> int:
    """Measures, prints, writes when asked."""
    parser = argparse.ArgumentParser(description="Mesure Hygie sur cet ordinateur.")
    parser.add_argument("--ecrire", action="store_true", help="écrit docs/bench.md")
    parser.add_argument("--sans-lynis", action="store_true", help="sans la comparaison, qui prend une minute")
    options = parser.parse_args()
    where = machine()
    print(where)
    sections = [starting(), the_checkup(with_lynis=not options.sans_lynis), the_pages(), the_server()]
    for section in sections:
        print(plain(*section))
    if options.ecrire:
        head = (ROOT / "bench" / "intro.md").read_text(encoding="utf-8")
        text = head.format(date=date.today().strftime("%d/%m/%Y"), machine=where)  # noqa: DTZ011 - the day, here
        page = "\n".join([text, *[markdown(*section) for section in sections]])
        (ROOT / "docs" / "bench.md").write_text(page.rstrip() + "\n", encoding="utf-8")
    return 0 if all(row.held for _, rows in sections for row in rows) else 1


if __name__ == "__main__":
    sys.exit(main())
