"""From records to the terminal, HTML and figures."""
