"""The addresses of the whole house."""

from django.urls import include, path

from allpresent.shared import converters

converters.register()

urlpatterns = [
    path("", include("allpresent.accounts.urls")),
    path("", include("allpresent.parents.urls")),
    path("", include("allpresent.elsewhere.link_urls")),
    path("", include("allpresent.today.urls")),
    path("<slug:school>/", include("allpresent.registers.urls")),
    path("<slug:school>/", include("allpresent.pupils.urls")),
    path("<slug:school>/", include("allpresent.people.urls")),
    path("<slug:school>/", include("allpresent.absences.urls")),
    path("<slug:school>/", include("allpresent.handbook.urls")),
    path("<slug:school>/", include("allpresent.exchange.urls")),
    path("<slug:school>/", include("allpresent.messages.urls")),
    path("<slug:school>/", include("allpresent.calls.urls")),
    path("<slug:school>/", include("allpresent.settling.urls")),
    path("<slug:school>/", include("allpresent.leave.urls")),
    path("<slug:school>/", include("allpresent.site.urls")),
    path("<slug:school>/", include("allpresent.elsewhere.urls")),
    path("<slug:school>/", include("allpresent.sharing.urls")),
    path("<slug:school>/", include("allpresent.practice.urls")),
    path("<slug:school>/", include("allpresent.figures.urls")),
    path("<slug:school>/", include("allpresent.improvement.urls")),
    path("<slug:school>/", include("allpresent.sweeps.urls")),
]

handler400 = "allpresent.shared.faults.bad_request"
handler403 = "allpresent.shared.faults.forbidden"
handler404 = "allpresent.shared.faults.not_found"
handler500 = "allpresent.shared.faults.server_error"
