"""27 threats: for each a deliberately weak lock that falls to an attack, and the reference lock that does not.

`python -m simulator.threats` tries them all and prints the table. An attack is one function, the same for both locks.
"""
