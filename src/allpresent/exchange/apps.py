from django.apps import AppConfig


class Exchange(AppConfig):
    name = "allpresent.exchange"
    label = "exchange"
