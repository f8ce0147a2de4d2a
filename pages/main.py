"""The frame: who is here, which case study, navigation; then the screen that was chosen."""

from copdash.ui.habits import frame

frame.run()
