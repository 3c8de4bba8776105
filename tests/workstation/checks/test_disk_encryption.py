"""Checks on disk encryption: every volume with data, swap, and where the key lies."""

from __future__ import annotations

from typing import Any

import pytest

from hygie.evidence.model import Verdict
from hygie.workstation.facts.model import Reason
from hygie.workstation.probe import FileStatus
from tests.workstation.disks import GUEST, LUKS, LVM, NO_SWAP, computer, mounted
from tests.workstation.machines import finding, machine, regular

OK, TO_FIX, WATCH, UNKNOWN = Verdict.OK, Verdict.TO_FIX, Verdict.WATCH, Verdict.UNKNOWN
VOLUMES, SWAP = "chiffrement-volumes", "chiffrement-memoire-echange"

SDA: dict[str, Any] = {
    "sda": {"dev": "8:0"},
    "sda1": {"dev": "8:1"},
    "sda2": {"dev": "8:2"},
    "dm-0": {"dev": "254:0", "uuid": LUKS, "label": "coffre", "on": ["sda2"]},
}
ROOT = mounted("254:0", "/", "ext4", "/dev/mapper/coffre")
BOOT = mounted("8:1", "/boot", "ext4", "/dev/sda1")
ZFS = "zfs get -H -t filesystem -o name,property,value encryption,keylocation"
ZFS_ROOT = "rpool/ROOT\tencryption\taes-256-gcm\nrpool/ROOT\tkeylocation\tprompt\n"
SWAPPING = "\t\t\t\tpartition\t8388604\t\t0\t\t-2\n"


def test_luks_under_the_system_is_in_order_and_boot_may_stay_in_clear() -> None:
    found = finding(VOLUMES, computer(SDA, [ROOT, BOOT]))
    assert (found.verdict, found.observed) == (OK, "chiffrés\u00a0: /")


def test_one_encrypted_swap_does_not_make_an_encrypted_disk() -> None:
    probe = computer(SDA, [mounted("8:1", "/", "ext4", "/dev/sda1")], swaps=NO_SWAP + "/dev/dm-0" + SWAPPING)
    assert finding(VOLUMES, probe).verdict is TO_FIX
    assert finding(SWAP, probe).verdict is OK


def test_a_logical_volume_in_clear_that_is_not_mounted_is_followed() -> None:
    files = {"ID_FS_USAGE": "filesystem", "ID_FS_TYPE": "ext4"}
    old = {"dev": "254:5", "uuid": LVM, "label": "ancien-home", "udev": files}
    blocks = {**SDA, "sdb": {"dev": "8:16"}, "dm-5": {**old, "on": ["sdb"]}}
    found = finding(VOLUMES, computer(blocks, [ROOT, BOOT]))
    assert (found.verdict, found.observed) == (WATCH, "non chiffré\u00a0: /dev/dm-5")
    assert finding(VOLUMES, computer({**blocks, "dm-5": {**old, "on": ["dm-0"]}}, [ROOT, BOOT])).verdict is OK


def test_documents_lent_to_applications_are_no_disk() -> None:
    lent = mounted("0:50", "/run/user/1000/doc", "fuse", "/dev/fuse")
    assert finding(VOLUMES, computer(SDA, [ROOT, BOOT, lent])).verdict is OK


def test_one_encrypted_usb_key_does_not_make_an_encrypted_disk() -> None:
    key = mounted("254:0", "/media/medecin/cle", "ext4", "/dev/mapper/coffre")
    assert finding(VOLUMES, computer(SDA, [mounted("8:1", "/", "ext4", "/dev/sda1"), key])).verdict is TO_FIX


def test_a_home_in_clear_beside_an_encrypted_system_is_named() -> None:
    blocks = {**SDA, "sdb": {"dev": "8:16"}, "sdb1": {"dev": "8:17"}}
    found = finding(VOLUMES, computer(blocks, [ROOT, BOOT, mounted("8:17", "/home", "ext4", "/dev/sdb1")]))
    assert (found.verdict, found.observed) == (TO_FIX, "non chiffré\u00a0: /home")


@pytest.mark.parametrize(
    ("blocks", "verdict"),
    [
        pytest.param({"dm-1": {"dev": "254:1", "uuid": LVM, "label": "vg-root", "on": ["dm-0"]}}, OK, id="LVM on LUKS"),
        pytest.param(
            {"dm-1": {"dev": "254:1", "uuid": LVM, "label": "vg-root", "on": ["sda1"]}}, TO_FIX, id="LVM alone"
        ),
        pytest.param(
            {"dm-1": {"dev": "254:1", "uuid": LVM, "label": "vg-root", "on": ["dm-0", "sda1"]}},
            TO_FIX,
            id="LVM half on a disk in clear",
        ),
        pytest.param(
            {
                "dm-1": {"dev": "254:1", "uuid": LUKS, "label": "vg-root", "on": ["dm-2"]},
                "dm-2": {"dev": "254:2", "uuid": LVM, "label": "vg-x", "on": ["sda1"]},
            },
            OK,
            id="LUKS on LVM",
        ),
        pytest.param(
            {
                "md0": {"dev": "9:0", "on": ["sda1", "sda2"]},
                "dm-1": {"dev": "254:1", "uuid": LUKS, "label": "vg-root", "on": ["md0"]},
            },
            OK,
            id="LUKS on a mirror",
        ),
        pytest.param(
            {"dm-1": {"dev": "254:1", "uuid": "CRYPT-VERITY-00-vroot", "label": "vroot", "on": ["sda1"]}},
            TO_FIX,
            id="verity hides nothing",
        ),
        pytest.param(
            {"dm-1": {"dev": "254:1", "uuid": "CRYPT-INTEGRITY-iroot", "label": "iroot", "on": ["sda1"]}},
            TO_FIX,
            id="integrity hides nothing",
        ),
        pytest.param(
            {"dm-1": {"dev": "254:1", "uuid": "", "label": "sans-nom", "on": ["sda1"]}},
            UNKNOWN,
            id="a layer that says nothing of itself",
        ),
    ],
)
def test_layers_are_followed_down_to_the_disks(blocks: dict[str, Any], verdict: Verdict) -> None:
    found = finding(VOLUMES, computer({**SDA, **blocks}, [mounted("254:1", "/", "ext4", "/dev/mapper/x")]))
    assert found.verdict is verdict


def test_a_mirror_of_two_encrypted_disks_is_encrypted_and_its_partition_too() -> None:
    blocks: dict[str, Any] = {
        "sda": {"dev": "8:0"},
        "sdb": {"dev": "8:16"},
        "dm-0": {"dev": "254:0", "uuid": LUKS, "on": ["sda"]},
        "dm-1": {"dev": "254:1", "uuid": LUKS, "on": ["sdb"]},
        "md0": {"dev": "9:0", "on": ["dm-0", "dm-1"]},
        "md0p1": {"dev": "259:0"},
    }
    assert finding(VOLUMES, computer(blocks, [mounted("259:0", "/", "ext4", "/dev/md0p1")])).verdict is OK


def test_a_cipher_that_does_nothing_is_seen_with_rights() -> None:
    table = {"dmsetup table": "coffre: 0 1000 crypt cipher_null-ecb - 0 8:2 32768\n"}
    assert "factice" in finding(VOLUMES, computer(SDA, [ROOT], runs=table)).sentence
    real = {"dmsetup table": "coffre: 0 1000 crypt aes-xts-plain64 :64:logon:cryptsetup:x 0 8:2 32768\n"}
    assert finding(VOLUMES, computer(SDA, [ROOT], runs=real)).verdict is OK


def test_a_cipher_that_was_not_read_is_said_to_be_supposed() -> None:
    said = finding(VOLUMES, computer(SDA, [ROOT], runs={"dmsetup table": Reason.RIGHTS}))
    assert said.verdict is OK
    assert "algorithme n’a pas été lu" in said.sentence
    real = {"dmsetup table": "coffre: 0 1000 crypt aes-xts-plain64 :64:logon:cryptsetup:x 0 8:2 32768\n"}
    assert "supposé" not in finding(VOLUMES, computer(SDA, [ROOT], runs=real)).sentence


def test_btrfs_over_two_disks_needs_both_encrypted() -> None:
    mount = mounted("0:30", "/", "btrfs", "/dev/mapper/coffre")
    dirs = {"/sys/fs/btrfs": ("u-1", "features"), "/sys/fs/btrfs/u-1/devices": ("dm-0", "sda1")}
    assert finding(VOLUMES, computer(SDA, [mount], dirs=dirs)).verdict is TO_FIX
    assert finding(VOLUMES, computer(SDA, [mount])).verdict is UNKNOWN
    alone = {"/sys/fs/btrfs": ("u-1",), "/sys/fs/btrfs/u-1/devices": ("dm-0",)}
    assert finding(VOLUMES, computer(SDA, [mount], dirs=alone)).verdict is OK


@pytest.mark.parametrize(
    ("answer", "verdict"),
    [
        (ZFS_ROOT + "rpool/home\tencryption\taes-256-gcm\nrpool/home\tkeylocation\tnone\n", OK),
        (ZFS_ROOT + "rpool/home\tencryption\toff\n", TO_FIX),
        (ZFS_ROOT, UNKNOWN),
        ("rpool/ROOT\tencryption\n", UNKNOWN),
        ("", UNKNOWN),
        (Reason.ABSENT, UNKNOWN),
    ],
)
def test_each_zfs_dataset_mounted_must_be_encrypted(answer: str | Reason, verdict: Verdict) -> None:
    mounts = [mounted("0:40", "/", "zfs", "rpool/ROOT"), mounted("0:41", "/home", "zfs", "rpool/home")]
    runs = {ZFS: answer}
    assert finding(VOLUMES, computer(SDA, mounts, runs=runs)).verdict is verdict


def test_a_zfs_pool_on_encrypted_disks_is_encrypted() -> None:
    pool = "rpool\t10G\t1G\t9G\t-\t-\t1%\t10%\t1.00x\tONLINE\t-\n\t/dev/{}\t10G\t1G\t9G\t-\t-\t1%\t10%\t-\tONLINE\n"
    runs = {ZFS: "rpool\tencryption\toff\n", "zpool list -v -H -P -L": pool.format("dm-0")}
    mounts = [mounted("0:40", "/", "zfs", "rpool")]
    assert finding(VOLUMES, computer(SDA, mounts, runs=runs)).verdict is OK
    runs["zpool list -v -H -P -L"] = pool.format("sda1")
    assert finding(VOLUMES, computer(SDA, mounts, runs=runs)).verdict is TO_FIX


@pytest.mark.parametrize(("key", "verdict"), [("/boot/zfs.key", TO_FIX), ("/etc/zfs.key", OK), ("/run/x", UNKNOWN)])
def test_a_zfs_key_file_must_itself_be_encrypted(key: str, verdict: Verdict) -> None:
    mounts = [ROOT, BOOT, mounted("0:40", "/home", "zfs", "rpool/home"), mounted("0:41", "/run", "tmpfs", "tmpfs")]
    answer = f"rpool/home\tencryption\taes-256-gcm\nrpool/home\tkeylocation\tfile://{key}\n"
    assert finding(VOLUMES, computer(SDA, mounts, runs={ZFS: answer})).verdict is verdict


def test_a_system_that_lives_on_the_network_shows_no_disk_to_judge() -> None:
    assert finding(VOLUMES, computer(SDA, [mounted("0:60", "/", "nfs4", "serveur:/")])).verdict is UNKNOWN


def test_a_data_folder_whose_name_starts_like_boot_is_judged() -> None:
    found = finding(VOLUMES, computer(SDA, [ROOT, mounted("8:1", "/bootdata", "ext4", "/dev/sda1")]))
    assert found.verdict is TO_FIX


def test_a_file_system_over_several_disks_named_together_needs_them_all_encrypted() -> None:
    mount = mounted("0:31", "/", "bcachefs", "/dev/sda1:/dev/dm-0")
    assert finding(VOLUMES, computer(SDA, [mount])).verdict is TO_FIX


def test_encrypted_folders_are_not_an_encrypted_volume() -> None:
    mounts = [
        mounted("8:1", "/", "ext4", "/dev/sda1"),
        mounted("0:50", "/home/medecin", "ecryptfs", "/home/.ecryptfs/medecin/.Private"),
    ]
    found = finding(VOLUMES, computer(SDA, mounts))
    assert found.verdict is TO_FIX
    assert "Certains dossiers" in found.sentence
    fscrypt = computer(SDA, mounts[:1], stats={"/.fscrypt": regular()})
    assert finding(VOLUMES, fscrypt).sentence == found.sentence


def test_snap_images_network_folders_and_memory_are_not_volumes_of_this_disk() -> None:
    others = [
        mounted("7:0", "/snap/core/1", "squashfs", "/dev/loop0", "ro"),
        mounted("0:5", "/tmp", "tmpfs", "tmpfs"),
        mounted("0:60", "/srv/commun", "cifs", "//serveur/commun"),
    ]
    found = finding(VOLUMES, computer({**SDA, "loop0": {"dev": "7:0", "backing": "/x.snap"}}, [ROOT, BOOT, *others]))
    assert found.verdict is OK
    assert "dossiers du réseau" in found.sentence


@pytest.mark.parametrize(("root", "verdict"), [("254:0", OK), ("8:1", TO_FIX)])
def test_a_disk_image_is_worth_the_volume_that_holds_it(root: str, verdict: Verdict) -> None:
    blocks = {**SDA, "loop0": {"dev": "7:0", "backing": "/srv/donnees.img"}}
    mounts = [mounted(root, "/", "ext4", "/dev/x"), mounted("7:0", "/donnees", "ext4", "/dev/loop0")]
    assert finding(VOLUMES, computer(blocks, mounts)).verdict is verdict


def test_a_plain_usb_key_is_followed_and_a_usb_disk_of_the_practice_is_to_fix() -> None:
    blocks = {**SDA, "sdb": {"dev": "8:16"}, "sdb1": {"dev": "8:17", "udev": {"ID_BUS": "usb"}}}
    key = mounted("8:17", "/media/medecin/CLE", "vfat", "/dev/sdb1")
    assert finding(VOLUMES, computer(blocks, [ROOT, key])).verdict is WATCH
    fixed = mounted("8:17", "/srv/donnees", "ext4", "/dev/sdb1")
    assert finding(VOLUMES, computer(blocks, [ROOT, fixed])).verdict is TO_FIX


def test_another_system_in_clear_on_the_same_disk_is_followed() -> None:
    ntfs = {"dev": "8:3", "udev": {"ID_FS_USAGE": "filesystem", "ID_FS_TYPE": "ntfs"}}
    found = finding(VOLUMES, computer({**SDA, "sda3": ntfs}, [ROOT, BOOT]))
    assert (found.verdict, found.observed) == (WATCH, "non chiffré\u00a0: /dev/sda3")
    locked = {"dev": "8:3", "udev": {"ID_FS_USAGE": "crypto", "ID_FS_TYPE": "BitLocker"}}
    assert finding(VOLUMES, computer({**SDA, "sda3": locked}, [ROOT, BOOT])).verdict is OK


def test_a_guest_machine_cannot_see_the_disk_of_its_host() -> None:
    probe = computer({"vda": {"dev": "254:0"}}, [mounted("254:0", "/", "ext4", "/dev/vda")], cpu=GUEST)
    assert finding(VOLUMES, probe).verdict is UNKNOWN


def test_a_container_sees_no_disk() -> None:
    assert finding(VOLUMES, computer({}, [mounted("0:70", "/", "overlay", "overlay")])).verdict is UNKNOWN


@pytest.mark.parametrize(
    ("line", "verdict"),
    [
        ("coffre UUID=1 none luks", OK),
        ("coffre UUID=1 none luks,tpm2-device=auto", OK),
        ("echange /dev/sda3 /dev/urandom swap", OK),
        ("donnees UUID=2 /etc/keys/donnees.key luks", OK),
        ("coffre UUID=1 /boot/coffre.key luks", TO_FIX),
        ("coffre UUID=1 /dev/sdb1:/coffre.key luks", UNKNOWN),
        ("coffre UUID=1 none luks,keyscript=/bin/ouvre", UNKNOWN),
    ],
)
def test_a_key_in_clear_beside_the_lock_is_no_lock(line: str, verdict: Verdict) -> None:
    probe = computer(SDA, [ROOT, BOOT], files={"/etc/crypttab": f"# nom\n{line}\n"})
    assert finding(VOLUMES, probe).verdict is verdict


@pytest.mark.parametrize(("status", "verdict"), [(regular(), OK), (Reason.RIGHTS, UNKNOWN), (Reason.ABSENT, OK)])
def test_a_key_left_where_the_system_looks_by_itself_is_seen(status: FileStatus | Reason, verdict: Verdict) -> None:
    table = {"/etc/crypttab": "coffre UUID=1 none luks\n"}
    stats = {"/etc/cryptsetup-keys.d/coffre.key": status}
    assert finding(VOLUMES, computer(SDA, [ROOT, BOOT], files=table, stats=stats)).verdict is verdict
    etc = mounted("8:1", "/etc", "ext4", "/dev/sda1")
    exposed = finding(VOLUMES, computer(SDA, [ROOT, etc], files=table, stats={next(iter(stats)): regular()}))
    assert exposed.verdict is TO_FIX


def test_a_key_copied_into_the_start_up_image_in_clear_is_to_fix() -> None:
    hook = {"/etc/cryptsetup-initramfs/conf-hook": "#KEYFILE_PATTERN=\nKEYFILE_PATTERN=/etc/keys/*.key\n"}
    assert finding(VOLUMES, computer(SDA, [ROOT, BOOT], files=hook)).verdict is TO_FIX
    assert finding(VOLUMES, computer(SDA, [ROOT], files=hook)).verdict is OK  # /boot is on the encrypted volume


def test_a_key_named_to_the_kernel_cannot_be_followed() -> None:
    probe = computer(SDA, [ROOT, BOOT], files={"/proc/cmdline": "quiet rd.luks.key=/cle:UUID=3"})
    assert finding(VOLUMES, probe).verdict is UNKNOWN


def test_a_crypttab_that_may_not_be_read_is_said() -> None:
    found = finding(VOLUMES, computer(SDA, [ROOT, BOOT], files={"/etc/crypttab": Reason.RIGHTS}))
    assert found.verdict is UNKNOWN
    assert "administrateur" in found.sentence


@pytest.mark.parametrize(
    "files",
    [
        {"/proc/self/mountinfo": Reason.ABSENT},
        {"/proc/self/mountinfo": ""},
        {"/proc/self/mountinfo": "n’importe quoi"},
        {"/proc/self/mountinfo": ROOT[:20]},
        {"/proc/cmdline": Reason.RIGHTS},
    ],
)
def test_what_is_missing_or_cut_is_never_encrypted(files: dict[str, str | Reason]) -> None:
    assert finding(VOLUMES, computer(SDA, [ROOT], files=files)).verdict is UNKNOWN


def test_without_the_list_of_devices_nothing_is_concluded() -> None:
    assert finding(VOLUMES, computer(SDA, [ROOT], dirs={"/sys/class/block": Reason.RIGHTS})).verdict is UNKNOWN
    assert finding(VOLUMES, machine()).verdict is UNKNOWN
    assert finding(SWAP, machine()).verdict is UNKNOWN


@pytest.mark.parametrize(
    ("line", "verdict"),
    [
        ("", OK),
        ("/dev/dm-0" + SWAPPING, OK),
        ("/dev/sda1" + SWAPPING, TO_FIX),
        ("/dev/zram0" + SWAPPING, OK),
        ("/swap.img" + SWAPPING.replace("partition", "file"), OK),
        ("/boot/mon\\040fichier" + SWAPPING.replace("partition", "file"), TO_FIX),
        ("/dev/zd0" + SWAPPING, UNKNOWN),
    ],
)
def test_swap_follows_the_disk_it_lies_on(line: str, verdict: Verdict) -> None:
    blocks = {**SDA, "zram0": {"dev": "252:0"}, "zd0": {"dev": "230:0"}}
    assert finding(SWAP, computer(blocks, [ROOT, BOOT], swaps=NO_SWAP + line)).verdict is verdict


def test_compressed_memory_that_overflows_to_a_disk_in_clear_is_to_fix() -> None:
    files = {"/sys/block/zram0/backing_dev": "/dev/sda1\n"}
    blocks = {**SDA, "zram0": {"dev": "252:0"}}
    probe = computer(blocks, [ROOT], swaps=NO_SWAP + "/dev/zram0" + SWAPPING, files=files)
    assert finding(SWAP, probe).verdict is TO_FIX


@pytest.mark.parametrize("swaps", ["", "Filename\n/dev/sda1", "n’importe quoi"])
def test_an_unreadable_list_of_swaps_is_not_an_absence_of_swap(swaps: str) -> None:
    assert finding(SWAP, computer(SDA, [ROOT], swaps=swaps)).verdict is UNKNOWN
