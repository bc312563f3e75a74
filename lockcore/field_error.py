"""The error of a value that breaks one of its rules: it names the field and the rule, never the content."""

from __future__ import annotations

from lockcore.errors import QrlockError


class FieldError(QrlockError):
    """A value that breaks a rule; `field` names what to mend, `rule` says what holds for it."""

    def __init__(self, field: str, rule: str) -> None:
        super().__init__(f"{field}: {rule}")
        self.field = field
        self.rule = rule

    def __reduce__(self) -> tuple[type[FieldError], tuple[str, str]]:
        """Pickle by the two arguments, so that a worker process can report it."""
        return type(self), (self.field, self.rule)
