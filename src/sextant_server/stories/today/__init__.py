"""Today, a file a section: promises, decisions, news, silence; and the sentence above them."""
