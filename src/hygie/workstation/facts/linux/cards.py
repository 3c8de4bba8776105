"""Smart cards on Linux: USB readers, the pcscd service, and the cryptographic library of the CPS."""

from __future__ import annotations

from hygie.workstation.facts.cards import CARD_READERS, CARD_SERVICE, CPS_LIBRARY
from hygie.workstation.facts.linux.need import fact_of, need
from hygie.workstation.facts.linux.units import ABSENT, ACTIVE, unit_states
from hygie.workstation.facts.model import Collected, Collector, Fact, Known, Reason, Unknown
from hygie.workstation.probe import Probe

USB = "/sys/bus/usb/devices"
SMART_CARD_CLASS = "0b"  # USB device class "Smart Card" (USB-IF, defined class codes)
# Makers of sign-in keys, which answer as card readers and hold no health card: Yubico, Nitrokey (USB-IF vendors).
SIGN_IN_KEYS = (b"1050", b"20a0")
SOCKET, SERVICE = "pcscd.socket", "pcscd.service"  # the socket starts the service when a program asks for a card
PCSCD = "/usr/sbin/pcscd"
# libcps3_pkcs11_lux.so is the name given by the Agence du numérique en santé to its library for Linux.
LIBRARY = "libcps3_pkcs11_lux.so"
LIBRARY_FOLDERS = (
    "/usr/lib",
    "/usr/lib64",
    "/usr/lib/x86_64-linux-gnu",
    "/usr/local/lib",
    "/usr/local/lib64",
    "/usr/local/galss",
    "/opt/santesocial/cps/lib",
)


def collect_readers(probe: Probe) -> Collected:
    """How many USB readers are plugged in now."""
    return {CARD_READERS: fact_of(lambda: _readers(probe))}


def _readers(probe: Probe) -> Fact[int]:
    interfaces = [name for name in need(probe.list_dir(USB)) if ":" in name]
    return Known(sum(_is_reader(probe, name) for name in interfaces), USB)


def _is_reader(probe: Probe, interface: str) -> bool:
    kind = probe.read_file(f"{USB}/{interface}/bInterfaceClass")
    if isinstance(kind, Unknown) and kind.reason is Reason.ABSENT:
        return False  # an interface can vanish while it is read: it is then simply not there any more
    if need(kind).strip().lower() != SMART_CARD_CLASS.encode():
        return False
    maker = probe.read_file(f"{USB}/{interface.partition(':')[0]}/idVendor")
    return isinstance(maker, Unknown) or maker.strip().lower() not in SIGN_IN_KEYS


def collect_service(probe: Probe) -> Collected:
    """State of pcscd; where its program is not installed, the answer is known without asking."""
    program = probe.stat(PCSCD)
    if isinstance(program, Unknown) and program.reason is Reason.ABSENT:
        return {CARD_SERVICE: Known(ABSENT, PCSCD)}
    states = unit_states(probe, [SOCKET, SERVICE])
    if isinstance(states, Unknown):
        return {CARD_SERVICE: states}
    return {CARD_SERVICE: Known(ACTIVE if ACTIVE in states.values() else states[SERVICE], "systemctl show")}


def collect_library(probe: Probe) -> Collected:
    """Whether the library of the CPS stands in one of the folders where it is installed."""

    def read() -> Fact[bool]:
        statuses = [probe.stat(f"{folder}/{LIBRARY}") for folder in LIBRARY_FOLDERS]
        if any(not isinstance(status, Unknown) for status in statuses):
            return Known(value=True, source=LIBRARY)
        for status in statuses:
            if isinstance(status, Unknown) and status.reason is not Reason.ABSENT:
                return status
        return Known(value=False, source=LIBRARY)

    return {CPS_LIBRARY: fact_of(read)}


COLLECTORS = (
    Collector("card_readers", (CARD_READERS,), collect_readers),
    Collector("card_service", (CARD_SERVICE,), collect_service),
    Collector("cps_library", (CPS_LIBRARY,), collect_library),
)
