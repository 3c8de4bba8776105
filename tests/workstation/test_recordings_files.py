"""Recordings on disk: every kind of answer comes back as it was, byte for byte; a bad file is refused in French."""

from __future__ import annotations

import tempfile
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from hygie.catalogue.fields import CatalogueError
from hygie.workstation.facts.model import Reason, Unknown
from hygie.workstation.probe import CommandOutput, FileStatus, Identity
from hygie.workstation.probes.files import MACHINE, load_recording
from hygie.workstation.probes.recording import Recording
from hygie.workstation.probes.replay import ReplayProbe
from hygie.workstation.probes.writing import write_recording
from tests.workstation.machines import NOW, machine

BAD = Path(__file__).parent / "bad" / "recordings"
IDENTITY = Identity("linux", "accueil", 1000, "/home/accueil", elevated=True, computer="0" * 16, host_name="poste")

# What a file system or a command line may hold: anything but NUL; lone surrogates have a test of their own.
words = st.text(st.characters(exclude_characters="\0", codec="utf-8"), min_size=1, max_size=20)
answers = st.one_of(st.binary(max_size=300), st.text(max_size=100).map(lambda text: text.encode("utf-8", "replace")))
unknowns = st.builds(Unknown, st.sampled_from(Reason), words, st.text(st.characters(codec="utf-8"), max_size=30))
moments = st.timedeltas(timedelta(0), timedelta(days=80_000)).map(lambda age: datetime(1970, 1, 1, tzinfo=UTC) + age)
outputs = st.builds(CommandOutput, st.integers(-255, 255), answers, answers)
statuses = st.builds(
    FileStatus,
    st.sampled_from(["file", "dir", "other"]),
    st.integers(0, 2**62),
    st.integers(0, 0o7777),
    st.integers(0, 2**32 - 1),
    moments,
)
plain = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**60), 2**60) | words | st.binary(max_size=20),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(words.filter(lambda w: w != "hex"), inner, max_size=3),
    max_leaves=5,
)
recordings = st.builds(
    Recording,
    identity=st.just(IDENTITY),
    at=moments,
    title=st.just("Un poste"),
    runs=st.dictionaries(st.lists(words, min_size=1, max_size=4).map(tuple), outputs | unknowns, max_size=3),
    files=st.dictionaries(words, answers | unknowns, max_size=3),
    dirs=st.dictionaries(words, st.lists(words, max_size=4).map(tuple) | unknowns, max_size=3),
    stats=st.dictionaries(words, statuses | unknowns, max_size=3),
    registry=st.dictionaries(st.tuples(words, words), words | st.binary(max_size=9) | unknowns, max_size=2),
    wmi=st.dictionaries(
        st.tuples(words, words), st.lists(st.dictionaries(words, st.integers()), max_size=2).map(tuple), max_size=2
    ),
    apis=st.dictionaries(st.tuples(words, st.integers() | words), plain, max_size=2),
)


def written_and_read(recording: Recording) -> Recording:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name) / "enregistrement"
        write_recording(recording, folder)
        return load_recording(folder)


def with_file(content: bytes) -> Recording:
    return Recording(IDENTITY, NOW, files={"/un": content})


@settings(max_examples=150, deadline=None)
@given(recordings)
def test_every_recording_comes_back_as_it_was(recording: Recording) -> None:
    assert written_and_read(recording) == recording


@settings(max_examples=200, deadline=None)
@given(answers)
@example(b"")
@example(b"\n")
@example(b"une ligne sans fin")
@example(b"deux\r\nlignes\r\n")
@example(b"\r")
@example(b'guillemets """ et ""\n"')
@example(b'\nfin"')
@example(b'\nfin""')
@example(b'\nfin"""')
@example(b'\nfin""""')
@example(b'\nfin"""""\\')
@example(b"\\")
@example(b"barre \\n \\u0041 \\\nfin\\")
@example(b"\x00\x01\x1b[31m\x7f\x80")
@example("Société générale : « déjà »\n".encode("cp850"))
@example("Pare-feu : activé\r\n".encode("utf-16"))
@example("\ufeffavec marque\n".encode())
@example("\u2028\u0085\u00a0 ligne ; non ? oui !\n".encode())
@example(b"'''\n'''")
def test_every_content_comes_back_byte_for_byte(content: bytes) -> None:
    assert written_and_read(with_file(content)).files["/un"] == content


@pytest.mark.parametrize("text", ["clé = « valeur » !\n", "a : b ; c ? d %\n", "  bords  ", " ", "« x »"])
def test_french_typography_never_touches_what_a_machine_said(text: str) -> None:
    recording = Recording(
        IDENTITY,
        NOW,
        runs={("echo", text, text): CommandOutput(0, text.encode(), b"")},
        files={text: text.encode()},
        dirs={text: (text,)},
        apis={("appel", text): text},
    )
    assert written_and_read(recording) == recording


def test_text_stays_readable_and_raw_bytes_stay_beside(tmp_path: Path) -> None:
    recording = Recording(IDENTITY, NOW, files={"/a": "un\ndéjà\n".encode(), "/b": b"\xff\xfe"})
    write_recording(recording, tmp_path)
    written = (tmp_path / MACHINE).read_text(encoding="utf-8")
    assert 'text = """\nun\ndéjà\n"""' in written
    assert 'text_file = "octets/001.bin"' in written
    assert (tmp_path / "octets" / "001.bin").read_bytes() == b"\xff\xfe"


def test_a_file_name_that_is_not_utf8_is_still_answered_when_replayed() -> None:
    name = b"caf\xe9".decode("utf-8", "surrogateescape")
    recording = Recording(IDENTITY, NOW, dirs={"/d": (name,)}, files={f"/d/{name}": b"ici"})
    replay = ReplayProbe(written_and_read(recording))
    listed = replay.list_dir("/d")
    assert listed == ("caf\ufffd",)
    assert replay.read_file("/d/caf\ufffd") == b"ici"


def test_a_recording_laid_over_a_base_changes_only_what_it_answers(tmp_path: Path) -> None:
    base = machine(files={"/a": "base", "/b": "base"}, dirs={"/d": ["x"]}, runs={"id": "base"})._recording
    write_recording(base, tmp_path / "base")
    (tmp_path / "piège").mkdir()
    (tmp_path / "piège" / MACHINE).write_text(
        'format = 1\nbase = "../base"\n[[file]]\npath = "/b"\nunknown = "rights"\n', encoding="utf-8"
    )
    trap = load_recording(tmp_path / "piège")
    assert trap.files == {"/a": b"base", "/b": Unknown(Reason.RIGHTS, "/b")}
    assert (trap.identity, trap.at, trap.dirs, trap.runs) == (base.identity, base.at, base.dirs, base.runs)


def test_a_base_may_lie_over_another_base(tmp_path: Path) -> None:
    write_recording(with_file(b"un"), tmp_path / "0")
    for number in range(1, 5):
        folder = tmp_path / str(number)
        folder.mkdir()
        (folder / MACHINE).write_text(f'format = 1\nbase = "../{number - 1}"\n', encoding="utf-8")
    assert load_recording(tmp_path / "4").files == {"/un": b"un"}


def test_an_answer_that_was_never_recorded_is_absent() -> None:
    replay = ReplayProbe(Recording(IDENTITY, NOW))
    readings = [
        replay.run(["rien"]),
        replay.read_file("/rien"),
        replay.list_dir("/rien"),
        replay.stat("/rien"),
        replay.registry("HKLM", "rien"),
        replay.wmi("root", "rien"),
        replay.api("rien"),
    ]
    assert [reading.reason for reading in readings if isinstance(reading, Unknown)] == [Reason.ABSENT] * 7


# folder → (what the message says is wrong, how it says to mend it)
REFUSED = {
    "base-absente": ("lecture impossible", "vérifiez que le fichier existe"),
    "base-en-rond": ("« base » tournent en rond", "ôtez une ligne base"),
    "champ-inconnu": ("[[run]] nº 1 : champ inconnu : stdot", "stdout"),
    "commande-de-nombres": ("« command » ne contient pas que des textes", "entre guillemets"),
    "commande-vide": ("« command » est vide", "lsblk"),
    "date-de-fichier-sans-fuseau": ("« modified_at » n’a pas de fuseau", "ajoutez Z"),
    "date-sans-fuseau": ("« at » n’a pas de fuseau", "ajoutez Z"),
    "deux-reponses": ("« /etc/hostname » a déjà une réponse", "une seule réponse"),
    "format-inconnu": ("format d’enregistrement est inconnu", "format 1"),
    "genre-de-fichier-inconnu": ("« dossier », inconnu", "file, dir, other"),
    "inconnu-et-pourtant-lu": ("champ inconnu : text", "champs permis"),
    "octets-absents": ("octets/001.bin est illisible", "corrigez text_file"),
    "octets-ailleurs": ("sort de l’enregistrement", "dans son dossier octets/"),
    "pas-du-toml": ("pas du TOML valable", "corrigez la ligne"),
    "port-inconnu": ("« usb », inconnu", "registry, wmi, api"),
    "raison-inconnue": ("« fatigue », inconnu", "rights"),
    "reponse-pas-du-json": ("« answer » n’est pas du JSON", "corrigez la valeur"),
    "sans-identite": ("« identity » manque", "ajoutez identity"),
}


@pytest.mark.parametrize("name", sorted(REFUSED))
def test_a_bad_recording_is_refused_with_the_way_to_mend_it(name: str) -> None:
    problem, mend = REFUSED[name]
    with pytest.raises(CatalogueError) as caught:
        load_recording(BAD / name)
    said = str(caught.value).replace("\u00a0", " ")
    assert (problem in said, mend in said, MACHINE in said) == (True, True, True), said


def test_every_bad_recording_is_expected_by_a_test() -> None:
    assert {path.name for path in BAD.iterdir()} == set(REFUSED)


def test_a_folder_without_recording_is_refused(tmp_path: Path) -> None:
    with pytest.raises(CatalogueError, match="lecture impossible"):
        load_recording(tmp_path)
