"""Something to look at: a report in one file, the graph explorer, charts. Nothing is fetched from anywhere."""

from nlp_reform.view.pages import explorer, report

__all__ = ["explorer", "report"]
