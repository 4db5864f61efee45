"""How bodies are converted: template code, pictures' addresses, links between texts."""

import pytest

from posts.importers.markdown import import_folder
from posts.models import Page, Post

pytestmark = pytest.mark.django_db


def body_of(folder, text: str, *, style: str = "plain") -> str:
    """The body that `text` becomes in a folder of that style."""
    place = {
        "plain": "note.md",
        "jekyll": "_posts/2020-01-02-note.md",
        "hugo": "content/posts/note.md",
    }
    path = folder / place[style]
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f"---\ntitle: Note\n---\n{text}")
    import_folder(folder)
    return Post.objects.get().body.strip()


def problems_of(folder) -> list[str]:
    return [problem["reason"] for problem in import_folder(folder, dry_run=True).problems]


@pytest.mark.parametrize(
    ("liquid", "markdown"),
    [
        ("{% highlight python %}\nx = 1\n{% endhighlight %}", "```python\nx = 1\n```"),
        (
            "{% highlight python linenos %}\nx = 1\n{% endhighlight %}",
            "```python linenos\nx = 1\n```",
        ),
        (
            '{% include "linked-figure.html", image: "/a.png", alt: "A door", caption: "Red" %}',
            '![A door](/a.png "Red")',
        ),
        (
            '{% highlight ruby mark_lines="1 2" %}\nx\n{% endhighlight %}',
            "```ruby hl=1,2\nx\n```",
        ),
        (
            "{% codeblock app.py lang:python %}\nx\n{% endcodeblock %}",
            '```python title="app.py"\nx\n```',
        ),
        ("{% highlight md %}\n```\nx\n```\n{% endhighlight %}", "````md\n```\nx\n```\n````"),
        ("[a]({{ site.baseurl }}/b/)", "[a](/b/)"),
        ('[a]({{ "/b/" | relative_url }})', "[a](/b/)"),
        ("[a]({{ 'b' | prepend: site.baseurl }})", "[a](/b)"),
        ("{% raw %}{{ shown }}{% endraw %}", "{{ shown }}"),
        ("a{% comment %} hidden {% endcomment %}b", "ab"),
        ("{% youtube aqz-KE-bpKQ %}", "https://www.youtube.com/watch?v=aqz-KE-bpKQ"),
        ("{% vimeo 1084537 %}", "https://vimeo.com/1084537"),
        (
            "{% gist ada/1234 %}",
            "[https://gist.github.com/ada/1234](https://gist.github.com/ada/1234)",
        ),
        (
            '{{ "https://www.youtube-nocookie.com/embed/aqz-KE-bpKQ" | embed: "Bunny" }}',
            "https://www.youtube.com/watch?v=aqz-KE-bpKQ",
        ),
        (
            '{% include youtube.html id="aqz-KE-bpKQ" %}',
            "https://www.youtube.com/watch?v=aqz-KE-bpKQ",
        ),
        (
            '{% include figure.html src="https://example.org/a.png" alt="A" caption="B" %}',
            '![A](https://example.org/a.png "B")',
        ),
        ('{% img left https://example.org/a.png 350 200 "A" %}', "![A](https://example.org/a.png)"),
        (
            '<figure>\n  {% image "https://example.org/a.png" "A & B" %}\n</figure>',
            '<figure>\n  <img src="https://example.org/a.png" alt="A &amp; B">\n</figure>',
        ),
        ("Text\n{: .lead}", "Text"),
        ("`{% raw %}{{ x }}{% endraw %}`", "`{{ x }}`"),
    ],
)
def test_liquid_becomes_markdown(tmp_path, liquid, markdown):
    assert body_of(tmp_path, liquid, style="jekyll") == markdown


@pytest.mark.parametrize(
    ("shortcode", "markdown"),
    [
        ("{{< highlight go >}}\nx\n{{< /highlight >}}", "```go\nx\n```"),
        (
            '{{< highlight go "linenos=table,hl_lines=1 3-4" >}}\nx\n{{< / highlight >}}',
            "```go hl=1,3-4 linenos\nx\n```",
        ),
        (
            '{{< figure src="https://example.org/a.png" alt="A" title="T" caption="C" >}}',
            '![A](https://example.org/a.png "T. C")',
        ),
        ("{{< youtube aqz-KE-bpKQ >}}", "https://www.youtube.com/watch?v=aqz-KE-bpKQ"),
        (
            '{{< youtube id="aqz-KE-bpKQ" autoplay="true" >}}',
            "https://www.youtube.com/watch?v=aqz-KE-bpKQ",
        ),
        ("{{< vimeo 1084537 >}}", "https://vimeo.com/1084537"),
        (
            "{{< gist ada 1234 >}}",
            "[https://gist.github.com/ada/1234](https://gist.github.com/ada/1234)",
        ),
        (
            '{{< tweet user="ada" id="12" >}}',
            "[https://twitter.com/ada/status/12](https://twitter.com/ada/status/12)",
        ),
        ('[a]({{< ref "note.md#b" >}})', "[a](/post/note/#b)"),
        ('[a]({{% relref "/posts/note" %}})', "[a](/post/note/)"),
        ("{{</* figure */>}}", "{{< figure >}}"),
    ],
)
def test_shortcode_becomes_markdown(tmp_path, shortcode, markdown):
    assert body_of(tmp_path, shortcode, style="hugo") == markdown


@pytest.mark.parametrize(
    "code",
    [
        "```\n{% youtube aqz-KE-bpKQ %}\n```",
        "~~~~ text\n{{< youtube aqz-KE-bpKQ >}}\n~~~\n~~~~",
        "- item\n\n  ```\n  ![a](missing.png)\n  ```",
        "`{{ site.baseurl }}` and ``{% gist a/1 %}``",
        "<pre>{% gist a/1 %}</pre>",
    ],
)
def test_code_stays_as_it_is(tmp_path, code):
    assert body_of(tmp_path, code) == code


def test_unknown_template_code_stays_and_is_reported_with_its_number(tmp_path):
    text = '{% notebook a.ipynb %}\n\n{% notebook b.ipynb %}\n\n{{ "ada" | team_link }}'

    assert body_of(tmp_path, text) == text
    assert problems_of(tmp_path) == [
        "Template code stays as text: {% notebook %} (2), {{ … | team_link }} (1)."
    ]


def test_links_between_imported_texts_follow_their_new_addresses(tmp_path):
    posts = tmp_path / "_posts"
    posts.mkdir()
    (posts / "2019-03-04-first.md").write_text("---\ntitle: First\n---\nOne.")
    (posts / "2020-01-02-second.md").write_text(
        "---\ntitle: Second\n---\n"
        "[a](/2019/03/04/first.html#top) [b]({% post_url 2019-03-04-first %}) "
        '[c](2019-03-04-first.md) <a href="/2019/03/04/first/">d</a>\n\n[e]: /2019/03/04/first/\n'
    )

    import_folder(tmp_path)

    assert Post.objects.get(slug="second").body == (
        "[a](/post/first/#top) [b](/post/first/) [c](/post/first/) "
        '<a href="/post/first/">d</a>\n\n[e]: /post/first/\n'
    )


def test_excerpt_marker_of_the_old_site_becomes_ours(tmp_path):
    (tmp_path / "_config.yml").write_text("excerpt_separator: <!--cut-->")

    assert body_of(tmp_path, "One.\n<!--cut-->\nTwo.", style="jekyll") == "One.\n<!--more-->\nTwo."


def test_page_made_by_a_loop_comes_in_as_a_draft(tmp_path):
    (tmp_path / "_config.yml").write_text("title: Blog")
    (tmp_path / "books.md").write_text(
        "---\ntitle: Books\n---\n{% for b in site.data.books %}x{% endfor %}"
    )

    import_folder(tmp_path)

    assert Page.objects.get().published_at is None


@pytest.mark.parametrize(
    ("formula", "here"),
    [
        (r"$K\_X(\pi\_i)$", r"$K_X(\pi_i)$"),
        ("$$\nP\\_1 = x\\_1 \\\\\\\\\\\\\nP\\_2\n$$", "$$\nP_1 = x_1 \\\\\nP_2\n$$"),
        # TeX as TeX: an underscore in words, or no escape at all.
        (r"$\text{snake\_case}_i$", r"$\text{snake\_case}_i$"),
        (r"$a_1 \\ b$", r"$a_1 \\ b$"),
        # No formula: prices, and names outside of one.
        (r"It costs $5 and snake\_case costs $6", r"It costs $5 and snake\_case costs $6"),
        (r"`$x\_1$`", r"`$x\_1$`"),
    ],
)
def test_formula_escaped_for_markdown_becomes_plain_tex(tmp_path, formula, here):
    assert body_of(tmp_path, formula, style="hugo") == here
