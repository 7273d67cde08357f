"""Holds a listening socket as a service manager does, and hands it to each process that it starts.

usage: socket-holder.py command…
For each line on standard input the command is started, with the socket as file 3 and what LISTEN_FDS is
about in its environment. Prints "port N" first, then "started PID" for each, and what they print.
"""

import os
import socket
import sys

listener = socket.create_server(("127.0.0.1", 0), backlog=512)
print("port", listener.getsockname()[1], flush=True)
for _ in sys.stdin:
    child = os.fork()
    if child == 0:
        os.dup2(listener.fileno(), 3)
        os.set_inheritable(3, True)
        os.environ.update(LISTEN_PID=str(os.getpid()), LISTEN_FDS="1")
        os.execvp(sys.argv[1], sys.argv[1:])
    print("started", child, flush=True)
