from lantoa.courses.kinds.files import UploadForm
from lantoa.files.rules import DOCUMENTS


class DocumentForm(UploadForm):
    allowed = DOCUMENTS
