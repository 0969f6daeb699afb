"""The full-page chat at ``/``, its static files, and health."""

from __future__ import annotations

from pathlib import Path

from fastapi import APIRouter, Request
from fastapi.responses import FileResponse, JSONResponse

STATIC = Path(__file__).parent / "static"
router = APIRouter(include_in_schema=False)


@router.get("/")
async def page() -> FileResponse:
    return FileResponse(STATIC / "index.html")


@router.get("/health")
async def health(request: Request) -> JSONResponse:
    """Ready when the model and the directory are there."""
    ready = request.app.state.assistant.has_model
    return JSONResponse({"ready": ready}, 200 if ready else 503)
