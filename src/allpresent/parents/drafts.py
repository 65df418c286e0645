"""What a parent had typed when their session ended: kept until they are back, for them and nobody else."""

from __future__ import annotations

from django.http import HttpRequest

DRAFT = "family_draft"
_LONGEST = 20_000


def keep_draft(request: HttpRequest, user_id: int) -> None:
    """Keep the words of a form that came too late. Files are not kept, nor what no form of ours is as long as."""
    if request.method != "POST":
        return
    fields = {name: values for name, values in request.POST.lists() if name != "csrfmiddlewaretoken"}
    if sum(len(value) for values in fields.values() for value in values) <= _LONGEST:
        request.session[DRAFT] = {"path": request.path, "user": user_id, "fields": fields}


def take_draft(request: HttpRequest) -> dict[str, list[str]]:
    """What the same person had typed on the same page, once; {} where there is nothing."""
    draft = request.session.get(DRAFT)
    if not draft or (draft["path"], draft["user"]) != (request.path, request.user.id):
        return {}
    del request.session[DRAFT]
    return draft["fields"]
