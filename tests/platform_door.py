"""A lock at a room of the seeded platform, with the keys that the platform's home exports for it."""

from __future__ import annotations

import base64
import io

import zxingcpp
from PIL import Image

from lockcore import Reason
from lockcore.key_set import KeySet
from lockcore.placement import Placement
from simulator.desk.key_store import KeyStore
from simulator.lock.events import KeyPressed
from simulator.lock.given import Given
from simulator.lock.profile import PROFILES
from tests.lock_bench import Bench, reason_of
from tests.platform_site import COMMUNITY, NOON_MIN, ROOMS, Site


class Door:
    """A lock that was just commissioned; its clock reads noon."""

    def __init__(self, site: Site, room: str) -> None:
        keys = KeyStore(site.settings.home.community(COMMUNITY), COMMUNITY).lock_keys("1", "4", room)
        placement = Placement(community=COMMUNITY, building="1", floor="4", room=room, lock_id="L1")
        given = Given(placement=placement, keys=KeySet.of_export(keys))
        self.bench = Bench(PROFILES[ROOMS[room]], minute=NOON_MIN, given=given)

    def show(self, text: str) -> Reason | None:
        """What becomes of a code in a presentation of its own."""
        return reason_of(self.bench.show(text, after_ms=5000))

    def enter(self, digits: str) -> Reason | None:
        """What becomes of an entry at the keypad."""
        return reason_of(self.bench.tell(*map(KeyPressed, digits)))


def text_in(base_img: str) -> str:
    """What zxing-cpp reads in the image that `getCard` hands out."""
    image = Image.open(io.BytesIO(base64.b64decode(base_img, validate=True)))
    (found,) = zxingcpp.read_barcodes(image.convert("L"))
    return str(found.text)
