from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('people', '0002_client'),
    ]

    operations = [
        migrations.AlterField(
            model_name='organisation',
            name='kind',
            field=models.CharField(choices=[('police', 'traffic police unit'), ('station', 'police station'), ('insurer', 'insurer'), ('village', 'village traffic station'), ('hotline', '110 call centre'), ('other', 'other partner')], max_length=16),
        ),
        migrations.AlterField(
            model_name='qualification',
            name='kind',
            field=models.CharField(choices=[('summary', 'summary procedure'), ('junior', 'junior grade'), ('intermediate', 'intermediate grade'), ('senior', 'senior grade'), ('field', 'field certificate')], max_length=16),
        ),
    ]
