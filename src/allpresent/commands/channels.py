"""`allpresent channels check|kept`: what is set up, without sending anything; and what was kept for want of it."""

from __future__ import annotations

import argparse
from typing import Any

from allpresent.commands.errors import CommandError
from allpresent.commands.prepare import start_django

SHOWN = 20


def add_parser(subparsers: Any) -> None:
    """Add `channels` to the command line."""
    parser = subparsers.add_parser("channels", description="Which channels of messages are set up. Nothing is sent.")
    parser.add_argument(
        "what",
        choices=("check", "kept"),
        help="check: read the file of channels; kept: mail of the installation, such as sign-in codes, not sent",
    )


def run(args: argparse.Namespace) -> int:
    """Print it. Raises CommandError where the file of channels cannot be used."""
    start_django()
    return _check() if args.what == "check" else _kept()


def _check() -> int:
    from django.conf import settings

    from allpresent.core.messages.channel import Channel
    from allpresent.messages.channels.settings_file import INSTALLATION, BadChannels, all_channels
    from allpresent.schools.models import School

    try:
        held = all_channels()
    except BadChannels as error:
        raise CommandError(str(error)) from None
    if not settings.CHANNELS:
        print("ALLPRESENT_CHANNELS is not set: every message is kept to be passed on by hand.")
    slugs = [INSTALLATION, *School.objects.order_by("slug").values_list("slug", flat=True)]
    if strangers := sorted(set(held) - set(slugs)):
        raise CommandError(
            f"{settings.CHANNELS} speaks of {', '.join(strangers)}: no school has that name in addresses"
        )
    for slug in slugs:
        ways = held[slug].ways if slug in held else frozenset()
        said = ", ".join(channel.label.lower() for channel in Channel if channel in ways)
        mailbox = "; its mailbox is read" if slug in held and held[slug].imap else ""
        print(f"{slug}: {said or 'nothing is sent, messages are kept'}{mailbox}")
    return 0


def _kept() -> int:
    from allpresent.messages.models import Message, State
    from allpresent.shared.words import moment

    rows = Message.objects.filter(school=None, standing__state=State.KEPT).order_by("-id")[:SHOWN]
    for row in rows:
        print(f"{moment(row.at)}, to {row.address}: {row.subject}\n{row.body}\n")
    if not rows:
        print("Nothing is kept.")
    return 0
