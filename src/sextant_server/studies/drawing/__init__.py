"""A study's downloads: tables as CSV, pictures as SVG and PNG, the whole as one page."""
