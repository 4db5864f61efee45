"""It serves any Django project: it imports nothing of this site."""

import ast
import subprocess
import sys
from pathlib import Path

from django.conf import settings

import blogsite.pagecache

# A whole project: a page that lists the groups of django.contrib.auth, asked for in between.
PROJECT = """
import io, sys
from pathlib import Path
import django
from django.conf import settings

settings.configure(
    ALLOWED_HOSTS=["example.org"],
    DATABASES={"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": sys.argv[1] + "/db"}},
    INSTALLED_APPS=["django.contrib.contenttypes", "django.contrib.auth", "blogsite.pagecache"],
    PAGECACHE_TOPICS=Path(sys.argv[1], "topics"),
    ROOT_URLCONF="__main__",
    SECRET_KEY="x",
    SITE_URL="http://example.org",
    STATIC_URL="/static/",
)
django.setup()

from django.contrib.auth.models import Group
from django.core.management import call_command
from django.core.wsgi import get_wsgi_application
from django.http import HttpResponse
from django.urls import path
from blogsite.pagecache import keep
from blogsite.pagecache.layer import PageCache

asked = []

@keep()
def groups(request):
    asked.append(1)
    return HttpResponse(", ".join(Group.objects.values_list("name", flat=True)))

urlpatterns = [path("groups/", groups)]
application = PageCache(get_wsgi_application())

def ask():
    environ = {
        "REQUEST_METHOD": "GET", "PATH_INFO": "/groups/", "HTTP_HOST": "example.org",
        "SERVER_NAME": "example.org", "SERVER_PORT": "80", "SERVER_PROTOCOL": "HTTP/1.1",
        "wsgi.url_scheme": "http", "wsgi.input": io.BytesIO(), "wsgi.errors": sys.stderr,
    }
    return b"".join(application(environ, lambda status, headers: None)).decode()

call_command("migrate", verbosity=0)
call_command("makemigrations", "pagecache", check=True, dry_run=True, verbosity=0)
told = [ask(), ask()]
Group.objects.create(name="one")
told += [ask(), ask()]
ours = {name for name in sys.modules if name.startswith(("posts", "comments", "accounts"))}
ours |= {name for name in sys.modules if name.startswith("blogsite.")}
print(told, len(asked), [name for name in ours if not name.startswith("blogsite.pagecache")])
"""


def test_bare_project_keeps_a_page_until_it_changes(tmp_path):
    done = subprocess.run(
        [sys.executable, "-c", PROJECT, str(tmp_path)],
        cwd=settings.BASE_DIR,
        capture_output=True,
        text=True,
    )

    assert (done.stderr, done.stdout) == ("", "['', '', 'one', 'one'] 2 []\n")


def test_it_imports_nothing_of_this_site():
    folder = Path(blogsite.pagecache.__file__).parent
    found = {
        node.module
        for path in folder.rglob("*.py")
        if "tests" not in path.parts
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.ImportFrom)
        if node.module.split(".")[0] in {"accounts", "blogsite", "comments", "posts"}
    }

    assert {name for name in found if not name.startswith("blogsite.pagecache")} == set()
