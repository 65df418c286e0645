"""Addresses of messages, of the mailbox and of evidence."""

from django.urls import path

from allpresent.absences.views import evidence, mail, notices

urlpatterns = [
    path("absences/", notices.notices, name="notices"),
    path("absences/new/", notices.new_notice, name="new_notice"),
    path("absences/<int:notice>/also/", notices.notice_also, name="notice_also"),
    path("absences/evidence/<int:pupil>/", evidence.evidence_of_pupil, name="evidence_of_pupil"),
    path("absences/evidence/copy/<int:evidence>/", evidence.evidence_copy, name="evidence_copy"),
    path("absences/evidence/withdraw/<int:evidence>/", evidence.evidence_withdraw, name="evidence_withdraw"),
    path("mail/", mail.mail, name="mail"),
    path("mail/<int:mail>/aside/", mail.mail_aside, name="mail_aside"),
]
