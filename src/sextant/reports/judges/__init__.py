"""A study of a judge as a record, and the record as a document."""
