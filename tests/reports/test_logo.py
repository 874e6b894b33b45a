"""The clinic's logo: what is printed of it, and what is said of a file that cannot be printed."""

import io
import random
import struct
import subprocess
import sys
import zlib
from pathlib import Path

import pytest
from paper_samples import TEMPLATES, card, comparison, letter, printed, sheet
from pdf_reading import pages, said
from PIL import Image, PngImagePlugin

from mmt.reports.logo import find_logo

SVG = (
    '<?xml version="1.0"?><!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "http://www.w3.org/svg11.dtd">'
    '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink"'
    ' xmlns:tool="http://tool.example/" viewBox="0 0 300 100"><tool:view zoom="2"/>'
    '<defs><linearGradient id="fade"><stop stop-color="#17414f"/><stop offset="1" stop-color="#ffffff"/>'
    '</linearGradient><path id="leaf" d="M0 50 Q 50 0 100 50 Q 50 100 0 50"/></defs>'
    '<use xlink:href="#leaf" fill="url(#fade)"/><use href="#leaf" x="200" style="fill:#b3261e"/>%s</svg>'
)


def picture(kind: str, size: tuple[int, int] = (300, 100), mode: str = "RGBA", **more: object) -> bytes:
    out = io.BytesIO()
    ground = Image.new(mode, size)
    if mode != "1":
        ground.paste((179, 38, 30), (0, 0, size[0] // 2, size[1]))
    ground.save(out, kind, **more)
    return out.getvalue()


def photograph() -> bytes:
    out = io.BytesIO()
    Image.frombytes("RGB", (900, 400), random.Random(7).randbytes(900 * 400 * 3)).save(out, "PNG")
    return out.getvalue()


def found(folder: Path, name: str, data: bytes) -> tuple[bytes, list[str]]:
    templates = folder / "templates"
    templates.mkdir(exist_ok=True)
    (templates / name).write_bytes(data)
    return find_logo(templates)


GOOD = {
    "logo.png": picture("PNG"),
    "Logo.PNG": picture("PNG", mode="RGB"),
    "logo.jpg": picture("JPEG", mode="RGB"),
    "logo.jpeg": picture("JPEG", size=(4000, 3000), mode="RGB"),
    "logo.svg": (SVG % "").encode(),
}


@pytest.mark.parametrize("name", GOOD)
def test_a_logo_stands_at_the_head_of_the_first_page_of_every_paper(tmp_path: Path, name: str) -> None:
    logo, problems = found(tmp_path, name, GOOD[name])
    assert problems == []
    made = (
        printed(sheet(logo=logo), TEMPLATES["hand-out"]),
        printed(card(logo=logo), TEMPLATES["warning-card"]),
        printed(letter(logo=logo), TEMPLATES["referral-letter"]),
        printed(comparison(logo=logo), TEMPLATES["comparison"]),
    )
    for pdf in made:
        first, *others = pages(pdf)
        assert len(first.images) == 1
        assert all(len(page.images) == 0 for page in others)
        assert len(pdf) < 150_000


def test_the_logo_is_as_high_as_the_template_says_and_beside_the_clinics_name(tmp_path: Path) -> None:
    logo, _ = found(tmp_path, "logo.png", picture("PNG", size=(100, 100)))
    pdf = printed(sheet(logo=logo), TEMPLATES["hand-out"])
    content = pages(pdf)[0].get_contents().get_data().decode("latin-1")
    placed = next(
        line
        for line in content.splitlines()
        if line.endswith(" cm") and " 0 0 " in line and "1 0 0 1" not in line
    )
    wide, _, _, high, x, y = map(float, placed.split()[-7:-1])
    assert (wide, high) == pytest.approx((16 / 25.4 * 72,) * 2, abs=0.1)
    assert x + wide == pytest.approx(595.3 - 17 / 25.4 * 72, abs=0.1)
    name = next(one for one in said(pages(pdf)[0]) if one.text == "Riverside Chiropractic")
    assert name.right < x
    assert y < name.y < y + high


def test_a_photograph_stays_small(tmp_path: Path) -> None:
    logo, problems = found(tmp_path, "logo.png", photograph())
    assert problems == []
    assert logo.startswith(b"\xff\xd8")
    assert len(logo) < 700_000


def marked() -> dict[str, bytes]:
    """Logos that hold more than their picture."""
    told = PngImagePlugin.PngInfo()
    told.add_text("Comment", "secret-of-the-file")
    exif = Image.Exif()
    exif[0x010E] = "secret-of-the-file"
    title = SVG % "<title>secret-of-the-file</title><!-- secret-of-the-file -->"
    return {
        "logo.png": picture("PNG", pnginfo=told) + b"secret-of-the-file",
        "logo.jpg": picture("JPEG", mode="RGB", exif=exif, comment=b"secret-of-the-file")
        + b"secret-of-the-file",
        "logo.svg": title.encode(),
    }


@pytest.mark.parametrize("name", marked())
def test_nothing_of_the_file_but_its_pixels_is_printed(tmp_path: Path, name: str) -> None:
    data = marked()[name]
    assert b"secret" in data
    logo, problems = found(tmp_path, name, data)
    assert problems == []
    pdf = printed(sheet("E01:left", logo=logo), TEMPLATES["hand-out"])
    assert all(b"secret" not in part for part in (logo, pdf, *streams(pdf)))


def streams(pdf: bytes) -> list[bytes]:
    """Every stream of the file, unpacked where it is packed."""
    found = []
    for part in pdf.split(b"stream")[1::2]:
        body = part.strip(b"\r\n").removesuffix(b"end")
        try:
            found.append(zlib.decompressobj().decompress(body))
        except zlib.error:
            found.append(body)
    return found


def test_the_drawing_is_printed_as_it_looks(tmp_path: Path) -> None:
    logo, _ = found(tmp_path, "logo.svg", (SVG % "").encode())
    shown = Image.open(io.BytesIO(logo)).convert("RGB")
    wide, high = shown.size
    assert wide / high == pytest.approx(3, abs=0.05)
    assert shown.getpixel((wide // 2, high // 2)) == (255, 255, 255)
    assert shown.getpixel((wide * 5 // 6, high // 2)) == (0xB3, 0x26, 0x1E)
    red, green, blue = shown.getpixel((wide // 30, high // 2))
    assert red < green < blue < 150


BOMB = "".join(f'<g id="g{n}">{f"<use href={chr(34)}#g{n - 1}{chr(34)}/>" * 9}</g>' for n in range(1, 9))


def png_of(wide: int, high: int) -> bytes:
    """A PNG whose head claims this size."""
    head, body = struct.pack(">4sII5B", b"IHDR", wide, high, 1, 0, 0, 0, 0), b"IDAT"
    chunks = (
        struct.pack(">I", len(one) - 4) + one + struct.pack(">I", zlib.crc32(one)) for one in (head, body)
    )
    return b"\x89PNG\r\n\x1a\n" + b"".join(chunks)


TURNED = bytes.fromhex(
    "457869660000 4d4d002a00000008 0002 01030002000000027800000001120003000000010006000000000000"
)
"""Exif of a camera that Pillow cannot write again once it has turned the picture upright."""

BAD = {
    "text": ("logo.svg", (SVG % "<text>Clinic</text>").encode(), "holds text; turn it into paths"),
    "picture": ("logo.svg", (SVG % '<image href="a.png"/>').encode(), "use the picture itself"),
    "script": ("logo.svg", (SVG % "<script>x</script>").encode(), "holds <script>"),
    "foreign": ("logo.svg", (SVG % "<foreignObject/>").encode(), "holds <foreignObject>"),
    "link": ("logo.svg", (SVG % '<use href="other.svg#a"/>').encode(), "outside the file"),
    "style": ("logo.svg", (SVG % "<style>@import 'x.css';</style>").encode(), "outside the file"),
    "fill": ("logo.svg", (SVG % '<path style="fill:url(http://a/b#c)"/>').encode(), "outside the file"),
    "entities": ("logo.svg", b'<!DOCTYPE svg [<!ENTITY a "b">]>' + (SVG % "&a;").encode(), "holds entities"),
    "copies": ("logo.svg", (SVG % BOMB).encode(), "copies its shapes too often"),
    "long": ("logo.svg", (SVG % "").replace("0 0 300 100", "0 0 3000 10").encode(), "8 times"),
    "no size": ("logo.svg", (SVG % "").replace("viewBox", 'width="0" viewBox').encode(), "cannot be drawn"),
    "groups": ("logo.svg", (SVG % ("<g>" * 300 + "</g>" * 300)).encode(), "100 shapes in each other"),
    "foreign groups": ("logo.svg", (SVG % ("<tool:g>" * 900 + "</tool:g>" * 900)).encode(), "each other"),
    "very high": ("logo.svg", (SVG % "").replace("0 0 300 100", "0 0 1 1e12").encode(), "8 times"),
    "cut svg": ("logo.svg", (SVG % "")[:-20].encode(), "is damaged"),
    "html": ("logo.svg", b"<html><body/></html>", "is no PNG, JPEG or SVG"),
    "pale": ("logo.png", picture("PNG", size=(1, 1), mode="RGBA"), "cannot be seen on white paper"),
    "gif": ("logo.png", picture("GIF", mode="RGB"), "is damaged or no PNG"),
    "cut png": ("logo.png", picture("PNG", size=(500, 500))[:300], "is damaged"),
    "empty": ("logo.jpg", b"", "is damaged"),
    "claims": ("logo.png", png_of(12000, 12000), "12000 × 12000 pixels"),
    "bomb": ("logo.png", png_of(60000, 60000), "far too many pixels"),
    "exif": ("logo.jpg", picture("JPEG", mode="RGB", exif=TURNED), "is damaged"),
    "pixels": ("logo.png", picture("PNG", size=(9000, 9000), mode="1"), "9000 × 9000 pixels"),
    "large": ("logo.png", b"\x89PNG" + bytes(2_000_001), "larger than 2 MB"),
}  # fmt: skip


@pytest.mark.parametrize("fault", BAD)
def test_a_logo_that_cannot_be_printed_is_named_with_what_to_do(tmp_path: Path, fault: str) -> None:
    name, data, says = BAD[fault]
    logo, problems = found(tmp_path, name, data)
    assert logo == b""
    assert len(problems) == 1
    assert problems[0].startswith(f"templates/{name}: ")
    assert says in problems[0]
    assert problems[0].endswith("papers are printed without a logo")


def chain(kind: str, use: str, times: int) -> str:
    """Masks, each of them masked by the next, or patterns filled with patterns."""
    shape = '<rect width="300" height="100" {}/>'
    links = (shape.format(f'{use}="url(#m{at})"') for at in range(1, times))
    made = (
        f'<{kind} id="m{at}" width="300" height="100">{one}</{kind}>'
        for at, one in enumerate((*links, shape.format("")))
    )
    return "".join(made) + shape.format(f'{use}="url(#m0)"')


HARD = {
    "masks of masks": chain("mask", "mask", 3000),
    "patterns of patterns": chain("pattern", "fill", 2000),
    "enormous numbers": '<path d="M-1e30 -1e30 L1e30 1e30 A 1e30 1e-30 0 0 0 5 5 Z" stroke="red"/>',
}
"""Drawings at which the library that draws ends its process."""


def test_a_logo_that_ends_the_process_that_draws_it_does_not_end_mmt(tmp_path: Path) -> None:
    for name, body in HARD.items():
        (tmp_path / name).mkdir()
        (tmp_path / name / "logo.svg").write_text(SVG % body, "utf-8")
    script = (
        "import pathlib, sys; from mmt.reports.logo import find_logo\n"
        "for one in sys.argv[1:]: print(*find_logo(pathlib.Path(one)))"
    )
    places = [str(tmp_path / name) for name in HARD]
    ran = subprocess.run([sys.executable, "-c", script, *places], capture_output=True, text=True, check=False)
    assert (ran.returncode, ran.stderr) == (0, "")
    said = ran.stdout.splitlines()
    assert [line for line in said if "cannot be drawn" not in line and "takes too long" not in line] == []
    assert len(said) == len(HARD)


def test_a_logo_that_takes_too_long_is_given_up(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("mmt.reports.logo.drawing._TIMEOUT_S", 0.3)
    body = '<rect width="300" height="100" opacity="0.5"/>' * 40_000
    logo, problems = found(tmp_path, "logo.svg", (SVG % body).encode())
    assert logo == b""
    assert "takes too long to draw; save it simpler, or as a PNG" in problems[0]


@pytest.mark.parametrize("unit", ["mm", "in", "pt", "px"])
def test_a_drawing_may_tell_its_size_in_any_unit(tmp_path: Path, unit: str) -> None:
    sized = (SVG % "").replace("viewBox", f'width="90{unit}" height="30{unit}" viewBox')
    logo, problems = found(tmp_path, "logo.svg", sized.encode())
    assert problems == []
    wide, high = Image.open(io.BytesIO(logo)).size
    assert wide / high == pytest.approx(3, abs=0.05)


def test_of_two_logos_the_one_that_is_not_printed_is_named(tmp_path: Path) -> None:
    found(tmp_path, "logo.png", picture("PNG"))
    logo, problems = found(tmp_path, "logo.svg", (SVG % "").encode())
    assert logo
    assert problems == ["templates/logo.png: is not printed, logo.svg is; keep one of them"]


def test_without_a_logo_nothing_is_said(tmp_path: Path) -> None:
    assert find_logo(tmp_path / "nowhere") == (b"", [])


def test_the_same_logo_gives_the_same_bytes(tmp_path: Path) -> None:
    logo, _ = found(tmp_path, "logo.svg", (SVG % "").encode())
    again, _ = found(tmp_path, "logo.svg", (SVG % "").encode())
    assert logo == again
    made = [printed(sheet("E01:left", logo=logo), TEMPLATES["hand-out"]) for _ in range(2)]
    assert made[0] == made[1]
