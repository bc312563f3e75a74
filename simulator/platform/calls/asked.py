"""What a call is asked with, and what a call is."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple, TypeAlias

from sqlalchemy import Connection

from simulator.platform.codes import PlatformError
from simulator.platform.data.accounts import Account
from simulator.platform.data.requests import RequestKey
from simulator.platform.platform import Platform
from simulator.platform.protocol.form import Form
from simulator.platform.protocol.parameters import Parameter
from simulator.platform.protocol.reply import Reply


@dataclass(frozen=True, slots=True)
class Asked:
    """One request that was signed by `account`; `values` are its call's parameters. Neither is in any log."""

    account: Account
    key: RequestKey
    values: Mapping[str, Any] = field(repr=False)
    now_s: int
    form: Form


Outcome: TypeAlias = Reply | bytes | Callable[[], Reply] | PlatformError
"""What a call comes to within its transaction: a reply, or its bytes in the form that was asked for; what makes one
afterwards and takes a while; or an error whose trace in the database is kept, where one that is raised leaves none."""


class Call(NamedTuple):
    """One call of the API.

    writes      whether it is carried out by the writer, and answered when it is durable
    carry_out   called within a transaction, perhaps more than once; PlatformError
    """

    name: str
    parameters: tuple[Parameter, ...]
    writes: bool
    carry_out: Callable[[Platform, Asked, Connection], Outcome]
