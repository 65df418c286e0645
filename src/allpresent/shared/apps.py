from django.apps import AppConfig


class Shared(AppConfig):
    name = "allpresent.shared"
    label = "shared"
