"""What is wrong with a pack, for those who only read one as for those who make one."""

from __future__ import annotations

from lockcore import QrlockError


class PackError(QrlockError):
    """A folder that holds something else, a pack that is not whole, or a file of it that is none."""
