from django.apps import AppConfig


class Registers(AppConfig):
    name = "allpresent.registers"
    label = "registers"
