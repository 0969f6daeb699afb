"""The web process: settings, database, model and clock put together once, and the faces mounted on one FastAPI application."""

from __future__ import annotations

import logging
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import datetime, timedelta

from fastapi import FastAPI
from fastapi.middleware.cors import CORSMiddleware
from fastapi.middleware.gzip import GZipMiddleware

from actions.house import House, move_in
from bot.assistant.assistant import Assistant, load_agent
from bot.assistant.locks import ProcessLocks, RedisLocks
from bot.assistant.model import model_path
from bot.assistant.store import ConversationStore, read_key
from bot.channels import open_data
from bot.channels.web import api, pages
from bot.settings import Settings
from knowledge.database import DatabaseError, open_directory, open_engine
from knowledge.directory import Directory
from knowledge.schema import KnowledgeError

Clock = Callable[[], datetime]
logger = logging.getLogger(__name__)


def make_assistant(settings: Settings, clock: Clock | None = None) -> Assistant:
    """Everything behind the faces. A directory or a model that cannot be had is logged, and the dangers are answered all the same."""
    clock = clock or settings.clock
    directory = _directory(settings)
    move_in(House(lambda: directory, clock))
    store = make_store(settings, clock)
    locks = RedisLocks(settings.redis_url) if settings.redis_url else ProcessLocks()
    agent = None
    try:
        agent = load_agent(model_path(settings.models_folder), store, locks)
    except Exception:
        logger.exception("the model could not be loaded: only dangers are answered until `shirube train` has run")
    return Assistant(agent, store, lambda: directory, clock, settings.max_characters)


def make_store(settings: Settings, clock: Clock | None = None) -> ConversationStore:
    """Where conversations are kept, encrypted."""
    lifetimes = {
        "web": timedelta(minutes=settings.session_minutes_web),
        "line": timedelta(hours=settings.session_hours_line),
    }
    key = read_key(settings.secret_key, settings.key_file)
    return ConversationStore(open_engine(settings.database_url), key, lifetimes, clock or settings.clock)


def _directory(settings: Settings) -> Directory:
    try:
        return open_directory(settings.database_url)
    except (DatabaseError, KnowledgeError) as error:
        logger.error("the directory cannot be read: %s", error)
        return Directory(())


def make_app(settings: Settings, clock: Clock | None = None) -> FastAPI:
    """The application; the assistant is made when it starts to serve."""

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        app.state.assistant = make_assistant(settings, clock)
        yield

    app = FastAPI(
        title="Shirube", docs_url="/api/docs", openapi_url="/api/openapi.json", redoc_url=None, lifespan=lifespan
    )
    app.state.settings = settings
    app.add_middleware(GZipMiddleware, minimum_size=1000)
    app.add_middleware(
        CORSMiddleware,
        allow_origins=list(settings.allowed_origins),
        allow_methods=["GET", "POST", "PATCH", "DELETE"],
        allow_headers=["content-type", "idempotency-key"],
        max_age=600,
    )
    app.include_router(api.router)
    app.include_router(open_data.router)
    app.include_router(pages.router)
    api.add_error_pages(app)
    return app
