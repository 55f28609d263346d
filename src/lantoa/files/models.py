from typing import ClassVar

from django.db import models

from lantoa.kernel import clock, ids


class StoredFile(models.Model):
    """An uploaded file that passed the checks of `files.rules`. Its bytes lie under the data
    directory by digest; the name the user gave is for showing only and never becomes a path."""

    public_id = models.UUIDField(unique=True, default=ids.new_id, editable=False)
    name = models.CharField(max_length=200)
    media_type = models.CharField(max_length=100)
    size = models.PositiveBigIntegerField(help_text="bytes")
    sha256 = models.CharField(max_length=64)
    uploaded_at = models.DateTimeField(default=clock.now)
    uploaded_by_id = models.BigIntegerField(null=True)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["sha256"], name="files_sha256")]

    def __str__(self) -> str:
        return self.name

    @property
    def path(self) -> str:
        """Relative to the media directory."""
        return f"{self.sha256[:2]}/{self.sha256}"
