from django.apps import AppConfig


class Absences(AppConfig):
    name = "allpresent.absences"
    label = "absences"
