"""Starts kernels and shuts them down, eight at a time; a test reads what they say at their end."""

import asyncio

from jupyter_client.manager import AsyncKernelManager

ROUNDS, TOGETHER, PATIENCE = 3, 8, 60


async def come_and_go() -> None:
    """Start a kernel, let it run a cell, and ask it to end."""
    manager = AsyncKernelManager(kernel_name="python3")
    await manager.start_kernel()
    client = manager.client()
    client.start_channels()
    await client.wait_for_ready(timeout=PATIENCE)
    client.execute("1")
    await client.get_shell_msg(timeout=PATIENCE)
    client.stop_channels()
    await manager.shutdown_kernel()


async def main() -> None:
    for _ in range(ROUNDS):
        await asyncio.gather(*(come_and_go() for _ in range(TOGETHER)))


if __name__ == "__main__":
    asyncio.run(main())
