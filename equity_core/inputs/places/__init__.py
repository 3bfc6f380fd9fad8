"""Where sites lie: distances, shapes, codes and the part of the world."""
