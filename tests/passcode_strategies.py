"""Hypothesis strategies for passcodes: every one that there is, with the ends of each range likely."""

from __future__ import annotations

from hypothesis import strategies as st

from lockcore.passcode import END_H_MAX, LENGTH_H_MAX, SEQUENCE_MAX, Passcode, PasscodeKind


@st.composite
def passcodes(draw: st.DrawFn) -> Passcode:
    """Any passcode."""
    length_h = draw(st.integers(1, LENGTH_H_MAX))
    last_start_h = END_H_MAX - length_h
    return Passcode(
        kind=draw(st.sampled_from(PasscodeKind)),
        start_h=draw(st.one_of(st.integers(0, last_start_h), st.sampled_from([0, last_start_h]))),
        length_h=length_h,
        sequence=draw(st.integers(0, SEQUENCE_MAX)),
    )
