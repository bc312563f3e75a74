import re
from pathlib import Path

from tests.bench_keys import PRIVATE, PUBLIC

README = (Path(__file__).parents[1] / "README.md").read_text()


def test_the_library_example_runs() -> None:
    """What the README shows of the library works as it stands, given a pair of keys."""
    (example,) = re.findall(r"```python\n(.*?)```", README, re.DOTALL)
    names: dict[str, object] = {"private_key": PRIVATE, "public_key": PUBLIC}
    exec(example, names)
    assert names["card"].grant == names["grant"]  # type: ignore[attr-defined]
    assert names["matrix"].shape == (37, 37)  # type: ignore[attr-defined]


def test_the_documents_it_names_are_there() -> None:
    """Every file that the README links to exists."""
    root = Path(__file__).parents[1]
    for target in re.findall(r"\]\(([^)]+)\)", README):
        assert (root / target).is_file(), target
