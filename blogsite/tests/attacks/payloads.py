"""What attackers send, beside the markup that `blogsite/tests/faults/payloads.py` has."""

from pathlib import Path

from blogsite.tests.faults.payloads import MARKUP

EVIL = "evil.example"

HOSTS = [
    EVIL,
    f"{EVIL}:80",
    f"testserver.{EVIL}",
    f"testserver:80@{EVIL}",
    f"testserver:{EVIL}",
    f"{EVIL}#testserver",
    f"testserver@{EVIL}",
    f"testserver, {EVIL}",
    f"testserver {EVIL}",
    "testserver:99999999",
    "testserver:80:80",
    "test\u017ferver",
    "127.0.0.1",
    "[::1]",
    "",
    "'\"><script>alert(1)</script>",
]

# Where a parameter such as next= would lead to, if it were believed.
FOREIGN_ADDRESSES = [
    f"https://{EVIL}/",
    f"http://{EVIL}/",
    f"//{EVIL}/",
    f"///{EVIL}/",
    f"////{EVIL}/",
    f"/\\{EVIL}/",
    f"\\\\{EVIL}/",
    f"\\/{EVIL}/",
    f"https:{EVIL}",
    f"https:/{EVIL}",
    f"https:///{EVIL}",
    f"/%09/{EVIL}/",
    f"/\t/{EVIL}/",
    f"\t//{EVIL}/",
    f" //{EVIL}/",
    f"/\n/{EVIL}/",
    f"http:\\\\{EVIL}",
    f"http://testserver@{EVIL}/",
    f"http://testserver.{EVIL}/",
    f"http://testserver:80@{EVIL}/",
    f"http://{EVIL}#testserver",
    f"http://{EVIL}?testserver",
    f"http://{EVIL}\\@testserver/",
    f"//testserver@{EVIL}/",
    f"@{EVIL}",
    f"//{EVIL}%2f@testserver/",
    "//evil\u3002example/",
    f"\u2044\u2044{EVIL}/",
    f"ftp://{EVIL}/",
    "javascript:alert(1)",
    "JaVaScRiPt://testserver/%0aalert(1)",
    "java\nscript:alert(1)",
    "data:text/html,<script>alert(1)</script>",
    "vbscript:msgbox(1)",
    f"/x\r\nLocation: https://{EVIL}/",
    f"/%0d%0aLocation:%20https://{EVIL}/",
]

# Parameters by which sites are told where to go, to send, or to fetch from.
DIRECTIONS = [
    "next", "redirect", "redirect_to", "redirect_url", "redirect_uri", "return", "return_to",
    "returnTo", "url", "uri", "u", "to", "goto", "go", "target", "dest", "destination", "continue",
    "back", "from", "ref", "referer", "callback", "out", "link", "view", "image", "src", "feed",
    "path", "file", "page_url", "success_url", "_popup", "_to_field",
]  # fmt: skip

TRAVERSALS = [
    "../../../../etc/passwd",
    "..%2f..%2f..%2fetc%2fpasswd",
    "%2e%2e/%2e%2e/%2e%2e/etc/passwd",
    "%2e%2e%2f%2e%2e%2fetc%2fpasswd",
    "..%252f..%252fetc%252fpasswd",
    "..%c0%af..%c0%afetc/passwd",
    "..%5c..%5cetc%5cpasswd",
    "..\\..\\etc\\passwd",
    "....//....//etc/passwd",
    "..;/..;/etc/passwd",
    "/etc/passwd",
    "//etc/passwd",
    "%2fetc%2fpasswd",
    "file:///etc/passwd",
    "../db.sqlite3",
    "../db.sqlite3%00.png",
    "images/../../db.sqlite3",
    "./../db.sqlite3",
    "..%2fdb.sqlite3",
    "../secret.png",
    "..%2fsecret.png",
    "images/../../secret.png",
    "%2e%2e/secret.png",
    "..%2f..%2f.env",
    "../manage.py",
    "../../blogsite/settings.py",
    "C:\\boot.ini",
    "con.png",
    "x" * 5000 + ".png",
    "a/" * 800 + "b.png",
    "%00.png",
    "%00",
    "%ff%fe.png",
    "\u202egnp.png",
]

SQL = [
    "'",
    '"',
    "''",
    "`",
    "\\",
    "\\'",
    "%",
    "_",
    "%%%",
    "1' OR '1'='1",
    "1 OR 1=1",
    "1) OR (1=1",
    "' UNION SELECT email, password FROM accounts_user --",
    '" UNION SELECT 1,2,3 --',
    "1; DROP TABLE posts_post; --",
    "'; DROP TABLE posts_post; --",
    "1 AND (SELECT COUNT(*) FROM accounts_user) > 0",
    "1' AND SLEEP(5) --",
    "1; SELECT pg_sleep(5) --",
    "' || (SELECT password FROM accounts_user LIMIT 1) || '",
    "admin'--",
    "1/**/OR/**/1=1",
    "%27%20OR%201=1",
    "0x27",
    "\u02bc OR 1=1",
    "NULL",
    "-1",
    "9" * 40,
    "1e400",
    "NaN",
    "\x1a",
    "\0",
]

# Each would say this number, or a secret of the site, if anybody took it for a template.
PRODUCT = "1787569"
TEMPLATES = [
    "{{1337*1337}}",
    "{{ 1337|add:1786232 }}",
    "${1337*1337}",
    "#{1337*1337}",
    "<%= 1337*1337 %>",
    "{% widthratio 1337 1 1337 %}",
    "{% load log %}{% debug %}",
    "{% include 'admin/base.html' %}",
    "{{ settings.SECRET_KEY }}",
    "{{ request.user.password }}",
    "{{ request.META }}",
    "{{ ''.__class__.__mro__ }}",
    "%(password)s",
    "{0.__class__.__init__.__globals__}",
    "{user.password}",
    "$(id)",
    "`id`",
]

LINE_BREAKS = [
    "x\r\nSet-Cookie: evil=1",
    "x\nSet-Cookie: evil=1",
    "x\rSet-Cookie: evil=1",
    "x%0d%0aSet-Cookie:%20evil=1",
    "x%0aSet-Cookie:%20evil=1",
    "x\u560a\u560dSet-Cookie: evil=1",
    "x\u2028Set-Cookie: evil=1",
    "x\x85Set-Cookie: evil=1",
    "x\r\n\r\n<html>evil",
    "x\r\nBcc: eve@evil.example",
]

NAMES = [*MARKUP, *TEMPLATES, *SQL, *LINE_BREAKS]

# What lies about on badly kept servers. None of it is here, and none of it breaks anything.
USUAL_PATHS = Path(__file__).with_name("usual_paths.txt").read_text().split()
