from __future__ import annotations

import json
from pathlib import Path

import pytest

from lockcore import QrlockError
from tests.cli_run import Run
from tests.vector_pack import NAMES, little, pictured, stand_in
from vectors.pack import check, generate, lint, manifest
from vectors.pack.diff import difference
from vectors.pack.errors import PackError
from vectors.pack.family_file import record
from vectors.pack.flags import FLAGS, OUT_OF_SCOPE, threats_named
from vectors.pack.manifest import Manifest, ManifestError
from vectors.pack.open_pack import documents_at, manifest_at
from vectors.pack.schema import SCHEMAS


@pytest.fixture
def pack(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A pack of two little families."""
    stand_in(monkeypatch)
    out = tmp_path / "pack"
    generate.generate(out, names=NAMES, workers=1)
    return out


def test_two_packs_are_the_same_to_the_byte(pack: Path, tmp_path: Path) -> None:
    """Another folder gets the same files, manifest and signature among them."""
    generate.generate(tmp_path / "other", names=NAMES, workers=1)
    files = {path.relative_to(pack): path.read_bytes() for path in pack.rglob("*") if path.is_file()}
    assert files == {path.relative_to(tmp_path / "other"): path.read_bytes()
                     for path in (tmp_path / "other").rglob("*") if path.is_file()}  # fmt: skip
    assert {path.as_posix() for path in files} >= {"decode.json", "schema/frame.schema.json", "frame/frame.blank.png"}


def test_a_whole_pack_has_no_faults(pack: Path) -> None:
    """Manifest, signature, schemas and lint find nothing in what was just made."""
    assert list(check.faults(pack)) == []
    assert list(check.differences(manifest_at(pack), workers=1)) == []
    assert list(lint.lint(list(documents_at(pack)), pack)) == []


@pytest.mark.parametrize(
    ("path", "content", "fault"),
    [
        ("decode.json", "{}", "decode.json: is not what the manifest says"),
        ("frame/frame.blank.png", None, "frame/frame.blank.png: is missing"),
        ("more.json", "{}", "more.json: is not in the manifest"),
    ],
)
def test_a_spoilt_pack_is_told_by_file(pack: Path, path: str, content: str | None, fault: str) -> None:
    """A file that is changed, missing or added is named."""
    if content is None:
        (pack / path).unlink()
    else:
        (pack / path).write_text(content)
    assert list(check.faults(pack)) == [fault]


def test_a_changed_manifest_is_not_signed(pack: Path) -> None:
    """Whoever changes a file and the manifest with it has no signature for that."""
    path = pack / manifest.NAME
    path.write_bytes(path.read_bytes().replace(b'"seed": 1', b'"seed": 2'))
    with pytest.raises(ManifestError, match="not signed by this key"):
        check.check_signed(pack)


def test_another_signer_is_refused_where_one_is_asked_for(pack: Path) -> None:
    """The key that everybody has says nothing of who made a pack."""
    with pytest.raises(ManifestError, match="another key"):
        check.check_signed(pack, "00" * 32)


def test_another_seed_comes_out_otherwise(pack: Path) -> None:
    """What a seed decides is found by generating anew."""
    listed = manifest_at(pack)
    other = Manifest(seed=2, files=listed.files, tests=listed.tests)
    assert list(check.differences(other, workers=1)) == [
        "decode.json: comes out otherwise", "frame/frame.blank.png: comes out otherwise",
        "test decode.good: means something else", "test frame.blank: means something else",
    ]  # fmt: skip


def test_a_folder_with_something_else_is_left_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing that is not a pack is overwritten."""
    stand_in(monkeypatch)
    (tmp_path / "thesis.txt").write_text("mine")
    with pytest.raises(PackError, match="no pack"):
        generate.generate(tmp_path, names=NAMES, workers=1)
    assert [path.name for path in tmp_path.iterdir()] == ["thesis.txt"]


@pytest.mark.parametrize("content", ['{"name": "my site"}', "no JSON at all"])
def test_a_manifest_of_something_else_makes_no_pack(tmp_path: Path, content: str) -> None:
    """Other programs have files of that name: a folder with one is left alone."""
    (tmp_path / "manifest.json").write_text(content)
    (tmp_path / "app.js").write_text("mine")
    with pytest.raises(PackError, match="no pack"):
        generate.generate(tmp_path, names=NAMES, workers=1)
    assert (tmp_path / "app.js").read_text() == "mine"


def test_what_somebody_put_into_a_pack_is_not_lost(pack: Path) -> None:
    """Neither overwritten nor deleted: the error names it."""
    (pack / "notes.txt").write_text("mine")
    with pytest.raises(PackError, match=r"notes\.txt"):
        generate.generate(pack, names=NAMES, workers=1)
    assert (pack / "notes.txt").read_text() == "mine"


def test_a_pack_that_cannot_be_moved_into_place_leaves_the_old_one(pack: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Between the two there is never nothing."""
    before, rename = (pack / manifest.NAME).read_bytes(), Path.rename

    def failing(self: Path, target: Path) -> Path:
        if self.name == "new":
            raise OSError(28, "no space left")
        return rename(self, target)

    monkeypatch.setattr(Path, "rename", failing)
    with pytest.raises(PackError, match="no space left"):
        generate.generate(pack, names=("decode",), workers=1)
    assert (pack / manifest.NAME).read_bytes() == before
    assert list(check.faults(pack)) == []


def test_a_test_that_only_the_manifest_changes_is_told(pack: Path) -> None:
    """What ids mean is what releases promise, so it is compared as well, here and when the pack is made anew."""
    listed = manifest_at(pack)
    tests = dict(listed.tests) | {"decode.good": "0" * 64, "decode.invented": "1" * 64}
    forged = Manifest(seed=listed.seed, files=listed.files, tests=tests)
    (pack / manifest.NAME).write_bytes(forged.to_bytes())
    said = ["test decode.invented: is missing", "test decode.good: means something else"]
    assert list(check.faults(pack)) == said
    assert list(check.differences(forged, workers=1)) == said


def test_a_pack_is_made_anew_without_what_it_had(pack: Path) -> None:
    """A picture of an older pack does not stay behind."""
    generate.generate(pack, names=("decode",), workers=1)
    assert not (pack / "frame").exists()
    assert list(check.faults(pack)) == []


def test_a_comment_may_change_and_a_meaning_may_not(pack: Path) -> None:
    """The digest of a test is of what it asks and what must come back, of its group's keys too."""
    old = manifest_at(pack)
    reworded = record(little(comment="Put better now."))
    assert difference(old, manifest.manifest_of(1, {}, [reworded])).changed == ()
    for place, other in (("given", {"keys": "01"}), ("needs", ["decode", "lock"])):
        document = record(little())
        document["groups"][0][place] = other
        assert len(difference(old, manifest.manifest_of(1, {}, [document])).changed) == 2
    assert difference(old, manifest.manifest_of(1, {}, [])).dropped == ("decode.good", "decode.letters", "frame.blank")


@pytest.mark.parametrize(
    ("path", "value", "fault"),
    [
        (["comment"], "", "shorter than 3"),
        (["flags"], ["Nonsense"], "no such flag: Nonsense"),
        (["id"], "encode.letters", "the first word of an id is its family"),
        (["id"], "decode.good", "2 tests have this id"),
        (["expect", "step"], 3, "NOT_A_CARD is found in step 1"),
        (["expect", "reson"], "x", "'reson' was unexpected"),
        (["steps", 0, "do", "txt"], "x", "'txt' was unexpected"),
        (["steps", 0, "do"], {"op": "show", "text": "x"}, '"show" is not one of'),
        (["steps", 0, "expect"], {"refuse": "x"}, "'refuse' was unexpected"),
        (["steps", 0, "expect"], {"did": []}, "'did' was unexpected"),
        (["steps", 0, "expect"], {}, "less than 1"),
    ],
)
def test_lint_names_what_is_wrong(path: list[str | int], value: object, fault: str) -> None:
    """One mistake in a file, one line that says it."""
    document = json.loads(json.dumps(record(little())))
    part = document["groups"][0]["tests"][0]
    for name in path[:-1]:
        part = part[name]
    part[path[-1]] = value
    assert any(fault in line for line in lint.lint([document])), list(lint.lint([document]))


@pytest.mark.parametrize("text", ['{"family": "decode", "groups": [{}]}', '{"family": ["x"]}', "{}"])
def test_lint_takes_any_document(text: str) -> None:
    """What breaks its schema is told by it, and not looked into further."""
    assert list(lint.lint([json.loads(text)]))


def test_another_picture_is_another_meaning() -> None:
    """A frame that looks different is another test, whatever its path."""
    documents = [record(pictured(1))]
    old, new = (manifest.manifest_of(1, dict(pictured(shade).pictures), documents) for shade in (1, 2))
    assert difference(old, new).changed == ("frame.blank",)


def test_lint_asks_for_declared_needs() -> None:
    """A test that a device could not carry out by what it declared is a fault of the pack."""
    document = record(little())
    document["groups"][0]["needs"] = []
    assert "decode.good: needs one of decode, decode-cmac, and does not say so" in list(lint.lint([document]))


def test_a_little_pack_is_not_complete() -> None:
    """Tests, refusals, reasons, steps and threats that are missing are all told."""
    said = list(lint.completeness([record(little())]))
    assert "2 tests, fewer than 2000" in said
    assert "EXPIRED: 0 tests, fewer than 3" in said
    assert "step 11: 0 tests, fewer than 3" in said
    assert "threat 12: no test" in said


def test_every_threat_has_a_flag_or_a_reason_why_not() -> None:
    """All 27 are accounted for."""
    assert threats_named() | OUT_OF_SCOPE.keys() == set(range(1, 28))
    assert all(flag.effect.endswith(".") and flag.description.endswith(".") for flag in FLAGS.values())


def test_schemas_are_schemas() -> None:
    """Each is valid by draft 2020-12, and closed."""
    from jsonschema_rs import meta

    for schema in SCHEMAS.values():
        meta.validate(schema)
        assert schema["additionalProperties"] is False


@pytest.mark.parametrize(
    ("text", "said"),
    [("", "no JSON"), ("[]", "not an object"), ('{"version": 2}', "is missing"),
     ('{"version": 7, "seed": 1, "files": {}, "tests": {}}', "version 7"),
     ('{"version": 1, "seed": 1, "files": {"a": 1}, "tests": {}}', "not an object")],
)  # fmt: skip
def test_a_manifest_that_is_none_is_one_clear_error(text: str, said: str) -> None:
    """Whatever the file holds, the error names it and the fault."""
    with pytest.raises(QrlockError, match=said):
        Manifest.of_bytes(text.encode(), "m.json")


def test_the_command_line_tells_the_same(pack: Path, qrlock: Run) -> None:
    """check, lint and diff end with 0 for a good pack and 2 for a spoilt one."""
    assert qrlock("vectors", "check", str(pack)).status == 0
    assert qrlock("vectors", "lint", str(pack), "--part").status == 0
    assert qrlock("vectors", "diff", str(pack), str(pack)).status == 0
    ran = qrlock("vectors", "lint", str(pack))
    assert (ran.status, "only a part of a pack" in ran.err) == (2, True)
    (pack / "decode.json").write_text("{")
    assert qrlock("vectors", "check", str(pack)).status == 2
    assert qrlock("vectors", "lint", str(pack)).status == 2
    assert qrlock("vectors", "check", str(pack / "nothing")).status == 2
    assert qrlock("vectors", "generate", "--out", str(pack), "--family", "nonsense").status == 2
