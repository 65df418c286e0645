from django.apps import AppConfig


class Messages(AppConfig):
    name = "allpresent.messages"
    label = "outbox"
