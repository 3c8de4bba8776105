"""Run by test_no_network inside its own network: opens Hygie's pages as a person would, then stops the server.

Usage: ``python tests/visitor.py``. Prints, as JSON, the status of each page visited.
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
import time
import urllib.error
import urllib.request

START = (
    "import sys; from hygie.agent.cli import main; sys.exit(main(['demarrer', '--sans-navigateur', '--port', '8160']))"
)
PAPER = "/bilan.pdf"
MOST_PAGES = 90


def fetch(url: str) -> tuple[int, str, str]:
    """Status, kind of content and text of a page."""
    try:
        with urllib.request.urlopen(url, timeout=10) as answer:
            return answer.status, answer.headers["Content-Type"] or "", answer.read().decode("utf-8", "replace")
    except urllib.error.HTTPError as error:
        return error.code, "", ""


def visit(home: str) -> dict[str, int]:
    """Follows every link from the first page."""
    waiting, seen = ["/", PAPER], dict[str, int]()
    while waiting and len(seen) < MOST_PAGES:
        path = waiting.pop(0)
        if path in seen:
            continue
        seen[path], kind, text = fetch(home + path)
        if kind.startswith(("text/html", "text/css")):
            links = re.findall(r'(?:href|src)="(/[^"#?]*)', text) + re.findall(r'url\("?(/[^")]+)', text)
            waiting += [link for link in links if not link.startswith("//")]
    return seen


def wait_for_the_checkup(home: str) -> None:
    """The report can be made once the first check-up is stored."""
    deadline = time.monotonic() + 30
    while fetch(home + PAPER)[0] != 200 and time.monotonic() < deadline:
        time.sleep(0.3)


def main() -> int:
    """Starts the server, visits, stops it; the exit status is the server's."""
    with subprocess.Popen([sys.executable, "-c", START], stdout=subprocess.PIPE, text=True) as server:
        home = ""
        assert server.stdout is not None
        for line in server.stdout:
            found = re.search(r"http://127\.0\.0\.1:\d+", line)
            if found:
                home = found[0]
                break
        try:
            wait_for_the_checkup(home)
            print(json.dumps(visit(home)))
        finally:
            server.terminate()
            server.communicate()  # to its last word: a reader who leaves early changes its exit status
    return server.returncode


if __name__ == "__main__":
    sys.exit(main())
