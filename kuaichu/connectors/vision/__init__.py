"""Reading photographs. Only a worker of the lane `vision` makes an adapter that needs the extra `vision`."""

from __future__ import annotations

from importlib.util import find_spec

PACKAGES = {
    "rapidocr": "rapidocr",
    "onnxruntime": "onnxruntime",
    "cv2": "opencv-python-headless",
    "numpy": "numpy",
}


def missing() -> list[str]:
    """The packages of the extra `vision` that are not installed (looked up, not imported)."""
    return [package for module, package in PACKAGES.items() if find_spec(module) is None]
