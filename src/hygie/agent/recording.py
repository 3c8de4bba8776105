"""``hygie verifier --enregistrer``: an anonymised recording, judged again before it is called faithful."""

from __future__ import annotations

from pathlib import Path
from typing import TextIO

from hygie.workstation.checks.loader import checks
from hygie.workstation.checkup import CheckUp, run_checkup
from hygie.workstation.probe import Identity, Probe
from hygie.workstation.probes.anonymise import anonymise, is_role
from hygie.workstation.probes.files import MACHINE, load_recording
from hygie.workstation.probes.recorder import RecordingProbe
from hygie.workstation.probes.replay import ReplayProbe
from hygie.workstation.probes.writing import write_recording
from hygie.workstation.systems import collectors_for

DONE, UNFAITHFUL = 0, 2  # 1 would mean that something is to be fixed


def record(probe: Probe, folder: Path, stream: TextIO) -> int:
    """Checks the machine, writes its recording to ``folder`` and says what to look at before sending it."""
    recorder = RecordingProbe(probe)
    original = _check(recorder)
    write_recording(anonymise(recorder.recording), folder)
    replayed = _check(ReplayProbe(load_recording(folder)))
    print(f"Enregistrement écrit dans {folder}", file=stream)
    print("Noms, adresses, numéros de série et secrets ont été remplacés ou retirés.", file=stream)
    left = traces(folder, probe.identity)
    if left:
        print(f"Attention : {', '.join(left)} s’y trouve encore. Ne l’envoyez pas sans le corriger.", file=stream)
    print(f"Relisez {folder / MACHINE} avant de l’envoyer : c’est un simple texte.", file=stream)
    changed = changed_verdicts(original, replayed)
    if not changed:
        print(f"Rejoué, il donne les mêmes {len(original.findings)} verdicts que ce poste.", file=stream)
        return UNFAITHFUL if left else DONE
    print(f"Rejoué, il donne un autre verdict pour : {', '.join(changed)}. Signalez-le.", file=stream)
    return UNFAITHFUL


def changed_verdicts(original: CheckUp, replayed: CheckUp) -> list[str]:
    """Checks whose verdict the recording does not give back."""
    after = {finding.check: finding.verdict for finding in replayed.findings}
    return [finding.check for finding in original.findings if after.get(finding.check) is not finding.verdict]


def traces(folder: Path, identity: Identity) -> list[str]:
    """Which names of this machine are still to be found in the files written."""
    written = b"".join(path.read_bytes() for path in folder.rglob("*") if path.is_file())
    names = {"le nom du poste": identity.host_name, "votre nom de session": identity.user}
    if identity.uid == 0 or is_role(identity.user):
        del names["votre nom de session"]
    return [what for what, name in names.items() if len(name) > 3 and name.encode() in written]


def _check(probe: Probe) -> CheckUp:
    return run_checkup(probe, collectors_for(probe.identity.system), list(checks().values()))
