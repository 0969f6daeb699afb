"""The pages around the chat: full page, iframe, a ward's demo page, the widget's files, health. Knows nothing of how replies are made."""

from __future__ import annotations

from pathlib import Path

from fastapi import APIRouter, Request, Response
from fastapi.responses import JSONResponse
from starlette.staticfiles import StaticFiles

from bot.channels.web import form
from bot.channels.web.api import Ids, TheAssistant

STATIC = Path(__file__).parent / "static"
CONTENT_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self' data:; "
    "form-action 'self'; base-uri 'none'; frame-src 'self'; frame-ancestors {ancestors}"
)
HEADERS = {
    "Cache-Control": "no-store",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), browsing-topics=()",
}
router = APIRouter(include_in_schema=False)


@router.get("/")
async def page(request: Request, assistant: TheAssistant, w: Ids = "") -> Response:
    """The chat as a page of its own; ``w`` shows windows that were carried over by the QR code."""
    return _page(request, "chat.html", windows=assistant.services(w.split(",")), start=form.first_page(request))


@router.get("/embed")
async def embed(request: Request) -> Response:
    """The chat for an iframe on the sites of ``SHIRUBE_ALLOWED_ORIGINS``."""
    origins = " ".join(request.app.state.settings.allowed_origins)
    return _page(request, "chat.html", f"'self' {origins}".strip(), windows=[], start=form.first_page(request))


@router.get("/demo")
async def demo(request: Request) -> Response:
    """What a ward's page looks like with the one line in it."""
    return _page(request, "demo.html")


@router.post("/form")
async def answer_form(request: Request) -> Response:
    """One step of the talk without JavaScript."""
    return _page(request, "form.html", page=await form.answer(request))


@router.get("/widget/readings.json")
async def readings() -> JSONResponse:
    """How the words of the knowledge are read, for ふりがな above texts that carry no readings."""
    return JSONResponse(form.readings(), headers={"Access-Control-Allow-Origin": "*", "Cache-Control": "no-cache"})


@router.get("/widget/{path:path}")
async def widget(path: str, request: Request) -> Response:
    """The widget's own files; any site may load them."""
    response = await StaticFiles(directory=STATIC / "widget").get_response(path, request.scope)
    response.headers.update({"Access-Control-Allow-Origin": "*", "Cache-Control": "no-cache"})
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Cross-Origin-Resource-Policy"] = "cross-origin"
    return response


@router.get("/health")
async def health(request: Request) -> JSONResponse:
    """Ready when the model and the directory are there."""
    ready = request.app.state.assistant.has_model
    return JSONResponse({"ready": ready}, 200 if ready else 503)


def _page(request: Request, template: str, ancestors: str = "'self'", **values: object) -> Response:
    modules = sorted(p.relative_to(STATIC).as_posix() for p in (STATIC / "widget").rglob("*.js"))
    area = request.app.state.settings.default_area
    text = form.templates().get_template(template).render(area=area, modules=modules, numbers=form.numbers(), **values)
    headers = {**HEADERS, "Content-Security-Policy": CONTENT_POLICY.format(ancestors=ancestors)}
    return Response(text, media_type="text/html; charset=utf-8", headers=headers)
