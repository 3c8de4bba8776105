"""A network of the test's own, where packets could leave, and the number of those that did.

The namespace has one link with an address, a default route and a name server at the other end of it, all in
192.0.2.0/24 (RFC 5737): whatever is sent anywhere, even a question to a name server, moves the link's counter.
"""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import pytest

WITHOUT = "HYGIE_SANS_RESEAU_ISOLE"
LINK = "sortie0"
# A dummy link swallows what it is given; where the kernel has none, one end of a pair of linked cards does as well.
SETUP = f"""
set -e
ip link add {LINK} type dummy 2>/dev/null || ip link add {LINK} type veth peer name dehors0
for one in {LINK} dehors0; do
  quiet=/proc/sys/net/ipv6/conf/$one/disable_ipv6
  if [ -e "$quiet" ]; then echo 1 > "$quiet"; fi
done
ip addr add 192.0.2.2/24 dev {LINK}
ip link set lo up
ip link set dehors0 up 2>/dev/null || true
ip link set {LINK} up
ip neigh add 192.0.2.1 lladdr 02:00:00:00:00:01 dev {LINK}
ip neigh add 192.0.2.53 lladdr 02:00:00:00:00:53 dev {LINK}
ip route add default via 192.0.2.1
mount --bind "$1" "$(readlink -f /etc/resolv.conf)"
counter=/sys/class/net/{LINK}/statistics/tx_packets
mount -t sysfs sysfs /sys 2>/dev/null || true
before=$(cat $counter)
shift 2
status=0
"$@" || status=$?
sleep 0.2
echo "$(( $(cat $counter) - before )) $status" > "$RESULT"
"""


@dataclass(frozen=True)
class Outcome:
    """What the command printed, its exit status, and how many packets left."""

    stdout: str
    stderr: str
    status: int
    packets: int


def run_isolated(command: Sequence[str | Path], folder: Path, environ: dict[str, str] | None = None) -> Outcome:
    """Runs a command in a network of its own; the test fails, and says why, where none can be made."""
    if os.environ.get(WITHOUT) == "1":
        pytest.skip(f"{WITHOUT}=1")
    resolver, result = folder / "resolv.conf", folder / "paquets"
    resolver.write_text("nameserver 192.0.2.53\noptions timeout:1 attempts:1\n", encoding="ascii")
    result.unlink(missing_ok=True)
    said = subprocess.run(
        [*_namespace(), "bash", "-c", SETUP, "bash", resolver, "--", *command],
        env={**(environ if environ is not None else os.environ), "RESULT": str(result)},
        capture_output=True,
        text=True,
        check=False,
    )
    if not result.exists():
        pytest.fail(
            f"The isolated network could not be made: {said.stderr.strip()}\n"
            f"It needs iproute2, util-linux, and either root or user namespaces. {WITHOUT}=1 skips this proof.",
            pytrace=False,
        )
    packets, status = map(int, result.read_text().split())
    return Outcome(said.stdout, said.stderr, status, packets)


def _namespace() -> list[str]:
    unshare = shutil.which("unshare") or "unshare"
    return [unshare, "--net", "--mount"] if os.geteuid() == 0 else [unshare, "--map-root-user", "--net", "--mount"]
