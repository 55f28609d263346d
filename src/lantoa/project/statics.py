"""Static files under names that say what they hold, the modules that scripts import included: a
page opened before an upgrade never mixes old modules with new ones, and all may be kept for good.
"""

from django.contrib.staticfiles.storage import ManifestStaticFilesStorage

# import … from "./x.js"; and export … from "./x.js"; but not import("./x.js"): two modules that
# fetch each other would have no digest.
_FROM = (
    r"""(?P<matched>(?P<what>\b(?:import|export)\s[^'"();]*?\bfrom)"""
    r"""\s*["'](?P<url>\.[^"']+)["']\s*;)"""
)


class Statics(ManifestStaticFilesStorage):
    patterns = (
        *ManifestStaticFilesStorage.patterns,
        ("*.js", ((_FROM, """%(what)s "%(url)s";"""),)),
    )
