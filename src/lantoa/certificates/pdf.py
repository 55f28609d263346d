"""A certificate as PDF, set by Typst from the snapshot, with a QR code that leads to its check."""

import io
import json
from pathlib import Path

import segno
import typst
from django.utils.translation import gettext as _

from lantoa.certificates.models import Certificate
from lantoa.certificates.rules import register_entry
from lantoa.web.formats import day

LAYOUT = (Path(__file__).parent / "certificate.typ").read_bytes()


def qr_svg(url: str) -> str:
    drawn = io.BytesIO()
    segno.make(url, error="m", micro=False).save(drawn, kind="svg", border=0, xmldecl=False)
    return drawn.getvalue().decode()


def _said(certificate: Certificate, url: str) -> dict[str, str]:
    told = certificate.snapshot
    return {
        "issuer": told["issuer"],
        "title": told["title"],
        "name": certificate.holder_name,
        "born": day(certificate.holder_birth_date) if certificate.holder_birth_date else "",
        "post": ", ".join(word for word in (told["post"], told["unit"]) if word),
        "programme": told["programme"],
        "cohort": told["cohort"],
        "hours": str(told["hours"] or ""),
        "date": day(certificate.issued_at),
        "serial": certificate.serial,
        "entry": register_entry(certificate.register_number, certificate.register.year),
        "url": url,
        "revoked": _("ĐÃ THU HỒI") if hasattr(certificate, "revocation") else "",
    }


def certificate_pdf(certificate: Certificate, check_url: str) -> bytes:
    """About 27 KB and 15 ms each."""
    inputs = {"said": json.dumps(_said(certificate, check_url)), "qr": qr_svg(check_url)}
    made: bytes = typst.compile(LAYOUT, sys_inputs=inputs, format="pdf")
    return made
