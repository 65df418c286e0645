from django.apps import AppConfig


class Figures(AppConfig):
    name = "allpresent.figures"
    label = "figures"
