"""Opens the database, brings its tables up to date and fills it from the reviewed files."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from alembic import command
from alembic.config import Config
from sqlalchemy import Connection, Engine, create_engine, make_url, text
from sqlalchemy.exc import ArgumentError, SQLAlchemyError
from sqlalchemy.orm import Session

from knowledge import loader
from knowledge.directory import Directory, read_directory

MIGRATIONS = Path(__file__).parent / "migrations"
ONE_AT_A_TIME = 20261120


class DatabaseError(Exception):
    """The database cannot be used; the message says which and why, without a password."""


def open_engine(url: str) -> Engine:
    """An engine for SQLite or PostgreSQL; a SQLite file's folder is made if it is missing."""
    parsed = make_url(url)
    if parsed.get_backend_name() == "sqlite" and parsed.database:
        Path(parsed.database).parent.mkdir(parents=True, exist_ok=True)
    return create_engine(parsed)


def migrate(engine: Engine) -> None:
    """Run the Alembic migrations up to the newest."""
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    with engine.begin() as connection:
        wait_for_turn(connection)
        config.attributes["connection"] = connection
        command.upgrade(config, "head")


def wait_for_turn(connection: Connection) -> None:
    """Of several processes that start at once on PostgreSQL, one migrates and loads; the others wait and find it done."""
    if connection.dialect.name == "postgresql":
        connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": ONE_AT_A_TIME})


@contextmanager
def transaction(url: str) -> Iterator[Session]:
    """One transaction on the migrated database: all of it or nothing. Raises :class:`DatabaseError`."""
    try:
        engine = open_engine(url)
    except (ArgumentError, OSError) as error:
        raise DatabaseError(f"the database address cannot be used: {_reason(error)}") from error
    try:
        migrate(engine)
        with Session(engine) as session, session.begin():
            wait_for_turn(session.connection())
            yield session
    except (SQLAlchemyError, OSError) as error:
        raise DatabaseError(f"{make_url(url).render_as_string(hide_password=True)}: {_reason(error)}") from error
    finally:
        engine.dispose()


def open_directory(url: str, knowledge: loader.Knowledge | None = None) -> Directory:
    """Migrate, load what the reviewed files say (all or nothing; an import stays until they change) and take the snapshot."""
    knowledge = knowledge or loader.read_knowledge()
    with transaction(url) as session:
        if not loader.holds(session, knowledge):
            loader.load(session, knowledge)
        return read_directory(session)


def _reason(error: Exception) -> str:
    return str(getattr(error, "orig", None) or error).splitlines()[0]
