"""Texts that make a careless pattern try for hours.

Tried in a process that the system ends after so many seconds of the processor. The renderer has its
own: `posts/tests/test_rendering_limits.py`.
"""

PROCESSOR_SECONDS = 60
LENGTH = 20_000  # more than the address of a request can hold

TRY = """
import resource
resource.setrlimit(resource.RLIMIT_CPU, ({seconds}, {seconds}))
from django.conf import settings
from django.test import Client
client = Client(headers={{"host": settings.SITE_HOST, "sec-fetch-site": "same-origin"}})
parts = ["a", "-", " ", "(", "a-", "a.", "a@", "\\t", "www.", "http://", "&#", "%25", "\\u3000", "é", '"', "*", "a,"]
for part in parts:
    text = part * ({length} // len(part)) + "!"
    client.get("/search/", {{"q": text}})
    client.get("/", {{"page": text}})
    client.get("/post/under-fire/comments/", {{"reply": text, "thread": text, "order": text}})
    client.get("/" + text[:8000] + "/")
    head = text.encode().decode("latin-1")  # as a server hands on what it got
    client.get("/", headers={{"accept": head, "accept-language": head, "user-agent": head}})
    client.get("/", headers={{"cookie": head, "if-none-match": head, "x-forwarded-for": head}})
    client.post("/account/login/", {{"login": text, "password": text[:1000]}})
    client.post("/account/password/reset/", {{"email": text + "@example.org"}})
    form = {{"body": text[:9000], "name": text[:500], "email": text, "site": "https://" + text}}
    client.post("/post/under-fire/comments/", form | {{"stamp": text, "subscription": "none"}})
    client.post("/", text, content_type="multipart/form-data; boundary=" + head[:60])
print("done")
"""


def test_no_text_keeps_the_site_busy(furnished, tmp_path):
    site = type(furnished)(tmp_path / "site").copy_of(furnished)

    said = site.manage(
        "shell", "--verbosity=0", "--command", TRY.format(seconds=PROCESSOR_SECONDS, length=LENGTH)
    )

    assert said.endswith("done\n")
