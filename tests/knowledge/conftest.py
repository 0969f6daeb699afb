"""The same tests on both databases: each PostgreSQL test makes a database of its own on the server of this machine and drops it."""

from __future__ import annotations

import os
import uuid
from collections.abc import Iterator

import pytest

from knowledge.loader import Knowledge, read_knowledge

SERVER = os.environ.get("SHIRUBE_TEST_POSTGRES", "postgresql://postgres@127.0.0.1:5432/postgres")


@pytest.fixture(scope="session")
def knowledge() -> Knowledge:
    return read_knowledge()


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def database_url(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """An empty database, once SQLite and once PostgreSQL."""
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path_factory.mktemp('database') / 'shirube.db'}"
        return
    yield from postgres_database()


def postgres_database() -> Iterator[str]:
    import psycopg
    from psycopg import sql

    try:
        server = psycopg.connect(SERVER, autocommit=True, connect_timeout=3)
    except psycopg.OperationalError as error:
        pytest.skip(f"no PostgreSQL server at {SERVER} (set SHIRUBE_TEST_POSTGRES to test on another one): {error}")
    name = f"shirube_test_{uuid.uuid4().hex[:12]}"
    with server:
        server.execute(sql.SQL("CREATE DATABASE {} ENCODING 'UTF8' TEMPLATE template0").format(sql.Identifier(name)))
        try:
            base = SERVER.replace("postgresql://", "postgresql+psycopg://").rsplit("/", 1)[0]
            yield f"{base}/{name}"
        finally:
            server.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(name)))
