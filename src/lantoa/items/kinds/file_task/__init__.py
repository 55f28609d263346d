"""The practical: a file is made and handed in, marked by people."""

from lantoa.items.kinds.file_task.kind import FileTask

KIND = FileTask()
