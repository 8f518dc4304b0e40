"""What the risk desk is told of a case, and what its people and the parties see."""
