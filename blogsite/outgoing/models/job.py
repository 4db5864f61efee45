"""A piece of work that waits, runs, or has ended."""

from django.utils.translation import gettext_lazy as _
from django_tasks_db.models import DBTaskResult


class Job(DBTaskResult):
    """The row that django-tasks keeps of a task, under our name and with our questions."""

    class Meta:
        proxy = True
        verbose_name = _("job")
        verbose_name_plural = _("jobs")

    def __str__(self):
        return self.task_path.rpartition(".")[2].replace("_", " ")

    @property
    def attempts(self) -> int:
        """How often it was begun; each beginning leaves the worker's id."""
        return len(self.worker_ids)

    @property
    def last_error(self) -> str:
        """What went wrong last, in one line; empty if nothing did."""
        lines = self.traceback.strip().splitlines()
        return lines[-1] if lines else ""
