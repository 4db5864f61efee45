"""Jobs: what waits, what runs, and what failed for good."""

from django.contrib import admin, messages
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from django_tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult, get_date_max

from blogsite.deskadmin import DeskAdmin
from blogsite.outgoing.models import Job

# Ours shows the same rows in words, and can run them again.
admin.site.unregister(DBTaskResult)


@admin.register(Job)
class JobAdmin(DeskAdmin, admin.ModelAdmin):
    list_display = ["__str__", "given", "status", "tried", "enqueued_at", "next_at", "problem"]
    list_filter = ["status", "queue_name"]
    search_fields = ["task_path"]
    ordering = ["-enqueued_at"]
    list_per_page = 50
    show_full_result_count = False
    actions = ["run_again"]
    fields = [
        "task_path",
        "given",
        ("status", "tried"),
        ("enqueued_at", "next_at"),
        ("started_at", "finished_at"),
        "problem",
        "trace",
    ]
    readonly_fields = ["given", "tried", "next_at", "problem", "trace"]

    def has_add_permission(self, request):
        return False

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        failed = obj is None or obj.status == TaskResultStatus.FAILED
        return failed and super().has_delete_permission(request, obj)

    def has_run_permission(self, request) -> bool:
        return super().has_change_permission(request)

    def get_actions(self, request):
        actions = super().get_actions(request)
        actions.pop("delete_selected", None)
        return actions

    @admin.action(description=_("Run again"), permissions=["run"])
    def run_again(self, request, queryset):
        failed = queryset.filter(status=TaskResultStatus.FAILED)
        # From the first attempt on, with all the patience of a new job.
        count = failed.order_by().update(
            status=TaskResultStatus.READY,
            run_after=timezone.now(),
            worker_ids=[],
            finished_at=None,
        )
        if count:
            told = ngettext("%d job will run again.", "%d jobs will run again.", count) % count
            self.message_user(request, told, messages.SUCCESS)
        else:
            self.message_user(request, _("None of these jobs has failed."), messages.WARNING)

    @admin.display(description=_("about"))
    def given(self, job):
        named = [f"{name}={value}" for name, value in job.args_kwargs["kwargs"].items()]
        return ", ".join([str(value) for value in job.args_kwargs["args"]] + named) or "-"

    @admin.display(description=_("attempts"))
    def tried(self, job):
        return job.attempts

    @admin.display(description=_("next attempt"))
    def next_at(self, job):
        waits = job.status == TaskResultStatus.READY and job.run_after != get_date_max()
        return job.run_after if waits else None

    @admin.display(description=_("last error"))
    def problem(self, job):
        return job.last_error[:200]

    @admin.display(description=_("details of the error"))
    def trace(self, job):
        return format_html('<pre class="outgoing-source">{}</pre>', job.traceback or "-")
