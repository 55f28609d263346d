from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from lantoa.files.rules import MIB, extension_of, safe_name
from lantoa.items.kinds import parts, rubric
from lantoa.items.kinds.base import WRITE, Content, Response
from lantoa.items.kinds.file_task.form import ACCEPTED, MOST_FILES, FileTaskForm
from lantoa.items.kinds.kept_files import public_id

LARGEST = 500 * MIB


class FileTask(rubric.ByPeople):
    """Content: {"stem", "files": [{"file": public id, "name"}, …] handed out, "accept": ["docx",
    …], "rubric": [{"title", "points"}, …], "sample": html for markers, "explanation"}. A response
    is {"upload": public id, "name", "size"}.
    """

    name = "file_task"
    label = gettext_lazy("thực hành, nộp tệp")
    use = gettext_lazy("Làm trên máy rồi nộp tệp Word, Excel, PowerPoint …; người chấm cho điểm.")
    group = WRITE
    position = 11
    form_class = FileTaskForm

    def clean(self, content: Mapping[str, Any]) -> Content:
        accept = content.get("accept")
        given = accept if isinstance(accept, list) else []
        return {
            **parts.common(content),
            **rubric.clean(content),
            "files": [
                {
                    "file": public_id(each.get("file")),
                    "name": safe_name(str(each.get("name") or "")),
                }
                for each in parts.mappings(content.get("files"))
            ],
            "accept": [word for word in ACCEPTED if word in given],
        }

    def validate(self, content: Mapping[str, Any]) -> list[str]:
        regular = self.clean(content)
        found = parts.asked(regular["stem"]) + rubric.problems(regular)
        if not regular["accept"]:
            found.append(_("Chưa chọn loại tệp được nộp."))
        if not all(each["file"] for each in regular["files"]):
            found.append(_("Có tệp phát kèm không còn."))
        if len(regular["files"]) > MOST_FILES:
            found.append(_("Phát kèm tối đa %(most)d tệp.") % {"most": MOST_FILES})
        return found + parts.text_problems(regular["stem"], regular["explanation"])

    def text(self, content: Content) -> str:
        names = [each["name"] for each in content["files"]]
        return " ".join([parts.words(content["stem"]), *names])

    def files(self, content: Content) -> list[str]:
        inside = parts.files(content["stem"], content["sample"], content["explanation"])
        return inside + [each["file"] for each in content["files"]]

    def for_candidate(self, content: Content, order: Sequence[int] | None = None) -> Content:
        return {name: content[name] for name in ("stem", "files", "accept", "rubric")}

    def read(self, values: Sequence[str]) -> Response:
        """Set by the script that sent the file."""
        return parts.from_json(values, most=1000)

    def accepts(self, content: Content, response: Response) -> bool:
        return (
            isinstance(response, dict)
            and response.keys() == {"upload", "name", "size"}
            and isinstance(response["upload"], str)
            and public_id(response["upload"]) == response["upload"]
            and parts.is_text(response["name"], 200)
            and extension_of(response["name"]) in content["accept"]
            and parts.is_index(response["size"], LARGEST)
        )

    def review(self, content: Content, response: Response) -> Content:
        said = response if self.accepts(content, response) else None
        return {"stem": content["stem"], "said": said, **self.outcome(content, said)}
