"""A small device that reads cards and nothing else: `qrlock conform pack --command "python device.py"`."""

import json
import sys

from lockcore import DecodeError, Ed25519Verifier, LockKeys, decode
from lockcore.byte_cursor import ByteCursor
from lockcore.key_set import KeySet

HELLO = {"protocol": 1, "device": "Example", "can": ["decode"], "profiles": [], "geometries": []}


def read_card(keys: str, text: str) -> dict[str, object]:
    """The answer to `decode`: what the card says, or why it is none."""
    known = KeySet.take(ByteCursor(bytes.fromhex(keys)))
    lock_keys = LockKeys(ed25519={key_id: Ed25519Verifier(public) for key_id, public in known.ed25519.items()})
    try:
        grant, key_id, _ = decode(text, lock_keys)
    except DecodeError as refusal:
        return {"refused": refusal.reason.value}
    return {
        "seal": "ed25519", "key_id": key_id, "community": str(grant.community), "card": grant.card.name.lower(),
        "building": grant.building, "floor": grant.floor, "room": grant.room, "start": grant.start_min,
        "end": grant.end_min, "cut_off": grant.cut_off_min, "times": grant.times,
        "open_type": grant.open_type.name.lower(), "lost": grant.lost.name.lower(), "serial": grant.serial,
        "revision": grant.revision,
    }  # fmt: skip


for line in sys.stdin:
    if not line.strip():
        continue
    request = json.loads(line)
    if request["op"] == "hello":
        answer = HELLO
    elif request["op"] == "decode":
        answer = read_card(request["keys"], request["text"])
    else:
        answer = {"error": "no such request"}
    print(json.dumps({"id": request["id"], **answer}), flush=True)
