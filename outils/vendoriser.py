"""Keep the files that others made (fonts, icons, axe-core) exactly what vendored.toml says they are.

``vendoriser.py verifier`` compares every file with vendored.sha256, offline, and refuses a stranger in a
vendored folder. ``vendoriser.py refaire`` fetches the packages again with npm and writes both.
"""

from __future__ import annotations

import argparse
import io
import subprocess
import sys
import tarfile
import tempfile
import tomllib
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
LIST = Path("outils/vendored.toml")
SUMS = Path("outils/vendored.sha256")


@dataclass(frozen=True, slots=True)
class Package:
    """One npm package, the folder it goes to, and its files: our name -> its name in the package."""

    name: str
    version: str
    licence: str
    folder: Path
    files: dict[str, str]


def read_packages(root: Path) -> list[Package]:
    """The packages that vendored.toml asks for; raises KeyError or TOMLDecodeError on a bad file."""
    data = tomllib.loads((root / LIST).read_text("utf-8"))
    return [
        Package(item["name"], item["version"], item["licence"], Path(item["folder"]), item["files"])
        for item in data["package"]
    ]


def problems(root: Path) -> list[str]:
    """What differs between the list, the recorded sums and the files of ``root``; empty when all is well."""
    wanted = {(package.folder / name).as_posix() for package in read_packages(root) for name in package.files}
    lines = (root / SUMS).read_text("utf-8").splitlines()
    recorded = {path: digest for digest, _, path in (line.partition("  ") for line in lines)}
    found = [f"{path}: not recorded in {SUMS}" for path in sorted(wanted - recorded.keys())]
    found += [f"{path}: recorded, but not listed in {LIST}" for path in sorted(recorded.keys() - wanted)]
    for path, digest in sorted(recorded.items()):
        file = root / path
        if not file.is_file():
            found.append(f"{path}: missing")
        elif sha256(file.read_bytes()).hexdigest() != digest:
            found.append(f"{path}: changed since it was fetched")
    folders = {package.folder for package in read_packages(root)}
    present = {file.relative_to(root).as_posix() for folder in folders for file in (root / folder).rglob("*")}
    return found + [f"{path}: unknown file in a vendored folder" for path in sorted(present - wanted)]


def fetch(package: Package) -> dict[str, bytes]:
    """The wanted files of a package, by our path, from the npm registry of this machine."""
    with tempfile.TemporaryDirectory() as folder:
        wanted = f"{package.name}@{package.version}"
        subprocess.run(["npm", "pack", "--silent", "--pack-destination", folder, wanted], check=True, cwd=folder)
        (archive,) = Path(folder).glob("*.tgz")
        with tarfile.open(archive) as tar:
            return {
                (package.folder / ours).as_posix(): _converted(ours, _member(tar, theirs))
                for ours, theirs in package.files.items()
            }


def _member(tar: tarfile.TarFile, name: str) -> bytes:
    file = tar.extractfile(f"package/{name}")
    if file is None:
        raise FileNotFoundError(name)
    return file.read()


def _converted(name: str, content: bytes) -> bytes:
    if not name.endswith(".ttf"):
        return content
    from fontTools.ttLib import TTFont

    font = TTFont(io.BytesIO(content), recalcTimestamp=False)  # the same bytes at every run
    font.flavor = None
    unpacked = io.BytesIO()
    font.save(unpacked)
    return unpacked.getvalue()


def renew(root: Path) -> None:
    """Fetch every package again, and write the files and their sums."""
    files = {path: content for package in read_packages(root) for path, content in fetch(package).items()}
    for path, content in files.items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_bytes(content)
    sums = "".join(f"{sha256(content).hexdigest()}  {path}\n" for path, content in sorted(files.items()))
    (root / SUMS).write_text(sums, "utf-8")


def main(argv: list[str]) -> int:
    """Command line; 0 when the vendored files are what they should be."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("verbe", choices=["verifier", "refaire"])
    if parser.parse_args(argv).verbe == "refaire":
        renew(ROOT)
    found = problems(ROOT)
    print("\n".join(found) or "Fichiers tiers : conformes.")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
