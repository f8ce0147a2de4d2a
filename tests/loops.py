"""Coroutines in tests: on a loop and a thread of their own, as the thread of a test that has had a browser runs one."""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine
from concurrent.futures import ThreadPoolExecutor
from typing import Any, TypeVar

Result = TypeVar("Result")


def run(work: Coroutine[Any, Any, Result]) -> Result:
    """What it answers, within a minute."""

    async def in_time() -> Result:
        return await asyncio.wait_for(work, 60)

    with ThreadPoolExecutor(1) as elsewhere:
        return elsewhere.submit(lambda: asyncio.run(in_time())).result()
