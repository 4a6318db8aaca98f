"""Clusters of bottlenecks over many workshops: what they hang together with, to whom they go, and what came of it."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0002"


def upgrade() -> None:
    op.create_table(
        "clusters",
        sa.Column("id", sa.Text, primary_key=True),
        sa.Column("begun", sa.Text, nullable=False),
        sa.Column("title", sa.Text, nullable=False),
        sa.Column("question", sa.Text, nullable=False, server_default=""),
        sa.Column("answer", sa.Text, nullable=False, server_default=""),
        sa.Column("weight", sa.Text, nullable=False, server_default=""),
        sa.Column("meeting", sa.Text, nullable=False, server_default=""),
        sa.Column("minutes", sa.Text, nullable=False, server_default="10"),
        sa.Column("gone", sa.Text, nullable=False, server_default=""),
    )
    op.create_table(
        "ties",
        sa.Column("cluster", sa.Text, sa.ForeignKey("clusters.id"), primary_key=True),
        sa.Column("kind", sa.Text, primary_key=True),
        sa.Column("key", sa.Text, primary_key=True),
    )
    op.create_table(
        "news",
        sa.Column("cluster", sa.Text, sa.ForeignKey("clusters.id"), primary_key=True),
        sa.Column("number", sa.Integer, sa.CheckConstraint("number > 0", name="number"), primary_key=True),
        sa.Column("status", sa.Text, nullable=False),
        sa.Column("day", sa.Text, nullable=False),
        sa.Column("receiver", sa.Text, nullable=False, server_default=""),
    )
    # Not in a batch: that copies the table, and SQLite then takes the weights of the old one away.
    op.add_column("bottlenecks", sa.Column("cluster", sa.Text, nullable=False, server_default=""))


def downgrade() -> None:
    op.drop_column("bottlenecks", "cluster")
    for table in ("news", "ties", "clusters"):
        op.drop_table(table)
