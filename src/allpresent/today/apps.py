from django.apps import AppConfig


class Today(AppConfig):
    name = "allpresent.today"
    label = "today"
