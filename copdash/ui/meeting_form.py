"""One meeting or milestone as a card beside the roadmap: read it, change it, and see what it has been.

Each field's widget is keyed by a digest of the stored value: when somebody else changes a field, the card shows the
new value, and what was half typed in the other fields stays. What the author saw goes along with every save.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import uuid
import zoneinfo
from collections.abc import Callable, Mapping, Sequence
from typing import Any

import streamlit as st
from sqlalchemy.orm import Session

from copdash import history, meetings, milestones, store
from copdash.fields import MEETING, MILESTONE, Column, plain
from copdash.models import CaseStudy, Meeting, Milestone, Stakeholder, Theme
from copdash.ui import changes, sessions
