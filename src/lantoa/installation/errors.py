class ConferenceFailed(Exception):
    """`str(error)` is a sentence for whoever runs the class or the system; it never carries the
    secret."""


class NotSent(Exception):
    """`str(error)` is a sentence for the administrator; it never carries the address or the text.

    `for_good`: trying again later can't help (the address itself is refused).
    """

    def __init__(self, sentence: str, for_good: bool = False) -> None:
        self.for_good = for_good
        super().__init__(sentence)
