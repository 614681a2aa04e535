"""Messages to people outside the home: what is told to whom, what waits to be sent, how it is sent.

The files of ``alerts`` are written whether there is a channel or not; a home without one never loads this package's
libraries.
"""
