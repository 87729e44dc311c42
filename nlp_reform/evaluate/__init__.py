"""How good the machine is against gold, and how well people agree."""
