"""Parts of the screens under Sharing."""
