"""What a roster file may be. Stated to operators in docs/operations.md."""

from typing import Final

MAX_FILE_BYTES: Final = 20 * 1024 * 1024
MAX_UNPACKED_BYTES: Final = 300 * 1024 * 1024
MAX_RATIO: Final = 200
"""Unpacked size over file size; checked from `RATIO_FROM_BYTES` on (small files pack well)."""
RATIO_FROM_BYTES: Final = 50 * 1024 * 1024
MAX_ROWS: Final = 60_000
"""In all sheets together, counted to the last row that holds something."""
MAX_COLUMNS: Final = 60
MAX_SHEETS: Final = 100
MAX_CELL_CHARACTERS: Final = 2_000
MAX_CHARACTERS: Final = 60_000_000
READ_MEMORY_BYTES: Final = 1024 * 1024 * 1024
READ_SECONDS: Final = 60
CHECK_SECONDS: Final = 20
"""For the check while somebody waits at the upload."""
