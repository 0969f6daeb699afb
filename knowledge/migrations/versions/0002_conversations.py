"""Conversations"""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    op.create_table(
        "conversation",
        sa.Column("id", sa.String(43), primary_key=True),
        sa.Column("channel", sa.String(10), nullable=False),
        sa.Column("state", sa.LargeBinary, nullable=False),
        sa.Column("last_answer", sa.LargeBinary),
        sa.Column("ends_at", sa.DateTime(timezone=True), nullable=False),
    )
    op.create_index("ix_conversation_ends_at", "conversation", ["ends_at"])


def downgrade() -> None:
    op.drop_table("conversation")
