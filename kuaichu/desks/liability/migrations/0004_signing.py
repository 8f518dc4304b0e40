from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('liability', '0003_three_shares'),
    ]

    operations = [
        migrations.AddField(
            model_name='agreement',
            name='shown',
            field=models.JSONField(default=dict),
        ),
    ]
