"""Tools that let somebody use this computer from elsewhere: by process name (15 characters at most) and package."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Way(StrEnum):
    """How a tool lets people in."""

    DOOR = "door"  # opens a port of this computer
    RELAY = "relay"  # goes through its maker's servers, with an identifier and a password
    TUNNEL = "tunnel"  # shows this computer on the Internet
    VPN = "vpn"  # joins this computer to a private network


@dataclass(frozen=True, slots=True)
class Tool:
    """One tool. ``processes`` and ``packages`` are exact names."""

    name: str
    way: Way
    processes: frozenset[str]
    packages: frozenset[str]


def _tool(name: str, way: Way, processes: str, packages: str) -> Tool:
    return Tool(name, way, frozenset(processes.split()), frozenset(packages.split()))


TOOLS = (
    _tool("TeamViewer", Way.RELAY, "teamviewerd TeamViewer", "teamviewer teamviewer-host"),
    _tool("AnyDesk", Way.RELAY, "anydesk", "anydesk com.anydesk.Anydesk"),
    _tool("RustDesk", Way.RELAY, "rustdesk", "rustdesk com.rustdesk.RustDesk"),
    _tool("Splashtop", Way.RELAY, "SRStreamer splashtop-strea", "splashtop-streamer"),
    _tool("NoMachine", Way.RELAY, "nxserver.bin nxnode.bin nxd", "nomachine"),
    _tool("Chrome Remote Desktop", Way.RELAY, "chrome-remote-d", "chrome-remote-desktop"),
    _tool("DWService", Way.RELAY, "dwagent dwagsvc dwagsystray", "dwagent"),
    _tool("MeshCentral", Way.RELAY, "meshagent", "meshagent"),
    _tool("ISL Light", Way.RELAY, "isllight", "isllight"),
    _tool("xrdp", Way.DOOR, "xrdp xrdp-sesman", "xrdp"),
    _tool("x11vnc", Way.DOOR, "x11vnc", "x11vnc"),
    _tool("VNC", Way.DOOR, "Xvnc Xtigervnc x0vncserver x0tigervncserve vncserver-x11 Xvnc-session", ""),
    _tool("le partage d’écran de GNOME", Way.DOOR, "gnome-remote-de vino-server", "vino"),
    _tool("le partage d’écran de KDE", Way.DOOR, "krfb krdpserver", "krfb"),
    _tool("ngrok", Way.TUNNEL, "ngrok", "ngrok"),
    _tool("Cloudflare Tunnel", Way.TUNNEL, "cloudflared", "cloudflared"),
    _tool("Tailscale", Way.VPN, "tailscaled", "tailscale"),
    _tool("ZeroTier", Way.VPN, "zerotier-one", "zerotier-one"),
)


def tools_in(processes: frozenset[str], packages: frozenset[str]) -> tuple[list[Tool], list[Tool]]:
    """Tools that run now, then those that are only installed."""
    running = [tool for tool in TOOLS if tool.processes & processes]
    return running, [tool for tool in TOOLS if tool.packages & packages and tool not in running]
