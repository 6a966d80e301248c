"""Page → lines: orientation, text-layer trust, engines, quality, second readings, marks."""

from pipeline.ocr.offline import stay_offline

stay_offline()
