"""Landing: raw files become rows of the landed layer, each once, typed and accounted for."""

from orchestration.landing.build import Build, complete_build, project_fingerprint
from orchestration.landing.land import LandingReport, TableReport, land

__all__ = [
    "Build",
    "LandingReport",
    "TableReport",
    "complete_build",
    "land",
    "project_fingerprint",
]
