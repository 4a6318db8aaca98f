"""The pages that leave casework: each one file that loads nothing."""

from jinja2 import Environment, PackageLoader, StrictUndefined


def render(template: str, **values: object) -> str:
    """Return a page from one of our templates; a name that it lacks is an error, and text never becomes markup."""
    pages = Environment(
        loader=PackageLoader("casework.export"), autoescape=True, undefined=StrictUndefined, trim_blocks=True
    )
    return pages.get_template(template).render(**values)
