"""The verbs of the register. Nothing else writes marks."""

from allpresent.registers.actions.amend import amend_mark
from allpresent.registers.actions.arrive import record_arrival
from allpresent.registers.actions.close import close_registers
from allpresent.registers.actions.closures import plan_closure, record_unexpected_closure
from allpresent.registers.actions.give_back import give_back
from allpresent.registers.actions.plan import plan_absence, plan_sessions
from allpresent.registers.actions.take import KeyOfAnotherRegister, Saved, take_register

__all__ = [
    "KeyOfAnotherRegister",
    "Saved",
    "amend_mark",
    "close_registers",
    "give_back",
    "plan_absence",
    "plan_closure",
    "plan_sessions",
    "record_arrival",
    "record_unexpected_closure",
    "take_register",
]
