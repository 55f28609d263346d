"""Looking into an upload: each module raises `FileRefused` with a sentence, or lets it pass."""
