"""Parts of the screens under Roadmap."""
