from django.apps import AppConfig


class Parents(AppConfig):
    name = "allpresent.parents"
    label = "parents"
