from django.apps import AppConfig


class Sharing(AppConfig):
    name = "allpresent.sharing"
    label = "sharing"
