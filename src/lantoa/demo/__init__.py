"""The model province, built only through other domains' actions (docs/demo.md).

`content/` what is taught and what people are called, `rules/` who did what and when (pure, from one
seed), `scenes/` each writes one part, `build.build` calls them in order.
"""
