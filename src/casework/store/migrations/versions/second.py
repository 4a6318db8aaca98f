"""Sessions with their votes and bottlenecks, and from which attempt the first decisions of another were copied."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    # Not in a batch: that copies the table, and SQLite then takes the decisions of the old one away.
    op.add_column("attempts", sa.Column("from", sa.Text, nullable=False, server_default=""))
    op.add_column("attempts", sa.Column("taken", sa.Integer, nullable=False, server_default="0"))
    op.create_table(
        "sessions",
        sa.Column("id", sa.Text, primary_key=True),
        sa.Column("code", sa.Text, nullable=False),
        sa.Column("scenario", sa.Text, nullable=False),
        sa.Column("version", sa.Text, nullable=False),
        sa.Column("language", sa.Text, nullable=False),
        sa.Column("left_out", sa.Text, nullable=False),
        sa.Column("seats", sa.Integer, nullable=False),
        sa.Column("begun", sa.Text, nullable=False),
        sa.Column("ended", sa.Text, nullable=False, server_default=""),
        sa.Column("door", sa.Text, unique=True),
        sa.Column("round", sa.Integer, nullable=False, server_default="0"),
    )
    op.create_table(
        "events",
        sa.Column("session", sa.Text, sa.ForeignKey("sessions.id"), primary_key=True),
        sa.Column("number", sa.Integer, sa.CheckConstraint("number > 0", name="number"), primary_key=True),
        sa.Column("act", sa.Text, nullable=False),
        sa.Column("subject", sa.Text, nullable=False),
        sa.Column("amount", sa.Integer, nullable=False),
        sa.Column("at", sa.Text, nullable=False),
    )
    op.create_table(
        "participants",
        sa.Column("session", sa.Text, sa.ForeignKey("sessions.id"), primary_key=True),
        sa.Column("participant", sa.Text, primary_key=True),
        sa.Column("wish", sa.Integer, nullable=False, server_default="0"),
    )
    op.create_table(
        "ballots",
        sa.Column("session", sa.Text, sa.ForeignKey("sessions.id"), primary_key=True),
        sa.Column("round", sa.Integer, primary_key=True),
        sa.Column("participant", sa.Text, primary_key=True),
        sa.Column("number", sa.Integer, sa.CheckConstraint("number > 0", name="number"), primary_key=True),
        sa.Column("choice", sa.Text, nullable=False),
        sa.Column("is_sure", sa.Boolean, nullable=False),
    )
    op.create_table(
        "solos",
        sa.Column("session", sa.Text, sa.ForeignKey("sessions.id"), primary_key=True),
        sa.Column("period", sa.Integer, primary_key=True),
        sa.Column("participant", sa.Text, primary_key=True),
        sa.Column("attempt", sa.Text, nullable=False),
    )
    op.create_table(
        "bottlenecks",
        sa.Column("id", sa.Text, primary_key=True),
        sa.Column("session", sa.Text, sa.ForeignKey("sessions.id"), nullable=False, index=True),
        sa.Column("text", sa.Text, nullable=False),
        sa.Column("help", sa.Text, nullable=False),
        sa.Column("at", sa.Text, nullable=False),
        sa.Column("into", sa.Text, nullable=False, server_default=""),
    )
    op.create_table(
        "weights",
        sa.Column("bottleneck", sa.Text, sa.ForeignKey("bottlenecks.id"), primary_key=True),
        sa.Column("participant", sa.Text, primary_key=True),
        sa.Column("number", sa.Integer, sa.CheckConstraint("number > 0", name="number"), primary_key=True),
        sa.Column("weight", sa.Integer, nullable=False),
    )
    op.create_table(
        "guesses",
        sa.Column("caller", sa.Text, primary_key=True),
        sa.Column("misses", sa.Integer, nullable=False),
        sa.Column("at", sa.Text, nullable=False),
    )


def downgrade() -> None:
    for table in ("guesses", "weights", "bottlenecks", "solos", "ballots", "participants", "events", "sessions"):
        op.drop_table(table)
    op.drop_column("attempts", "taken")
    op.drop_column("attempts", "from")
