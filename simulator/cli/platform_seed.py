"""`qrlock platform seed`: a community to try the platform with, and a client's request to begin with."""

from __future__ import annotations

from typing import Annotated

import typer

from lockcore.carrier import SealKind
from simulator.cli.options import DatabaseOption, HomeOption, JsonOption, SealOption
from simulator.cli.output import print_json, print_rows
from simulator.cli.platform_database import now_s, platform_database

CLIENT = """\
SID={sid} TOKEN={token}
BATCH=$(date -u +%Y%m%d%H%M%S)
SIG=$(printf %s "$SID$TOKEN$BATCH" | md5sum | cut -c1-32 | tr a-f A-F)
curl -s "{host}/?c=Qrcode&a=getLink&sig=$SIG" -H 'Accept: application/json' \\
     -H "Authorization: $(printf %s "$SID:$BATCH" | base64 -w0)" \\
     -d '{{"mobile":"13800138000","communityNo":"{community}","buildNo":"1","floorNo":"4","roomNo":"401"}}'
"""
"""What any client of getLink does, in a shell."""


def seed(
    community: Annotated[str, typer.Option("--community", help="1 to 11 digits.")] = "1000000001",
    seal: SealOption = SealKind.ED25519,
    url: Annotated[str, typer.Option(help="Where `qrlock serve` listens, for the example.")] = "http://127.0.0.1:8080",
    database: DatabaseOption = None,
    home: HomeOption = None,
    json: JsonOption = False,
) -> None:
    """Make a demo community with keys, an account, rooms of every model and a simulated lock for each; one that was
    interrupted is made whole."""
    from lockcore import address
    from simulator.platform import demo_community

    with platform_database(database, home) as (opened, bench):
        made = demo_community.seed(opened, bench, address.community(community), seal, now_s())
    number = str(made.community.number)
    rows = [
        {"room": " / ".join(room[:3]), "model": room.model, "lock": lock}
        for room, lock in zip(made.rooms, made.locks, strict=True)
    ]
    if json:
        print_json({"community": number, "sid": made.account.sid, "token": made.account.token, "rooms": rows})
        return
    print(f"community {number}, {made.community.zone}; sid {made.account.sid}, token {made.account.token}")
    print(f"The token is a secret; `qrlock platform account show {made.account.sid} --token` shows it again.")
    print_rows(rows, ("room", "model", "lock"))
    print("With `qrlock serve` running, this orders a card for room 401:\n")
    print(CLIENT.format(sid=made.account.sid, token=made.account.token, host=url.rstrip("/"), community=number))
