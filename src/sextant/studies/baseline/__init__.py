"""Is the model better than something that costs nothing? `constant` asks it of kept states."""
