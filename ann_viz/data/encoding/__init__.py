"""How columns become inputs of a network and its outputs answers again."""
