"""How fast symbols are made, beside segno, qrcode and zxing-cpp's writer.

All make the symbols of the same random texts, 202 digits in 5-M, and `measure` checks first that all make the
same modules. They take turns in one process, as `timing` says; a figure is the median over the turns.

"Single" is one call for one text, checks of the text included, to an array of modules; "batch" is a list of
texts in one call to one array, divided by the texts. "Fixed" is mask 2, "free" the mask of least penalty. Peers
are timed to what holds their modules: the matrices of segno and qrcode, the image of zxing-cpp's barcode at one
pixel a module, as it comes and without its conversion to an array. Tables are built anew, nothing of theirs
cached.

    python -m benchmarks.symbol_bench [seconds]
"""

from __future__ import annotations

import random
import statistics
import sys
from collections.abc import Callable, Mapping
from functools import partial
from time import perf_counter
from typing import Any

import numpy as np
import qrcode
import segno
import zxingcpp
from numpy.typing import NDArray

from benchmarks.timing import Batch, interleave
from lockcore import symbol

VERSION = 5
LEVEL = "M"
DIGIT_COUNT = 202
MASK = 2
_ROUNDS = 9
_WARM_UP_ROUNDS = 2
_TEXT_COUNT = 2048
_FREE_BATCH = 128

_Call = Callable[[str], Any]


def measure(seconds: float = 8.0, seed: int = 1) -> dict[str, float]:
    """Microseconds a symbol of each way to make one, and the seconds that a table takes to build.

    Keys end in their unit: `ours_single_fixed_us`, `ours_batch_fixed_us`, `ours_single_free_us`,
    `ours_batch_free_us`, `segno_fixed_us`, `segno_free_us`, `qrcode_fixed_us`, `zxing_fixed_us`,
    `table_build_s`. Takes about `seconds`, and at least a call of each in each of eleven turns.
    """
    texts = random_texts(_TEXT_COUNT, seed)
    singles = _singles()
    _check_agreement(singles, texts[0])
    slice_s = seconds / (_ROUNDS + _WARM_UP_ROUNDS) / (len(singles) + 3)
    batches = {name: _batch(call, texts, slice_s) for name, call in singles.items()}
    batches["ours_batch_fixed_us"] = Batch(partial(symbol.matrices, mask=MASK), [(texts,)])
    batches["ours_batch_free_us"] = Batch(symbol.matrices, [(texts[:_FREE_BATCH],)])
    batches["table_build_s"] = Batch(symbol.SymbolMap, [(VERSION, LEVEL, DIGIT_COUNT)])
    samples = interleave(batches, _ROUNDS, _WARM_UP_ROUNDS)
    units = {"ours_batch_fixed_us": len(texts), "ours_batch_free_us": _FREE_BATCH, "table_build_s": 1e6}
    return {name: statistics.median(each) / units.get(name, 1) for name, each in samples.items()}


def random_texts(count: int, seed: int) -> list[str]:
    """Digit texts of the width measured."""
    source = random.Random(seed)
    return ["".join(source.choices("0123456789", k=DIGIT_COUNT)) for _ in range(count)]


def _singles() -> dict[str, _Call]:
    make_segno = partial(segno.make_qr, error=LEVEL, version=VERSION, boost_error=False)
    return {
        "ours_single_fixed_us": partial(symbol.matrix, mask=MASK),
        "ours_single_free_us": symbol.matrix,
        "segno_fixed_us": partial(make_segno, mask=MASK),
        "segno_free_us": make_segno,
        "qrcode_fixed_us": _qrcode,
        "zxing_fixed_us": _zxing,
    }


def _qrcode(text: str) -> list[list[bool]]:
    code = qrcode.QRCode(VERSION, qrcode.ERROR_CORRECT_M, border=0, mask_pattern=MASK)
    code.add_data(text, optimize=0)
    code.make(fit=False)
    modules: list[list[bool]] = code.get_matrix()
    return modules


def _zxing(text: str) -> zxingcpp.Image:
    # The writer ignores arguments that it does not know, "mask" and "version" among them.
    barcode = zxingcpp.create_barcode(text, zxingcpp.BarcodeFormat.QRCode, ec_level=LEVEL, data_mask=MASK)
    return barcode.to_image(scale=1, add_quiet_zones=False)


def _batch(call: _Call, texts: list[str], slice_s: float) -> Batch:
    """As many calls as take `slice_s`, by the mean of ten; at least one."""
    started = perf_counter()
    for text in texts[:10]:
        call(text)
    call_s = (perf_counter() - started) / 10
    count = min(max(1, int(slice_s / call_s)), len(texts))
    return Batch(call, [(text,) for text in texts[:count]])


def _check_agreement(singles: Mapping[str, _Call], text: str) -> None:
    """Raise AssertionError unless all with a fixed mask make the same modules, and both with a free one."""
    zxing = np.asarray(singles["zxing_fixed_us"](text)) == 0
    fixed = [zxing, np.array(singles["qrcode_fixed_us"](text)), _modules(singles["segno_fixed_us"](text))]
    ours = singles["ours_single_fixed_us"](text)
    assert all(np.array_equal(ours, peer) for peer in fixed)
    free = _modules(singles["segno_free_us"](text))
    assert np.array_equal(singles["ours_single_free_us"](text), free)


def _modules(code: segno.QRCode) -> NDArray[np.uint8]:
    return np.array([list(row) for row in code.matrix], np.uint8)


def main() -> None:
    """Print all figures, and how many times faster ours are."""
    figures = measure(float(sys.argv[1]) if len(sys.argv) > 1 else 8.0)
    for name, value in figures.items():
        print(f"{name:22} {value:10.4g}")
    for ours in ("ours_single_fixed_us", "ours_batch_fixed_us"):
        for peer in ("segno_fixed_us", "qrcode_fixed_us", "zxing_fixed_us"):
            print(f"{peer} / {ours}: {figures[peer] / figures[ours]:.1f}")
    for ours in ("ours_single_free_us", "ours_batch_free_us"):
        print(f"segno_free_us / {ours}: {figures['segno_free_us'] / figures[ours]:.1f}")


if __name__ == "__main__":
    main()
