"""Parts of the screens under Overview."""
