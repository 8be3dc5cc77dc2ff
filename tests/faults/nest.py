"""Hatches runners: imports the runner once and forks a process for each life, so that fifty lives take minutes.

`python -m tests.faults.nest`: each line on the input hatches one; its process number is written on the output.
What is forked does what `python -m flows.runner` does from its first line on, and can be killed as any process can.
"""

import os
import signal
import sys

from flows.runner import main

if __name__ == "__main__":
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)
    for _ in sys.stdin:
        hatched = os.fork()
        if hatched == 0:
            os._exit(main())
        print(hatched, flush=True)
