"""The C core, built: on the host, under sanitizers, and for the emulated board, each once a process."""

from __future__ import annotations

import shutil
import subprocess
import tempfile
from atexit import register
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
FIRMWARE = ROOT / "vectors" / "firmware"
TOOLS = {
    "host": ("gcc", "make"),
    "sanitized": ("gcc", "make"),
    "fuzz": ("clang", "make"),
    "arm": ("arm-none-eabi-gcc", "qemu-system-arm", "make"),
    "size": ("arm-none-eabi-gcc", "make"),
}
"""What each target of the Makefile is built and run with."""
PACKAGES = (
    "gcc make clang libclang-rt-14-dev libsodium-dev libmbedtls-dev gcc-arm-none-eabi libnewlib-arm-none-eabi "
    "qemu-system-arm"
)
"""Debian's, for all of them."""
EMULATOR = (
    "qemu-system-arm",
    "-M",
    "mps2-an385",
    "-display",
    "none",
    "-monitor",
    "none",
    "-serial",
    "stdio",
    "-kernel",
)


class FirmwareError(Exception):
    """The C core cannot be built here: a tool is missing, or it does not compile."""


@cache
def build_folder() -> Path:
    """Where this process builds; gone when it ends."""
    folder = tempfile.mkdtemp(prefix="qrlock-firmware-")
    register(shutil.rmtree, folder, ignore_errors=True)
    return Path(folder)


def missing(target: str) -> list[str]:
    """The tools that this target needs and this machine lacks."""
    return [tool for tool in TOOLS[target] if shutil.which(tool) is None]


@cache
def built(target: str) -> str:
    """Make a target; what make printed. FirmwareError."""
    lacking = missing(target)
    if lacking:
        raise FirmwareError(f"{', '.join(lacking)}: not installed (Debian: apt install {PACKAGES})")
    ran = subprocess.run(
        ["make", "--no-print-directory", "-C", str(FIRMWARE), f"BUILD={build_folder()}", target],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    if ran.returncode:
        raise FirmwareError(f"make {target}: {ran.stderr.strip()[-400:]}")
    return ran.stdout


def command(target: str) -> list[str]:
    """How to start the device that a target makes: "host", "sanitized" or "arm"."""
    built(target)
    if target == "arm":
        return [*EMULATOR, str(build_folder() / "arm" / "lock.elf")]
    return [str(build_folder() / {"host": "lock", "sanitized": "lock-sanitized"}[target])]
