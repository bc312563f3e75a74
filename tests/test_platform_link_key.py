"""The key pair that links of `/apiLogin` are enciphered with: made once, for its owner's eyes."""

from __future__ import annotations

import stat
from collections.abc import Iterator
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey

from simulator import atomic_file
from simulator.home import Home
from simulator.platform.guest import link_key
from tests.cli_run import Run
from tests.guest_site import Site, open_site
from tests.guest_visitor import visitor


@pytest.fixture(scope="module")
def key() -> RSAPrivateKey:
    """A key pair, made once."""
    return rsa.generate_private_key(65537, 2048)


@pytest.fixture
def site(tmp_path: Path, key: RSAPrivateKey, monkeypatch: pytest.MonkeyPatch) -> Iterator[Site]:
    """A platform with that key."""
    monkeypatch.setattr(link_key, "generate_private_key", lambda *_: key)
    site = open_site(tmp_path / "home")
    yield site
    site.platform.close()


def test_the_key_is_made_once_for_its_owner(
    tmp_path: Path, key: RSAPrivateKey, monkeypatch: pytest.MonkeyPatch
) -> None:
    """For its owner's eyes; and two processes that make one at once have the same."""
    made = []

    def make(*_: object) -> RSAPrivateKey:
        made.append(key)
        if len(made) == 1:  # the other process is quicker
            link_key.public_pem(home)
        return key

    monkeypatch.setattr(link_key, "generate_private_key", make)
    home = Home(tmp_path / "home")
    assert link_key.public_pem(home) == link_key.public_pem(home)
    assert len(made) == 2
    assert stat.S_IMODE((tmp_path / "home" / "apilogin.pem").stat().st_mode) == 0o600


def test_a_key_that_others_can_read_is_not_used(site: Site) -> None:
    """Nor a file that is none; links get a page that says so."""
    home = site.platform.settings.home
    link_key.public_pem(home)
    path = home.root / "apilogin.pem"
    path.chmod(0o644)
    with pytest.raises(atomic_file.FileError, match="chmod 600"):
        link_key.link_key(home)
    path.chmod(0o600)
    path.write_text("no key")
    with pytest.raises(atomic_file.FileError, match="not a PEM"):
        link_key.link_key(home)
    with visitor(site) as guest:
        assert guest.get("/apiLogin?data=x").status_code == 503


def test_an_administrator_prints_the_public_key(qrlock: Run, tmp_path: Path) -> None:
    """The same one each time; the secret one stays in the home."""
    printed = [qrlock("platform", "rsa-key").out for _ in range(2)]
    assert printed == [link_key.public_pem(Home(tmp_path / "home"))] * 2
    assert "BEGIN PUBLIC KEY" in printed[0]
