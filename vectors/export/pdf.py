"""A PDF (ISO 32000-1) of black and white pages at their true size, the same bytes for the same pages."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

_POINTS_AN_INCH = 72


def pdf(pages: Sequence[NDArray[np.uint8]], dots_an_inch: int) -> bytes:
    """The document of these pages, each (height, width) of 0 and 1, 1 = dark; nothing is compressed."""
    kids = " ".join(f"{3 + 3 * number} 0 R" for number in range(len(pages)))
    objects = [b"<< /Type /Catalog /Pages 2 0 R >>", f"<< /Type /Pages /Kids [{kids}] /Count {len(pages)} >>".encode()]
    for page in pages:
        objects += _page(page, len(objects) + 1, dots_an_inch)
    return _file(objects)


def _page(page: NDArray[np.uint8], number: int, dots_an_inch: int) -> list[bytes]:
    """Page `number`, then what it draws, then the picture: three objects."""
    height, width = page.shape
    wide, high = (_points(length, dots_an_inch) for length in (width, height))
    drawn = f"q {wide} 0 0 {high} 0 0 cm /I Do Q".encode()
    picture = (
        f"<< /Type /XObject /Subtype /Image /Width {width} /Height {height} /ColorSpace /DeviceGray"
        " /BitsPerComponent 1 /Decode [1 0]"
    )
    return [
        f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 {wide} {high}] /Contents {number + 1} 0 R"
        f" /Resources << /XObject << /I {number + 2} 0 R >> >> >>".encode(),
        _stream("<<", drawn),
        _stream(picture, np.packbits(page, axis=1).tobytes()),
    ]


def _points(dots: int, dots_an_inch: int) -> str:
    """In hundredths of a point, rounded down."""
    hundredths = dots * _POINTS_AN_INCH * 100 // dots_an_inch
    return f"{hundredths // 100}.{hundredths % 100:02}"


def _stream(dictionary: str, data: bytes) -> bytes:
    return f"{dictionary} /Length {len(data)} >>\nstream\n".encode() + data + b"\nendstream"


def _file(objects: Sequence[bytes]) -> bytes:
    """The objects, numbered from 1, with the table of where each is."""
    file = bytearray(b"%PDF-1.4\n%\xe2\xe3\xcf\xd3\n")
    at = []
    for number, content in enumerate(objects, 1):
        at.append(len(file))
        file += f"{number} 0 obj\n".encode() + content + b"\nendobj\n"
    table = "".join(f"{offset:010} 00000 n \n" for offset in at)
    size, start = len(objects) + 1, len(file)
    file += f"xref\n0 {size}\n0000000000 65535 f \n{table}".encode()
    file += f"trailer\n<< /Size {size} /Root 1 0 R >>\nstartxref\n{start}\n%%EOF\n".encode()
    return bytes(file)
