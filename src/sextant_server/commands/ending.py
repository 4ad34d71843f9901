"""Granian, which ends when told to: twice at once, or while it starts a worker again."""

from __future__ import annotations

import _thread
from typing import Any

from granian import Granian


class Server(Granian):  # type: ignore[misc, valid-type]
    """A signal to a group of processes comes several times, and reaches the workers as well.

    Granian (2.x) sets an event in its handler, whose lock is not reentrant: a second signal at that
    moment waits for the first, for ever. And a worker that ends before its parent is started again,
    by a loop that then forgets what woke it.
    """

    def signal_handler_interrupt(self, *_: Any, **__: Any) -> None:
        """Note that it is to end, and let another thread wake the loop."""
        self.interrupt_signal = True
        _thread.start_new_thread(self.main_loop_interrupt.set, ())

    def _respawn_workers(self, *given: Any, **options: Any) -> None:
        if not self.interrupt_signal:
            super()._respawn_workers(*given, **options)
        if self.interrupt_signal:
            self.main_loop_interrupt.set()
