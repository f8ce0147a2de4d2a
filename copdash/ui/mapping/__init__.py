"""Parts of the screens under Mapping."""
