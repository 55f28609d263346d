"""An uploaded video, seen when nine tenths of it were reached."""

from lantoa.courses.kinds.video.kind import Video

KIND = Video()
