"""Support offered and referrals to partners: only added to (M-4.5f)."""

import django.db.models.deletion
from django.db import migrations, models

from allpresent.shared.triggers import append_only


class Migration(migrations.Migration):

    dependencies = [
        ('people', '0002_append_only'),
        ('schools', '0002_append_only'),
        ('settling', '0002_append_only'),
    ]

    operations = [
        migrations.CreateModel(
            name='SupportOffered',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.CharField(max_length=64)),
                ('at', models.DateTimeField()),
                ('by_id', models.BigIntegerField(null=True)),
                ('by_name', models.CharField(max_length=200)),
                ('by_position', models.CharField(blank=True, max_length=200)),
                ('kind', models.CharField(choices=[('support', 'Support offered'), ('referral', 'Referral to a partner')], max_length=10)),
                ('what', models.CharField(max_length=1000)),
                ('party', models.CharField(blank=True, max_length=40)),
                ('partner', models.CharField(blank=True, max_length=200)),
                ('day', models.DateField()),
                ('answer', models.CharField(blank=True, choices=[('', 'Not yet known'), ('accepted', 'Accepted'), ('declined', 'Declined')], max_length=10)),
                ('clauses', models.JSONField(default=list)),
                ('answers', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='answered_by', to='settling.supportoffered')),
                ('pupil', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.pupil')),
                ('school', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='schools.school')),
            ],
            options={
                'indexes': [models.Index(fields=['school', 'day'], name='support_of_school_day')],
                'constraints': [models.UniqueConstraint(fields=('school', 'key'), name='one_support_of_a_key')],
            },
        ),
        append_only("settling_supportoffered"),
    ]
