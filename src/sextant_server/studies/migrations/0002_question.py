"""Which studies ask the same, and the number that others can rest on.

Studies that were kept before get their question, so that they can be cited; their number is not
worked out again, so that they are cited by verdict and headline.
"""

import hashlib
import json

from django.apps.registry import Apps
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def fill(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    studies = apps.get_model("studies", "Study").objects.select_related("version", "other")
    for study in studies.defer("record", "states").iterator(chunk_size=200):
        asked = {
            key: value for key, value in study.asked.items() if key not in ("version", "other")
        }
        text = json.dumps(asked, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
        tables = [one.source_id if one else None for one in (study.version, study.other)]
        held = [study.product_id, study.kind, _digest(text), *tables, study.contract_id]
        study.question = _digest(":".join(map(str, held)))
        study.opened_at = study.recorded_at
        study.save(update_fields=["question", "opened_at"])


class Migration(migrations.Migration):
    dependencies = [("studies", "0001_initial"), ("sources", "0001_initial")]

    operations = [
        migrations.AddField(
            model_name="study",
            name="question",
            field=models.CharField(blank=True, db_index=True, default="", max_length=64),
            preserve_default=False,
        ),
        migrations.AddField(model_name="study", name="figure", field=models.JSONField(null=True)),
        migrations.AddField(
            model_name="study", name="opened_at", field=models.DateTimeField(null=True)
        ),
        migrations.RunPython(fill, migrations.RunPython.noop),
    ]
