"""An attached document to take along; not needed to finish the lesson."""

from lantoa.courses.kinds.document.kind import Document

KIND = Document()
