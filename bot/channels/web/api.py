"""The chat API as the contract has it: JSON in, replies out; every mistake is answered with a sentence a person can read."""

from __future__ import annotations

from typing import Annotated, Literal

from fastapi import APIRouter, Depends, FastAPI, Header, Query, Request, Response
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from pydantic import BaseModel, ConfigDict, Field, model_validator
from sqlalchemy.exc import SQLAlchemyError
from starlette.exceptions import HTTPException

from bot.assistant.assistant import Assistant, UnknownConversation
from bot.messages import BadMessage, error_sentences
from bot.triage.replies import Reply, ServiceReply

Area = Literal["minato", "nakano", "komae", "tokyo"]
MOST_VALUES = 20
Ids = Annotated[str, Query(max_length=1000, description="ids of windows, with commas between")]


class Body(BaseModel):
    model_config = ConfigDict(extra="forbid")


class Begin(Body):
    area: Area | None = None
    easy: bool = False


class Message(Body):
    """Either ``text`` or ``choice``; ``question`` may name the question a choice belongs to."""

    text: str | None = None
    choice: str | Annotated[list[str], Field(min_length=1, max_length=MOST_VALUES)] | None = None
    question: str | None = None

    @model_validator(mode="after")
    def _one_of_both(self) -> Message:
        if (self.text is None) == (self.choice is None):
            raise ValueError("either text or choice")
        return self


class Change(Body):
    easy: bool


class Begun(BaseModel):
    conversation: str
    replies: list[Reply]


class Answer(BaseModel):
    replies: list[Reply]


class Redrawn(BaseModel):
    conversation: str
    easy: bool
    replies: list[Reply]


class Windows(BaseModel):
    services: list[ServiceReply]


class Problem(BaseModel):
    error: str


router = APIRouter(prefix="/api", responses={404: {"model": Problem}, 422: {"model": Problem}, 503: {"model": Problem}})


def assistant_of(request: Request) -> Assistant:
    found: Assistant = request.app.state.assistant
    return found


TheAssistant = Annotated[Assistant, Depends(assistant_of)]


@router.post("/conversations", status_code=201)
async def begin(assistant: TheAssistant, request: Request, body: Begin | None = None) -> Begun:
    """Start a conversation; the body may be left out."""
    wish = body or Begin()
    area = wish.area or request.app.state.settings.default_area
    conversation, replies = await assistant.begin("web", area, wish.easy)
    return Begun(conversation=conversation, replies=replies)


@router.post("/conversations/{conversation}/messages")
async def send(
    conversation: str,
    body: Message,
    assistant: TheAssistant,
    idempotency_key: Annotated[str | None, Header(max_length=100)] = None,
) -> Answer:
    """One message: words, or the value or values of choices that were offered. The same key is answered once."""

    async def answer() -> list[Reply]:
        if body.text is not None:
            return await assistant.turn(conversation, body.text)
        values = body.choice if isinstance(body.choice, list) else [body.choice or ""]
        return await assistant.choose(conversation, values, body.question)

    return Answer(replies=await assistant.once(conversation, idempotency_key, answer))


@router.get("/conversations/{conversation}")
async def read(conversation: str, assistant: TheAssistant) -> Redrawn:
    """What a reloaded page needs to draw itself again."""
    easy = assistant.case(conversation).easy
    return Redrawn(conversation=conversation, easy=easy, replies=assistant.redraw(conversation))


@router.patch("/conversations/{conversation}")
async def change(conversation: str, body: Change, assistant: TheAssistant) -> Redrawn:
    """Switch やさしい日本語 on or off."""
    assistant.set_easy(conversation, body.easy)
    return await read(conversation, assistant)


@router.delete("/conversations/{conversation}", status_code=204)
async def erase(conversation: str, assistant: TheAssistant) -> Response:
    """Nothing is left of it."""
    assistant.erase(conversation)
    return Response(status_code=204)


@router.get("/services")
async def services(ids: Ids, assistant: TheAssistant) -> Windows:
    """The public windows with these ids, in this order; unknown ids are left out, ten at most."""
    return Windows(services=assistant.services(ids.split(",")))


def _problem(status: int, sentence: str) -> JSONResponse:
    return JSONResponse({"error": sentence}, status)


def add_error_pages(app: FastAPI) -> None:
    """Every error ends here as one clear sentence; none carries what the person wrote."""
    words = error_sentences()

    @app.exception_handler(BadMessage)
    async def bad_message(_: Request, error: BadMessage) -> JSONResponse:
        return _problem(422, str(error))

    @app.exception_handler(UnknownConversation)
    async def unknown_conversation(_: Request, __: UnknownConversation) -> JSONResponse:
        return _problem(404, words.unknown_conversation)

    @app.exception_handler(RequestValidationError)
    async def invalid(_: Request, error: RequestValidationError) -> JSONResponse:
        problems = error.errors()
        if any(problem["type"] == "json_invalid" for problem in problems):
            return _problem(400, words.not_json)
        return _problem(422, words.unknown_area if any("area" in p["loc"] for p in problems) else words.invalid)

    @app.exception_handler(HTTPException)
    async def http(_: Request, error: HTTPException) -> JSONResponse:
        sentence = {404: words.not_found, 405: words.not_allowed, 400: words.not_json}.get(error.status_code)
        return _problem(error.status_code, sentence or words.out_of_order)

    @app.exception_handler(SQLAlchemyError)
    async def no_database(_: Request, __: SQLAlchemyError) -> JSONResponse:
        return _problem(503, words.out_of_order)

    @app.exception_handler(UnicodeError)
    async def not_text(_: Request, __: UnicodeError) -> JSONResponse:
        return _problem(400, words.not_json)

    @app.exception_handler(Exception)
    async def unforeseen(_: Request, __: Exception) -> JSONResponse:
        return _problem(500, words.out_of_order)
