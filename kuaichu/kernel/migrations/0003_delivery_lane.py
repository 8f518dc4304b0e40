from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('kernel', '0002_alter_entry_payload'),
    ]

    operations = [
        migrations.RemoveIndex(model_name='delivery', name='delivery_due'),
        migrations.AddField(
            model_name='delivery',
            name='lane',
            field=models.CharField(blank=True, default='', max_length=16),
        ),
        migrations.AddIndex(
            model_name='delivery',
            index=models.Index(condition=models.Q(('held', False)), fields=['lane', 'priority', 'run_at'], name='delivery_due'),
        ),
    ]
