"""The classes of a picture's legend."""

BOUNDS = (0.5, 0.7, 0.85, 1.0)
"""Class 0 lies under the first bound, class 4 from the last on."""

NOTHING = "none"


def class_of(share: float | None) -> str:
    """A share's class as the end of a CSS class: "0" … "4", "none" without a share."""
    if share is None:
        return NOTHING
    return str(sum(share >= bound for bound in BOUNDS))
