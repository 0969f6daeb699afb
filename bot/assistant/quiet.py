"""Makes Rasa keep quiet: no telemetry, no Sentry, no words of a person in any log. To be called before Rasa is imported."""

from __future__ import annotations

import logging
import os
import warnings


def keep_quiet() -> None:
    """Set what Rasa and TensorFlow read at import, then take structlog's default of printing every message away."""
    os.environ.update({
        "RASA_TELEMETRY_ENABLED": "false",
        "TF_CPP_MIN_LOG_LEVEL": "3",
        "TF_ENABLE_ONEDNN_OPTS": "0",
        "CUDA_VISIBLE_DEVICES": "-1",
        "LOG_LEVEL": "ERROR",
    })  # fmt: skip
    warnings.simplefilter("ignore")  # other people's deprecations; our own tests run with warnings on
    logging.getLogger("rasa").setLevel(logging.CRITICAL)
    import structlog

    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.CRITICAL))
