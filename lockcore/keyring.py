"""The keys of one community: which there are, which one seals new cards, which ones locks still take.

FORMAT.md, section 7. A ring is the public half and says nothing secret; every change gives a new ring. Of each
seal kind at most two keys are live, because a lock takes two: the current one, and beside it either its
successor (`next`, already in the locks, not yet sealing) or its predecessor (`last`, no longer sealing).
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum

from lockcore import address, cmac_keys, document
from lockcore.carrier import SealKind
from lockcore.errors import QrlockError
from lockcore.lock_keys import LockKeyExport
from lockcore.payload import LockKeys
from lockcore.seal import Ed25519Verifier

KIND = "key ring 1"
KEY_IDS = 16


class KeyRingError(QrlockError):
    """A step that a key ring does not allow, or a key that it does not have."""


class KeyState(StrEnum):
    """Where a key is in its life; it only ever moves down this list."""

    NEXT = "next"
    CURRENT = "current"
    LAST = "last"
    RETIRED = "retired"


@dataclass(frozen=True, slots=True, kw_only=True)
class RingKey:
    """One key: `public` is 32 bytes for `ed25519`, and None for `cmac`, which has no public half."""

    key_id: int
    kind: SealKind
    state: KeyState
    public: bytes | None


@dataclass(frozen=True, slots=True)
class KeyRing:
    """The keys of `community`, in the order in which they were made; the n-th has key id n."""

    community: int
    keys: tuple[RingKey, ...] = ()

    def with_key(self, kind: SealKind, public: bytes | None) -> KeyRing:
        """The ring with one key more: the current one where there is none, else the next; KeyRingError."""
        live = [key for key in self.keys if key.kind is kind and key.state is not KeyState.RETIRED]
        if len(self.keys) == KEY_IDS:
            raise KeyRingError("all 16 key ids are used up; recommission the locks and start a new ring")
        if len(live) == 2:
            raise KeyRingError(f"{kind} keys {live[0].key_id} and {live[1].key_id} are live; retire one first")
        state = KeyState.NEXT if any(key.state is KeyState.CURRENT for key in live) else KeyState.CURRENT
        made = RingKey(key_id=len(self.keys), kind=kind, state=state, public=public)
        return replace(self, keys=(*self.keys, made))

    def rotated(self, kind: SealKind) -> KeyRing:
        """The ring in which the next key has become the current one, and the current one the last."""
        if not any(key.kind is kind and key.state is KeyState.NEXT for key in self.keys):
            raise KeyRingError(f"there is no next {kind} key to rotate to; make one first")
        moves = {KeyState.NEXT: KeyState.CURRENT, KeyState.CURRENT: KeyState.LAST}
        return replace(
            self,
            keys=tuple(replace(k, state=moves.get(k.state, k.state)) if k.kind is kind else k for k in self.keys),
        )

    def retired(self, key_id: int) -> KeyRing:
        """The ring without the live key `key_id`; every card under it is void at locks that are told."""
        if self.key(key_id).state is KeyState.RETIRED:
            raise KeyRingError(f"key {key_id} is retired already")
        keys = list(self.keys)
        keys[key_id] = replace(keys[key_id], state=KeyState.RETIRED)
        return replace(self, keys=tuple(keys))

    def key(self, key_id: int) -> RingKey:
        """The key of this id; KeyRingError if there is none."""
        if not 0 <= key_id < len(self.keys):
            raise KeyRingError(f"there is no key {key_id} in the ring of community {self.community}")
        return self.keys[key_id]

    def current(self, kind: SealKind) -> RingKey:
        """The key that seals new cards; KeyRingError if there is none."""
        for key in self.keys:
            if key.kind is kind and key.state is KeyState.CURRENT:
                return key
        raise KeyRingError(f"community {self.community} has no current {kind} key in its ring; make one first")

    def live(self) -> tuple[RingKey, ...]:
        """The keys that locks take."""
        return tuple(key for key in self.keys if key.state is not KeyState.RETIRED)

    def public_keys(self) -> LockKeys:
        """What anyone may check `ed25519` cards with."""
        return LockKeys(
            ed25519={key.key_id: Ed25519Verifier(key.public) for key in self.live() if key.public is not None}
        )

    def to_json(self) -> str:
        """The document that `from_json` reads; nothing in it is secret."""
        keys = [
            {"kind": key.kind, "state": key.state, "public": "" if key.public is None else key.public.hex()}
            for key in self.keys
        ]
        return document.write(KIND, {"community": str(self.community), "keys": keys})

    @classmethod
    def from_json(cls, text: str) -> KeyRing:
        """The ring that `to_json` wrote; DocumentError names the field that is wrong."""
        fields = document.read(text, KIND, {"community": str, "keys": list})
        keys = tuple(_ring_key(number, key) for number, key in enumerate(fields["keys"]))
        if len(keys) > KEY_IDS:
            raise document.DocumentError(f"{KIND}: more than {KEY_IDS} keys")
        return cls(address.community(fields["community"]), keys)


def lock_keys(
    ring: KeyRing, masters: dict[int, bytes], building: str, floor: str, room: str, *, room_only: bool = False
) -> LockKeyExport:
    """The keys for the lock at this address, of the live keys in `ring`.

    `masters` holds the secrets of the `cmac` keys, of which the lock gets its four derived ones, or with
    `room_only` the two for room cards: such a lock takes floor and building cards under `ed25519` alone.
    """
    scopes = cmac_keys.lock_addresses(ring.community, building, floor, room)[: 2 if room_only else 4]
    return LockKeyExport(
        community=ring.community,
        building=building,
        floor=floor,
        room=room,
        ed25519={key.key_id: key.public for key in ring.live() if key.public is not None},
        cmac={
            key.key_id: {scope[0]: cmac_keys.derive(masters[key.key_id], key.key_id, scope) for scope in scopes}
            for key in ring.live()
            if key.kind is SealKind.CMAC
        },
    )


def _ring_key(key_id: int, content: object) -> RingKey:
    where = f"{KIND}: key {key_id}"
    fields = document.expect(content, where, {"kind": str, "state": str, "public": str})
    try:
        kind, state = SealKind(fields["kind"]), KeyState(fields["state"])
    except ValueError:
        raise document.DocumentError(f"{where}: a kind or a state that is none") from None
    public = document.key_bytes(fields["public"], where, 32) if kind is SealKind.ED25519 else None
    if public is None and fields["public"]:
        raise document.DocumentError(f"{where}: a cmac key has no public half")
    return RingKey(key_id=key_id, kind=kind, state=state, public=public)
