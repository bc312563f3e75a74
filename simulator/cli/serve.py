"""`qrlock serve`: the card platform on one port."""

from __future__ import annotations

from typing import Annotated

import typer

from simulator.cli.options import DatabaseOption, HomeOption, home_of


def serve(
    home: HomeOption = None,
    host: Annotated[str, typer.Option(help="The address to listen at.")] = "127.0.0.1",
    port: Annotated[int, typer.Option(min=0, max=65535, help="0 takes one that is free.")] = 8080,
    database: DatabaseOption = None,
    workers: Annotated[int, typer.Option(min=1, max=64, help="Processes that share port and database.")] = 1,
    sms_webhook: Annotated[
        str | None, typer.Option("--sms-webhook", help="Where messages are posted; if left out, files in HOME/outbox.")
    ] = None,
    public_url: Annotated[
        str | None, typer.Option("--public-url", help="Where guests reach this, https://...; told in messages.")
    ] = None,
    bench: Annotated[
        bool | None,
        typer.Option(
            "--bench/--no-bench", help="The engineer's page; on for one worker on this machine alone, no proxy."
        ),
    ] = None,
    secure_cookies: Annotated[
        bool, typer.Option("--secure-cookies", help="Cookies over TLS alone, where a proxy gives TLS.")
    ] = False,
    requests_per_min: Annotated[
        int, typer.Option("--requests-per-min", min=1, help="Of one address, at the guest's pages.")
    ] = 240,
) -> None:
    """Run the card platform: the API, the guest's pages, and on this machine alone the bench page."""
    from simulator.platform.data.database_name import database_named
    from simulator.platform.settings import Settings
    from simulator.platform.web import server

    proxied = secure_cookies or public_url is not None
    settings = Settings(
        home=home_of(home),
        database=database_named(database),
        sms_webhook=sms_webhook,
        public_url=public_url,
        bench=server.bench_by_default(host, workers, proxied=proxied) if bench is None else bench,
        secure_cookies=secure_cookies,
        requests_per_min=requests_per_min,
    )
    server.run(settings, host, port, workers, lambda line: print(line, flush=True))
