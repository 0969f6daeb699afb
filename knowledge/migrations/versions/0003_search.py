"""Search, and the order of attributes"""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    with op.batch_alter_table("attribute") as batch:
        batch.add_column(sa.Column("position", sa.Integer, nullable=False, server_default="0"))
    op.create_table(
        "search_term",
        sa.Column("term", sa.String(40), primary_key=True),
        sa.Column("weight", sa.Integer, nullable=False),
    )
    if op.get_bind().dialect.name == "postgresql":
        op.execute(
            "CREATE TABLE service_search (place INTEGER PRIMARY KEY, service_id VARCHAR(36) NOT NULL, terms TEXT[] NOT NULL)"
        )
        op.execute("CREATE INDEX ix_service_search_terms ON service_search USING GIN (terms)")
    else:
        op.execute(
            "CREATE VIRTUAL TABLE service_search USING fts5 (service_id UNINDEXED, terms, "
            "tokenize = 'unicode61 remove_diacritics 0', detail = 'none')"
        )


def downgrade() -> None:
    op.execute("DROP TABLE service_search")
    op.drop_table("search_term")
    with op.batch_alter_table("attribute") as batch:
        batch.drop_column("position")
