"""Pictures drawn anew in a process of its own."""

import io
import struct
import zlib

import pytest
from PIL import Image

from helpdesk.attachments.rasters import NotAPicture, draw_anew
from tests.helpdesk.attachments.conftest import a_picture


def _png(width: int, height: int, data: bytes) -> bytes:
    def chunk(kind: bytes, content: bytes) -> bytes:
        return (
            struct.pack("!I", len(content))
            + kind
            + content
            + struct.pack("!I", zlib.crc32(kind + content))
        )

    head = struct.pack("!IIBBBBB", width, height, 8, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", data) + chunk(b"IEND", b"")


def _band(content: bytes, name: str) -> bytes:
    return Image.open(io.BytesIO(content)).convert("RGB").getchannel(name).tobytes()


@pytest.mark.parametrize("kind", ["GIF", "JPEG", "PNG", "WEBP"])
def test_a_picture_comes_out_with_the_same_points(kind: str) -> None:
    raster = draw_anew(a_picture(kind))
    assert (raster.width, raster.height) == (8, 4)
    assert min(_band(raster.content, "R")) > 240
    assert max(_band(raster.content, "G") + _band(raster.content, "B")) < 20


def test_what_was_hidden_in_a_picture_is_gone() -> None:
    hidden = a_picture("JPEG", comment=b"<script>alert(1)</script>") + b"<script>alert(1)</script>"
    assert b"script" not in draw_anew(hidden).content


def test_where_a_photo_was_taken_is_gone_and_it_stands_upright() -> None:
    exif = Image.Exif()
    exif[0x0112] = 6
    exif[0x010E] = "Melbourne, 37.8 S"
    raster = draw_anew(a_picture("JPEG", exif=exif))
    assert (raster.width, raster.height) == (4, 8)
    assert b"Melbourne" not in raster.content
    assert Image.open(io.BytesIO(raster.content)).getexif() == {}


def test_transparency_stays() -> None:
    raster = draw_anew(a_picture("PNG", mode="RGBA"))
    assert raster.content_type == "image/png"
    assert Image.open(io.BytesIO(raster.content)).mode == "RGBA"


def test_points_beyond_those_that_were_announced_are_not_unpacked() -> None:
    raster = draw_anew(_png(10, 10, zlib.compress(b"\x00" * 100_000_000, 9)))
    assert (raster.width, raster.height) == (10, 10)


def test_a_large_picture_is_made_smaller() -> None:
    raster = draw_anew(a_picture("JPEG", size=(4096, 1024)))
    assert (raster.width, raster.height) == (2048, 512)


@pytest.mark.parametrize(
    ("bomb", "content"),
    [
        ("nothing", b""),
        ("words", b"words"),
        ("svg", b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>"),
        ("cut", a_picture("JPEG", size=(600, 400))[:300]),
        ("more points than 40 megapixels", a_picture("PNG", size=(7000, 6000), mode="1")),
        ("header that claims 10 gigapixels", _png(100_000, 100_000, zlib.compress(b"x"))),
        ("canvas of 4 gigapixels", b"GIF89a" + struct.pack("<HH", 65535, 65535) + b"\x00" * 9),
        ("bmp", a_picture("BMP")),
        ("tiff", a_picture("TIFF")),
        ("eps", b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 1 1\n"),
    ],
)
def test_what_is_no_picture_that_we_draw_is_refused(bomb: str, content: bytes) -> None:
    with pytest.raises(NotAPicture):
        draw_anew(content)
