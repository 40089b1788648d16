"""What is done: commands become events or are refused; state is the fold of events. Pure."""
