"""The command line. Every error ends in one clear sentence on stderr: exit status 1, or 2 for wrong usage."""

from __future__ import annotations

import asyncio
import json
import os
import sys
from collections.abc import Iterator
from datetime import datetime
from typing import Annotated, Any

import typer

from bot import kb_cli
from bot.assistant.quiet import keep_quiet

app = typer.Typer(no_args_is_help=True, pretty_exceptions_enable=False, add_completion=False, help="Shirube")
app.add_typer(kb_cli.app, name="kb")
Area = Annotated[str, typer.Option(help="minato, nakano, komae or tokyo")]
Now = Annotated[str | None, typer.Option(help="freeze the clock, ISO 8601")]


def fail(reason: object, status: int = 1) -> typer.Exit:
    """Say why on stderr; to be raised."""
    typer.echo(f"shirube: {reason}", err=True)
    return typer.Exit(status)


def _freeze(now: str | None) -> None:
    """``--now`` is the same clock as SHIRUBE_NOW."""
    if now is None:
        return
    try:
        datetime.fromisoformat(now)
    except ValueError:
        raise fail(f"--now {now!r} is not a moment in ISO 8601, such as 2026-12-30T21:00+09:00", 2) from None
    os.environ["SHIRUBE_NOW"] = now


@app.command()
def train(force: Annotated[bool, typer.Option(help="even if the model of these inputs is there")] = False) -> None:
    """Train the model, if there is none of the present inputs."""
    from bot.assistant.model import ModelError, model_path
    from bot.assistant.model import train as train_model
    from bot.settings import Settings

    folder = Settings().models_folder
    if model_path(folder).exists() and not force:
        typer.echo(f"{model_path(folder)} is up to date")
        return
    try:
        typer.echo(f"{train_model(folder)} is ready")
    except ModelError as error:
        raise fail(error) from error


@app.command()
def serve() -> None:
    """Serve the chat, the API and the open data."""
    import uvicorn

    from bot.app import make_app
    from bot.settings import Settings

    settings = Settings()
    uvicorn.run(
        make_app(settings), host=settings.host, port=settings.port, log_level="warning", access_log=False, ws="none"
    )


@app.command()
def triage(area: Area = "minato", now: Now = None) -> None:
    """Read JSON Lines {"id"?, "text"} on stdin and write what was understood, one line for each, in order."""
    from knowledge.schema import MUNICIPALITIES

    if area not in (*MUNICIPALITIES, "tokyo"):
        raise fail(f"--area {area!r} is not one of {', '.join(MUNICIPALITIES)}, tokyo", 2)
    _freeze(now)
    from bot.triage_lines import judge_lines

    lines = (line for line in sys.stdin.buffer.read().split(b"\n") if line.strip())
    for result in asyncio.run(_collect(judge_lines(_make_assistant(), lines, area))):
        sys.stdout.write(json.dumps(result, ensure_ascii=False) + "\n")


async def _collect(results: Any) -> list[dict[str, Any]]:
    return [result async for result in results]


def _make_assistant() -> Any:
    """The assistant of the settings, with everything it needs; without a model or a directory there is nothing to do here."""
    from bot.app import make_assistant
    from bot.settings import Settings

    assistant = make_assistant(Settings())
    if not assistant.has_model:
        raise fail("there is no trained model of the present inputs; run `shirube train` first")
    return assistant


@app.command()
def chat(area: Area = "minato", now: Now = None) -> None:
    """Talk in the terminal; a number chooses, an empty line ends."""
    _freeze(now)
    from bot.channels.terminal import talk

    asyncio.run(talk(_make_assistant(), area, _typed()))


def _typed() -> Iterator[str]:
    while line := input("> ").strip():
        yield line


@app.command()
def evaluate(
    baseline: Annotated[str | None, typer.Option(help="only record the figures of a slow baseline: diet")] = None,
) -> None:
    """Measure how well it understands and write docs/evaluation.md."""
    if baseline not in (None, "diet"):
        raise fail(f"--baseline {baseline!r} is not diet", 2)
    from bot.assistant.model import ModelError

    try:
        from bot.evaluation import run

        run.record_diet(typer.echo) if baseline else run.evaluate(typer.echo)
    except ModuleNotFoundError as error:
        raise fail(f"evaluation needs the development packages ({error.name} is missing): uv sync") from error
    except ModelError as error:
        raise fail(error) from error


@app.command()
def purge() -> None:
    """Delete conversations that have ended."""
    from bot.app import make_store
    from bot.settings import Settings

    typer.echo(f"{make_store(Settings()).purge()} conversations deleted")


def main() -> None:
    """The entry point: quiet before anything is imported, and no traceback for what people can mend."""
    keep_quiet()
    from pydantic import ValidationError
    from sqlalchemy.exc import SQLAlchemyError

    from knowledge.database import DatabaseError
    from knowledge.schema import KnowledgeError

    try:
        app()
    except (KnowledgeError, DatabaseError) as error:
        sys.exit(_told(error))
    except ValidationError as error:
        first = error.errors()[0]
        sys.exit(_told(f"setting SHIRUBE_{'_'.join(map(str, first['loc'])).upper()}: {first['msg']}"))
    except SQLAlchemyError as error:
        sys.exit(_told(f"the database: {getattr(error, 'orig', None) or error}"))


def _told(reason: object) -> int:
    typer.echo(f"shirube: {reason}", err=True)
    return 1
