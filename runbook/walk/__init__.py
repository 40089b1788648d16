"""A run walked on a plain terminal: the step printed, one command a line, every act answered."""
