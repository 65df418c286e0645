"""What a policy has passed on about a session: to whom, on which clause."""

from allpresent.core.sharing.telling import Telling, Told, What, bodies, tellings

__all__ = ["Telling", "Told", "What", "bodies", "tellings"]
