"""Evidence: runs of a contract on a source's version, and the records they leave."""
