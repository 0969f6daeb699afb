"""``shirube kb``: the knowledge on the command line. Every error is one clear sentence on stderr, exit status 1."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from knowledge.hsds.forms import Entry

app = typer.Typer(no_args_is_help=True, help="The directory: load, check, export, import, search, show, stale, diff")
Folder = Annotated[Path | None, typer.Option(help="reviewed files elsewhere than in knowledge/")]


def _fail(*reasons: object) -> typer.Exit:
    """Say why on stderr, one line a reason; to be raised."""
    for reason in reasons:
        typer.echo(f"shirube: {reason}", err=True)
    return typer.Exit(1)


def _database() -> str:
    from bot.settings import Settings

    return Settings().database_url


@app.command()
def load(
    folder: Folder = None,
    force: Annotated[bool, typer.Option(help="also when nothing changed; takes back an import")] = False,
) -> None:
    """Bring the database to what the reviewed files say: all of it or nothing."""
    from knowledge import loader
    from knowledge.database import transaction

    knowledge = loader.read_knowledge(folder or loader.KNOWLEDGE)
    with transaction(_database()) as session:
        changed = loader.load(session, knowledge, force)
    typer.echo(f"{len(knowledge.entries)} services {'loaded' if changed else 'were up to date'}")


@app.command()
def check(folder: Folder = None) -> None:
    """Check the reviewed files; name every error."""
    from knowledge import loader
    from knowledge.schema import KnowledgeError

    try:
        knowledge = loader.read_knowledge(folder or loader.KNOWLEDGE)
    except KnowledgeError as error:
        raise _fail(*error.reasons) from error
    typer.echo(f"{len(knowledge.entries)} services are in order")


@app.command()
def export(
    form: Annotated[str, typer.Argument(help="yaml, json (HSDS) or csv (tabular data package)")],
    folder: Annotated[Path, typer.Argument(help="where to write; made if it is missing")],
    everything: Annotated[bool, typer.Option("--all", help="also what is for staff only: not to be published")] = False,
) -> None:
    """Write what is in the database. JSON and CSV hold only what is public, unless --all; YAML always holds all."""
    from knowledge import exchange, loader
    from knowledge.database import transaction

    if form not in exchange.FORMATS:
        typer.echo(f"shirube: {form!r} is not one of {', '.join(exchange.FORMATS)}", err=True)
        raise typer.Exit(2)
    try:
        with transaction(_database()) as session:
            count = exchange.export(session, loader.read_knowledge(), form, folder, everything)
    except OSError as error:
        raise _fail(f"{folder}: cannot be written ({error.strerror})") from error
    typer.echo(f"{count} services written to {folder}")


@app.command("import")
def import_(path: Annotated[Path, typer.Argument(help="a JSON export, or the folder of a data package")]) -> None:
    """Take an exported JSON file or data package as the directory: all of it or nothing. It holds until the YAML changes."""
    from knowledge import exchange, loader
    from knowledge.database import transaction
    from knowledge.schema import KnowledgeError

    try:
        knowledge = exchange.read_export(path, loader.read_knowledge())
    except KnowledgeError as error:
        raise _fail(*error.reasons, "nothing was imported; the directory is as it was") from error
    with transaction(_database()) as session:
        loader.load(session, knowledge, force=True, who=f"kb import {path.name}")
    typer.echo(f"{len(knowledge.entries)} services imported")


@app.command()
def search(
    words: Annotated[list[str], typer.Argument(help="free words")],
    most: Annotated[int, typer.Option(min=1, max=400, help="how many at most")] = 10,
    staff: Annotated[bool, typer.Option(help="also what is for staff only")] = False,
) -> None:
    """Find services by free words, kana or a slip of the pen."""
    from knowledge.database import transaction
    from knowledge.search import search as find

    with transaction(_database()) as session:
        _make_sure_it_is_loaded(session)
        hits = find(session, " ".join(words), most, staff)
    if not hits:
        raise _fail(f"nothing found for {' '.join(words)!r}")
    for hit in hits:
        typer.echo(f"{hit.score:.2f}\t{hit.key}\t{hit.name}\t{hit.area}")


def _make_sure_it_is_loaded(session: object) -> None:
    """An empty database is filled first, so that a fresh machine needs no ceremony."""
    from sqlalchemy.orm import Session

    from knowledge import loader

    assert isinstance(session, Session)
    if loader.loaded_fingerprint(session) is None:
        loader.load(session, loader.read_knowledge())


@app.command()
def show(ident: Annotated[str, typer.Argument(help="id of a service")]) -> None:
    """Show one service as it is in the database, in the form of the reviewed files."""
    import yaml

    from knowledge.exchange import plain

    entry = next((entry for entry in _entries() if entry.form.id == ident), None)
    if entry is None:
        raise _fail(f"there is no service {ident!r}")
    typer.echo(f"# {entry.file}")
    typer.echo(yaml.safe_dump(plain(entry.form), allow_unicode=True, sort_keys=False, width=120), nl=False)


def _entries() -> Iterable[Entry]:
    from knowledge import loader
    from knowledge.database import transaction
    from knowledge.history import entries_of

    with transaction(_database()) as session:
        _make_sure_it_is_loaded(session)
        return entries_of(session, loader.read_knowledge().taxonomy)


@app.command()
def stale(days: Annotated[int, typer.Option(min=0, help="how old is too old")] = 180) -> None:
    """List what was checked too long ago or is below high confidence: id, days, reasons, oldest first."""
    from bot.settings import Settings
    from knowledge.freshness import stale as find_stale

    for item in find_stale(_entries(), Settings().clock().date(), days):
        checked = item.entry.form.verified_on or "-"
        typer.echo(f"{item.entry.form.id}\t{checked}\t{item.reasons}")


@app.command()
def diff(folder: Folder = None) -> None:
    """Say where the reviewed files and the database differ; exit status 1 when they do."""
    from knowledge import loader
    from knowledge.database import transaction
    from knowledge.history import differences, entries_of

    knowledge = loader.read_knowledge(folder or loader.KNOWLEDGE)
    with transaction(_database()) as session:
        before = {entry.form.id: entry for entry in entries_of(session, knowledge.taxonomy)}
    found = list(differences(before, {entry.form.id: entry for entry in knowledge.entries}))
    for difference in found:
        typer.echo(f"{difference.service}\t{difference.field}\t{difference.before or '-'}\t{difference.after or '-'}")
    if found:
        raise _fail(f"{len(found)} differences between the database and the reviewed files")
    typer.echo(f"{len(knowledge.entries)} services are the same in both")
