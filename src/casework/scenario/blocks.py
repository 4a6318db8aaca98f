"""Markdown as a small tree of blocks; used by the notation alone."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Protocol

LEAVES = {"inline": "inline", "fence": "code", "code_block": "code"}


class Token(Protocol):
    """What is read of a token that a Markdown parser gives."""

    @property
    def type(self) -> str:
        """Such as `paragraph_open`, `text` or `link_close`."""

    @property
    def tag(self) -> str:
        """The HTML tag that it would become, such as `h2`."""

    @property
    def nesting(self) -> int:
        """1 opens, -1 closes, 0 stands alone."""

    @property
    def content(self) -> str:
        """The words."""

    @property
    def map(self) -> Sequence[int] | None:
        """Its first line and the line behind its last, from 0."""

    @property
    def children(self) -> "Sequence[Token] | None":
        """The tokens inside a line of text."""

    def attrGet(self, name: str) -> object:  # noqa: N802
        """Return an attribute, such as the address of a link."""


@dataclass(frozen=True, slots=True)
class Block:
    """One block of a cell: its kind (`paragraph`, `list_item` ...), its first line, and what it holds."""

    kind: str
    line: int
    tag: str = ""
    token: Token | None = None
    blocks: "list[Block]" = field(default_factory=list)

    @property
    def inline(self) -> tuple[Token, ...]:
        """The words of a paragraph or heading; empty for other blocks."""
        for block in self.blocks:
            if block.kind == "inline" and block.token is not None:
                return tuple(block.token.children or ())
        return ()

    def first(self, kind: str) -> "Block | None":
        """Return the first block in this one if it is of this kind."""
        return self.blocks[0] if self.blocks and self.blocks[0].kind == kind else None


def tree(tokens: Iterable[Token]) -> Block:
    """Return the blocks of a cell under one root."""
    root = Block("root", 1)
    open_blocks = [root]
    for token in tokens:
        line = token.map[0] + 1 if token.map else open_blocks[-1].line
        if token.nesting == 1:
            block = Block(token.type.removesuffix("_open"), line, token.tag)
            open_blocks[-1].blocks.append(block)
            open_blocks.append(block)
        elif token.nesting == -1:
            open_blocks.pop()
        elif token.type in LEAVES:
            open_blocks[-1].blocks.append(Block(LEAVES[token.type], line, token=token))
    return root
