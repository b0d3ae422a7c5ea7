"""Charts as pictures (PNG), for a face that can't hold a drawing."""

import typst

from casescope.report.document import Document
from casescope.report.faces import typesetting
from casescope.report.faces.drawings import Drawings
from casescope.report.walking import figures

INCHES = 6.3
"""How wide a picture stands on a page of A4 with usual margins."""

_DOTS = 200


def pictures(document: Document, drawings: Drawings) -> dict[str, bytes]:
    """Return every chart's picture by the figure's id, 200 dots to the inch."""
    charts = list(figures(document))
    if not charts:
        return {}
    drawn = [typesetting.in_font(drawings.alone(one, typesetting.FONT)) for one in charts]
    made = typst.compile(
        typesetting.source("pictures"),
        format="png",
        ppi=_DOTS * INCHES * 72 / typesetting.DRAWN_WIDTH,
        font_paths=typesetting.fonts(),
        ignore_system_fonts=True,
        sys_inputs=typesetting.inputs(drawn),
    )
    pages = made if isinstance(made, list) else [made]
    return {figure.id: page for figure, page in zip(charts, pages, strict=True)}
