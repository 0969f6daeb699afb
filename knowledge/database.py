"""Opens the database, brings its tables up to date and fills it from the reviewed files."""

from __future__ import annotations

from pathlib import Path

from alembic import command
from alembic.config import Config
from sqlalchemy import Engine, create_engine, make_url
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session

from knowledge import loader
from knowledge.directory import Directory, read_directory

MIGRATIONS = Path(__file__).parent / "migrations"


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
        config.attributes["connection"] = connection
        command.upgrade(config, "head")


def open_directory(url: str, knowledge: loader.Knowledge | None = None) -> Directory:
    """Migrate, load what the reviewed files say (all or nothing) and take the snapshot."""
    engine = open_engine(url)
    try:
        migrate(engine)
        with Session(engine) as session, session.begin():
            loader.load(session, knowledge or loader.Knowledge())
        with Session(engine) as session:
            return read_directory(session)
    except (SQLAlchemyError, OSError) as error:
        raise DatabaseError(f"{make_url(url).render_as_string(hide_password=True)}: {_reason(error)}") from error
    finally:
        engine.dispose()


def _reason(error: Exception) -> str:
    return str(getattr(error, "orig", None) or error).splitlines()[0]
