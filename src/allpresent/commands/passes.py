"""What the clock asks of each room: one line a pass. The order is the order in which they are gone through."""

from __future__ import annotations

from typing import NamedTuple


class Pass(NamedTuple):
    """A function as 'module:name', called with a school (or none) and `now`; it gives how many it dealt with.

    `done` is said of that number when it is not 0; `failed` when the function raised. Running one twice is safe.
    """

    function: str
    done: str
    failed: str


OF_EACH_SCHOOL = (
    Pass(
        "allpresent.elsewhere.actions:plan_ahead",
        "{} sessions elsewhere entered ahead or given back",
        "not entered ahead",
    ),
    Pass(
        "allpresent.registers.actions:close_registers",
        "N entered for {} at the close of the register",
        "registers not closed",
    ),
    Pass("allpresent.absences.mailbox.reading:read", "{} e-mails read", "mailbox not read"),
    Pass("allpresent.settling.actions:expire", "{} settled by the clock", "unexplained absences not settled"),
    Pass("allpresent.elsewhere.actions:feed", "{} marks taken from registers kept elsewhere here", "words not taken"),
    Pass("allpresent.sharing.actions:pass_on", "{} passed on to others", "not passed on"),
    Pass("allpresent.messages.reports:ask_notify", "{} told of by GOV.UK Notify", "GOV.UK Notify not asked"),
    Pass("allpresent.figures.actions:keep_sheets", "{} sheets of marks worked out anew", "sheets of marks not kept"),
    Pass("allpresent.sweeps.actions:sweep", "{} noticed that did not happen", "not looked for what did not happen"),
)

OF_THE_INSTALLATION = (
    Pass("allpresent.exchange.actions:clear_old_files", "{} old roll files let go", "old roll files not let go"),
    Pass("allpresent.messages.claims:settle_cut_off", "{} cut off while being sent", "cut-off messages not looked for"),
)
