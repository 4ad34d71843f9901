"""A picture as a file: SVG that stands alone, and PNG made of it by Typst.

Typst is told nothing but one line of ours and the SVG. It reads no file, loads no package, and sets
texts in the fonts that it brings: the same picture gives the same bytes on every machine.
"""

from __future__ import annotations

from xml.etree import ElementTree as ET

STYLE = """
.met{color:#0a6e5c}.missed{color:#b02a1f}.undecided{color:#805600}
.halo{fill:#ffffff}.bound{stroke:#1a2129}.caption,.soft{fill:#5a636d}.line{stroke:#e3dfd5}
.accent{color:#14466b}
"""
FONTS = "'Libertinus Serif','Iowan Old Style',Palatino,Georgia,serif"
INK, PAPER = "#1a2129", "#ffffff"
SPACE = "http://www.w3.org/2000/svg"
MOST_BYTES = 2 * 2**20
MOST_SIDE = 4000.0
PPI = 144
TEMPLATE = b"""#set page(width: auto, height: auto, margin: 0pt, fill: white)
#image(bytes(sys.inputs.svg), format: "svg", width: float(sys.inputs.width) * 1pt)
"""


def standalone(svg: str, title: str) -> str:
    """The SVG with its name space, size, title, paper and light colours.

    `svg` is one `<svg>` element with a `viewBox` whose texts are escaped. Raises `ValueError` for
    another one, and for one that is too large: faults of a kind.
    """
    if len(svg) > MOST_BYTES:
        raise ValueError(f"A picture has {len(svg):,} characters. Draw fewer rows.")
    root = ET.fromstring(svg)  # noqa: S314 - drawn by the library, which escapes its texts
    width, height = _size(root)
    root.attrib.pop("style", None)
    for name, value in (
        ("width", f"{width:g}"), ("height", f"{height:g}"), ("color", INK),
        ("font-family", root.get("font-family", FONTS)),
    ):  # fmt: skip
        root.set(name, value)
    x, y = root.attrib["viewBox"].split()[:2]
    paper = ET.Element(
        "rect", {"x": x, "y": y, "width": f"{width:g}", "height": f"{height:g}", "fill": PAPER}
    )
    named, style = ET.Element("title"), ET.Element("style")
    named.text, style.text = title, STYLE
    root[0:0] = [named, style, paper]
    if not root.tag.startswith("{"):
        root.set("xmlns", SPACE)
    else:
        ET.register_namespace("", SPACE)
    return ET.tostring(root, encoding="unicode")


def png(svg: str) -> bytes:
    """A standalone SVG as PNG, at twice its size in pixels. Raises `ValueError` as `standalone`."""
    import typst  # 80 MB of a shared library: loaded when the first picture is asked for

    width, _ = _size(ET.fromstring(svg))  # noqa: S314 - drawn by the library
    made = typst.compile(
        TEMPLATE, format="png", sys_inputs={"svg": svg, "width": f"{width:g}"}, ppi=PPI,
        ignore_system_fonts=True,
    )  # fmt: skip
    assert isinstance(made, bytes)
    return made


def _size(root: ET.Element) -> tuple[float, float]:
    box = [float(one) for one in root.get("viewBox", "").split()]
    if (
        not root.tag.endswith("svg")
        or len(box) != 4
        or not all(0 < x <= MOST_SIDE for x in box[2:])
    ):
        raise ValueError(f"A picture is one <svg> with a viewBox of at most {MOST_SIDE:g} a side.")
    return box[2], box[3]
