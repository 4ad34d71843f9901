"""Sources: registered tables, their versions, what their columns hold, who may see their rows."""
