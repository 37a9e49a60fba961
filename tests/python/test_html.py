"""What notebooks show. Nothing of the data becomes HTML."""

from html.parser import HTMLParser

import foldin

EVIL = '<img src=x onerror="alert(1)">&amp;'
ALLOWED = {"p", "b", "table", "thead", "tbody", "tr", "th", "td", "div", "ul", "li"}


class Tags(HTMLParser):
    def __init__(self):
        super().__init__()
        self.tags = set()
        self.text = []

    def handle_starttag(self, tag, attrs):
        self.tags.add(tag)
        assert all(name == "style" for name, _ in attrs), (tag, attrs)

    def handle_data(self, data):
        self.text.append(data)


def checked(html):
    """The text of HTML whose tags are all its own."""
    parser = Tags()
    parser.feed(html)
    parser.close()
    assert parser.tags <= ALLOWED
    return "".join(parser.text)


def test_titles_ids_genres_and_names_are_escaped(events):
    titles = [{"id": f"m{n}", "title": f"{EVIL} {n}", "genres": [EVIL]} for n in range(20)]
    rows = [{**row, "item": row["item"] if n % 7 else EVIL} for n, row in enumerate(events)]
    data = foldin.read(rows, titles, name=EVIL)
    model = foldin.fit(data, search=False)
    liked = ["m0", "m1"]
    shown = [
        model.recommend(liked)._repr_html_(),
        model.similar("m0", k=40)._repr_html_(),
        model.items._repr_html_(),
        model.explain(EVIL, liked)._repr_html_(),
        model._repr_html_(),
        data._repr_html_(),
        model.metrics._repr_html_(),
    ]
    texts = [checked(html) for html in shown]
    assert all("<img src=x" in text for text in texts[:6])
    assert not any("<img" in html for html in shown)


def test_a_model_shows_figures_and_recommendations(model):
    text = checked(model._repr_html_())
    assert "ndcg@10" in text and "Film" in text and "Recommended to somebody who likes" in text
    assert "NDCG" not in checked(foldin.fit([("ann", "a")], min_support=1)._repr_html_())
