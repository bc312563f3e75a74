"""`python -m simulator.cli` is `qrlock`."""

from simulator.cli.app import main

main()
