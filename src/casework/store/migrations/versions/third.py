"""The check of knowledge and confidence: which time of it is open in a session, and what was replied each time."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    op.add_column("sessions", sa.Column("turn", sa.Integer, nullable=False, server_default="0"))
    op.create_table(
        "replies",
        sa.Column("session", sa.Text, sa.ForeignKey("sessions.id"), primary_key=True),
        sa.Column("turn", sa.Integer, sa.CheckConstraint("turn > 0", name="turn"), primary_key=True),
        sa.Column("pair", sa.Text, primary_key=True),
    )
    op.create_table(
        "answers",
        sa.Column("session", sa.Text, primary_key=True),
        sa.Column("turn", sa.Integer, primary_key=True),
        sa.Column("pair", sa.Text, primary_key=True),
        sa.Column("item", sa.Text, primary_key=True),
        sa.Column("answer", sa.Text, nullable=False),
        sa.ForeignKeyConstraint(
            ["session", "turn", "pair"], ["replies.session", "replies.turn", "replies.pair"], name="fk_answers_session"
        ),
    )


def downgrade() -> None:
    op.drop_table("answers")
    op.drop_table("replies")
    op.drop_column("sessions", "turn")
