"""The first tables: attempts, decisions and kept sentences."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None


def upgrade() -> None:
    op.create_table(
        "attempts",
        sa.Column("id", sa.Text, primary_key=True),
        sa.Column("scenario", sa.Text, nullable=False),
        sa.Column("version", sa.Text, nullable=False),
        sa.Column("language", sa.Text, nullable=False),
        sa.Column("begun", sa.Text, nullable=False),
    )
    op.create_table(
        "decisions",
        sa.Column("attempt", sa.Text, sa.ForeignKey("attempts.id"), primary_key=True),
        sa.Column("number", sa.Integer, sa.CheckConstraint("number > 0", name="number"), primary_key=True),
        sa.Column("choice", sa.Text, nullable=False),
        sa.Column("at", sa.Text, nullable=False),
    )
    op.create_table(
        "kept",
        sa.Column("attempt", sa.Text, sa.ForeignKey("attempts.id"), primary_key=True),
        sa.Column("sentence", sa.Text, primary_key=True),
    )


def downgrade() -> None:
    op.drop_table("kept")
    op.drop_table("decisions")
    op.drop_table("attempts")
