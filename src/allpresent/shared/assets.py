"""Static files: hashed names, compressed, served from this process."""

from whitenoise.storage import CompressedManifestStaticFilesStorage


class Assets(CompressedManifestStaticFilesStorage):
    """Kept lenient about source maps and font files that a style sheet names and no page asks for."""

    manifest_strict = False
