import json
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from lockcore import symbol
from simulator.bench import lock_file
from tests.cli_run import DOOR, Run


def tree(folder: Path) -> dict[str, bytes]:
    """Every file below a folder but for lock files, with its content."""
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and path.suffix != ".lock" and path.name != ".lock"
    }


@pytest.mark.parametrize("seal", ["ed25519", "cmac"])
@pytest.mark.parametrize("form", ["png", "svg", "pbm"])
def test_a_card_is_issued_in_every_form(bench: Run, tmp_path: Path, seal: str, form: str) -> None:
    """The symbol is written, and says what was ordered after two readers read it."""
    issued = bench("card", "issue", *DOOR, "--seal", seal, "--out", f"card.{form}", "--json").json
    assert issued["room"] == "401G"
    assert len(issued["read back by"].split(", ")) == 2
    assert (tmp_path / f"card.{form}").stat().st_mode & 0o777 == 0o600
    if form != "svg":
        assert bench("card", "decode", f"card.{form}", "--json").json["seal"] == seal
    assert bench("card", "decode", issued["text"], "--json").json["serial"] == 1


def test_a_card_opens_its_door_as_often_as_it_may(bench: Run) -> None:
    """Two uses open, the third is refused with status 3, and the log says so."""
    bench("card", "issue", *DOOR, "--times", 2, "--out", "card.png")
    assert [bench("lock", "present", "door", "card.png").status for _ in range(3)] == [0, 0, 3]
    log = bench("lock", "log", "door", "--json").json
    assert [row["what"] for row in log["log"]] == ["OPENED", "OPENED"]
    assert [row["reason"] for row in log["refusals"]] == ["COUNT_EXHAUSTED"]
    remembered = bench("lock", "show", "door", "--json").json["remembered"]
    assert [(row["subject"], row["used"]) for row in remembered] == [(1, 2)]


def test_the_stages_are_timed(bench: Run) -> None:
    """Each presentation tells how long reading, verifying, deciding and storing took."""
    bench("card", "issue", *DOOR, "--out", "card.png")
    (row,) = bench("lock", "present", "door", "card.png", "--json").json
    assert list(row["stages_ms"]) == ["read", "verify", "decide", "store"]
    assert all(ms > 0 for ms in row["stages_ms"].values())


@pytest.mark.parametrize("reader", ["zxing-cpp", "opencv"])
def test_a_lock_looks_through_any_reader(bench: Run, reader: str) -> None:
    """The reader is a choice and the decision is the same."""
    bench("card", "issue", *DOOR, "--out", "card.png", "--scale-px", 5)
    assert bench("lock", "present", "door", "card.png", "--reader", reader).status == 0


def test_a_folder_is_a_row_of_presentations(bench: Run, tmp_path: Path) -> None:
    """Each image is shown by itself, so a card of one use opens once for two pictures of it."""
    (tmp_path / "shots").mkdir()
    for name in ("a.png", "b.png"):
        bench("card", "issue", *DOOR, "--times", 1, "--out", f"shots/{name}")
    (tmp_path / "shots" / "c.png").write_bytes((tmp_path / "shots" / "a.png").read_bytes())
    ran = bench("lock", "present", "door", "shots", "--json")
    assert [row["opened"] for row in ran.json] == [True, True, False]
    assert ran.status == 3


def test_a_loss_report_for_the_room(bench: Run) -> None:
    """Once the new card was shown, the old one is superseded."""
    bench("card", "issue", *DOOR, "--out", "old.png")
    bench("card", "issue", *DOOR, "--lost", "room", "--out", "new.png")
    assert [bench("lock", "present", "door", card).status for card in ("old.png", "new.png", "old.png")] == [0, 0, 3]
    assert bench("lock", "show", "door", "--json").json["void_below_serial"] == 2


def test_a_loss_report_for_one_card(bench: Run) -> None:
    """The next revision has the card's own window and uses, and voids the earlier one."""
    first = bench("card", "issue", *DOOR, "--times", 3, "--out", "old.png", "--json").json
    second = bench("card", "issue", "--lost", "card", "--serial", 1, "--out", "new.png", "--json").json
    assert (second["revision"], second["times"], second["end"]) == (1, 3, first["end"])
    assert [bench("lock", "present", "door", card).status for card in ("old.png", "new.png", "old.png")] == [0, 0, 3]


def test_a_rendition_with_a_cut_off(bench: Run) -> None:
    """A card is shown again with a cut-off, which bounds that rendition alone."""
    at = ("--start", "2026-01-01 10:00", "--end", "2026-01-03 10:00")
    bench("card", "issue", *DOOR, *at, "--out", "whole.png")
    bench("card", "show", 1, "--cut-off", "2026-01-01 11:00", "--out", "short.png")
    assert bench("lock", "present", "door", "short.png", "--at", "2026-01-01 10:59").status == 0
    assert bench("lock", "present", "door", "short.png", "--at", "2026-01-01 11:00").status == 3
    assert bench("lock", "present", "door", "whole.png", "--at", "2026-01-01 11:00").status == 0


def test_keys_are_rotated_and_retired(bench: Run, tmp_path: Path) -> None:
    """A lock made with both keys takes both; one made after the retirement refuses the old."""
    bench("card", "issue", *DOOR, "--out", "old.png")
    for arguments in (("make", "--community", "1000000001"), ("rotate",)):
        assert bench("keys", *arguments).status == 0
    bench("card", "issue", *DOOR, "--out", "new.png")
    bench("lock", "new", "both", "--model", "QRA", *DOOR)
    assert bench("keys", "retire", 0).status == 0
    bench("lock", "new", "late", "--model", "QRA", *DOOR)
    statuses = [
        bench("lock", "present", lock, card).status for lock in ("both", "late") for card in ("old.png", "new.png")
    ]
    assert statuses == [0, 0, 3, 0]
    assert not (tmp_path / "home/communities/1000000001/secret-0.pem").exists()
    assert bench("card", "show", 1).err == "qrlock: key 0 is retired\n"


def test_a_lock_is_made_from_its_exported_keys(bench: Run, tmp_path: Path) -> None:
    """The export holds no secret of the issuer, and a lock made from it alone opens."""
    assert bench("keys", "export", *DOOR, "--out", "share.json").status == 0
    share = (tmp_path / "share.json").read_text()
    for pem in (tmp_path / "home/communities/1000000001").glob("secret-*.pem"):
        assert pem.read_text().splitlines()[1] not in share
        assert pem.stat().st_mode & 0o777 == 0o600
    assert bench("lock", "new", "other", "--model", "QRP", "--keys", "share.json").status == 0
    bench("card", "issue", *DOOR, "--seal", "cmac", "--out", "card.png")
    assert bench("lock", "present", "other", "card.png").status == 0


def test_what_is_exported_of_a_lock_is_not_secret(bench: Run) -> None:
    """A lock's export has its memory and public keys and none of its derived keys."""
    exported = bench("lock", "export", "door").out
    given = lock_file.load(Path("home/locks/door.json")).lock().lock.given
    secrets = [key for keys in given.keys.cmac.values() for key in keys.values()]
    assert secrets and not any(key.hex() in exported for key in secrets)
    assert json.loads(exported)["memory"]["void_below_serial"] == 0


def picture(path: str, *texts: str) -> str:
    """A picture with these texts side by side as symbols."""
    symbols = [np.pad(symbol.matrix(text, version=5), 4) for text in texts]
    modules = np.hstack([np.zeros((45, 9), np.uint8), *symbols])
    Image.fromarray(np.kron(1 - modules, np.full((6, 6), 255, np.uint8))).save(path)
    return path


BAD = {
    "a missing file": ("lock", "present", "door", "nothing.png"),
    "no image": ("lock", "present", "door", "text.png"),
    "no code": ("lock", "present", "door", "white.png"),
    "two codes": ("lock", "present", "door", "two.png"),
    "two codes to decode": ("card", "decode", "two.png"),
    "no code to decode": ("card", "decode", "white.png"),
    "no code to read": ("read", "white.png"),
    "a stranger's code to decode": ("card", "decode", "stranger.png"),
    "a card of another key to decode": ("card", "decode", "0" * 202),
    "an unknown lock": ("lock", "present", "window", "card.png"),
    "a lock's name": ("lock", "show", "../door"),
    "a lock twice": ("lock", "new", "door", "--model", "QRA", *DOOR),
    "no place for a lock": ("lock", "new", "door2", "--model", "QRA"),
    "a broken rule": ("card", "issue", *DOOR, "--times", "255"),
    "times on a floor card": ("card", "issue", "--card", "floor", *DOOR[:4], "--times", "2"),
    "an end before the start": ("card", "issue", *DOOR, "--start", "2026-01-02", "--end", "2026-01-01"),
    "no time": ("card", "issue", *DOOR, "--end", "tomorrow"),
    "no community": ("card", "issue", *DOOR, "--community", "77"),
    "a community's number": ("keys", "make", "--community", "12a"),
    "an image's form": ("card", "issue", *DOOR, "--out", "card.gif"),
    "a folder that is not there": ("card", "issue", *DOOR, "--out", "nowhere/card.png"),
    "a folder in the way": ("card", "issue", *DOOR, "--out", "home"),
    "a loss report without its card": ("card", "issue", "--lost", "card"),
    "a loss report with a room": ("card", "issue", "--lost", "card", "--serial", "1", *DOOR),
    "an unknown card": ("card", "show", "9"),
    "an unknown key": ("keys", "retire", "9"),
    "nothing to rotate to": ("keys", "rotate"),
    "keys that are none": ("lock", "new", "x", "--model", "QRA", "--keys", "text.png"),
    "a demo over something else": ("demo", "--out", "home"),
    "more digits than a name may have": ("card", "decode", "7" * 300),
    "a camera that is not there": ("lock", "present", "door", "camera:97"),
}


@pytest.mark.parametrize("arguments", BAD.values(), ids=BAD.keys())
def test_bad_input_is_one_line_and_changes_nothing(bench: Run, tmp_path: Path, arguments: tuple[str, ...]) -> None:
    """Exit status 2, one line that says what and where, and every file as it was."""
    card = bench("card", "issue", *DOOR, "--out", "card.png", "--json").json
    other = bench("card", "issue", *DOOR, "--out", "other.png", "--json").json
    Path("text.png").write_text("not an image")
    Image.new("L", (200, 200), 255).save("white.png")
    picture("two.png", card["text"], other["text"])
    picture("stranger.png", "4006381333931")
    before = tree(tmp_path)
    ran = bench(*arguments)
    assert ran.status == 2
    assert ran.err.startswith("qrlock: ")
    assert ran.err.count("\n") == 1
    assert card["text"] not in ran.err
    assert tree(tmp_path) == before


def test_what_the_lock_refuses_is_status_3(bench: Run) -> None:
    """A stranger's code, and a card of another community under the same key id, reach the lock and are refused."""
    picture("stranger.png", "4006381333931")
    bench("keys", "make", "--community", "2")
    bench("card", "issue", *DOOR, "--community", "2", "--out", "foreign.png")
    for image, reason in (("stranger.png", "NOT_A_CARD"), ("foreign.png", "BAD_SEAL")):
        ran = bench("lock", "present", "door", image, "--json")
        assert (ran.status, ran.json[0]["reason"]) == (3, reason)


def test_a_stranger_beside_a_card_is_in_nobodys_way(bench: Run) -> None:
    """The lock acts on the one card in the frame."""
    card = bench("card", "issue", *DOOR, "--out", "card.png", "--json").json
    picture("both.png", "4006381333931", card["text"])
    assert bench("lock", "present", "door", "both.png").status == 0


def test_a_secret_that_others_can_read_is_not_used(bench: Run, tmp_path: Path) -> None:
    """An open secret key stops the command instead of being used."""
    (tmp_path / "home/communities/1000000001/secret-0.pem").chmod(0o644)
    ran = bench("card", "issue", *DOOR)
    assert ran.status == 2
    assert "others can read this secret key" in ran.err


def test_read_prints_what_is_there(bench: Run) -> None:
    """Reading gives texts, places and times of every code, whoever made it."""
    picture("three.png", "1", "22", "333")
    codes = bench("read", "three.png", "--json").json["codes"]
    assert sorted(code["text"] for code in codes) == ["1", "22", "333"]


def test_the_demo_plays_through(qrlock: Run, tmp_path: Path) -> None:
    """It ends well, leaves what it promises, and its locks go on with today's clock."""
    ran = qrlock("demo", "--json")
    assert ran.status == 0
    steps = ran.json["steps"]
    for folder in ("cards", "frames"):
        assert len(list((tmp_path / "qrlock-demo" / folder).glob("*.png"))) == len(steps)
    page = (tmp_path / "qrlock-demo" / "index.html").read_text()
    assert page.count("<article>") == len(steps)
    assert "http" not in page.replace("http://www.w3.org/2000/svg", "")
    home = ("--home", "qrlock-demo/home")
    qrlock("card", "issue", *home, "--community", "1000000001", "--building", "1", "--floor", "4", "--room", "402")
    serial = max(int(path.stem.removeprefix("card-")) for path in tmp_path.glob("card-*.png"))
    assert qrlock("lock", "present", "qrb", f"card-{serial}.png", *home).status == 0


def test_the_demo_shows_what_it_says(qrlock: Run) -> None:
    """Each scene ends as its title says, decided by the locks alone."""
    words = {step["title"]: step["words"] for step in qrlock("demo", "--json").json["steps"]}
    assert words["A third time: used up"].startswith("refused: COUNT_EXHAUSTED")
    assert words["The floor card at a door of another floor"].startswith("refused: WRONG_FLOOR")
    assert words["The guest's card at the neighbour's door"].startswith("refused: WRONG_ROOM")
    assert words["A card from tomorrow"].startswith("refused: NOT_YET_VALID")
    assert words["A card of last week"].startswith("refused: EXPIRED")
    assert words["A rendition whose cut-off has passed"].startswith("refused: EXPIRED")
    assert words["Passage mode at a model that has none"].startswith("refused: UNSUPPORTED_OPEN_TYPE")
    assert words["A counted card at a model that cannot count"].startswith("refused: UNSUPPORTED_TIMES")
    assert words["The lost revision is void"].startswith("refused: SUPERSEDED")
    assert words["An earlier card of the room is void"].startswith("refused: SUPERSEDED")
    assert words["One digit changed"].startswith("refused: BAD_SEAL")
    assert words["A stranger's QR code"].startswith("refused: NOT_A_CARD")
    assert words["Two cards in one frame"] == "no decision: 2 cards in one frame, and the lock acts on none"
    assert sum(line.startswith("opened") for line in words.values()) == 11


def test_help_imports_nothing_heavy() -> None:
    """`qrlock --help` loads neither NumPy nor OpenCV nor a reader."""
    code = (
        "import sys; sys.argv = ['qrlock', '--help']\n"
        "from simulator.cli import main\n"
        "try: main()\n"
        "except SystemExit: pass\n"
        "print('loaded:', *sorted({'numpy', 'cv2', 'PIL', 'zxingcpp', 'pyzbar', 'rich'} & set(sys.modules)))"
    )
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert ran.stdout.splitlines()[-1] == "loaded:"


def test_cards_that_are_issued_at_the_same_time_each_get_a_serial(bench: Run) -> None:
    """Nobody has to issue again."""
    command = [sys.executable, "-m", "simulator.cli", "card", "issue", *DOOR, "--json"]
    running = [subprocess.Popen(command, stdout=subprocess.PIPE) for _ in range(3)]
    printed = [process.communicate()[0] for process in running]
    assert sorted(json.loads(out)["serial"] for out in printed) == [1, 2, 3]
    assert bench("card", "show", 3).status == 0


@pytest.mark.parametrize(
    ("name", "command"),
    [("ring.json", ("keys", "list")), ("card-1.json", ("card", "show", "1"))],
)
def test_a_spoilt_file_is_named(bench: Run, tmp_path: Path, name: str, command: tuple[str, ...]) -> None:
    """So that somebody can go and look."""
    bench("card", "issue", *DOOR)
    spoilt = tmp_path / "home/communities/1000000001" / name
    spoilt.write_text("{")
    ran = bench(*command)
    assert ran.status == 2
    assert ran.err.startswith(f"qrlock: {spoilt}: ")


def test_a_slip_in_a_cards_digits_is_not_printed(bench: Run) -> None:
    """It may be nearly a card."""
    nearly = "7" * 201 + "x"
    ran = bench("card", "decode", nearly)
    assert ran.status == 2
    assert "777" not in ran.err


def test_people_are_told_what_happened(bench: Run) -> None:
    """In words, where machines get the decisions."""
    bench("card", "issue", *DOOR, "--normally-open", "--out", "card.png")
    assert bench("lock", "present", "door", "card.png").out.startswith("card.png  passage mode on, opened  [ms: ")
    assert bench("lock", "present", "door", "card.png").out.startswith("card.png  passage mode off  [ms: ")
