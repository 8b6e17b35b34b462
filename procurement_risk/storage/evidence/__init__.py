"""Files of evidence: their bytes, each kept once by its SHA-256, outside the database.

    limits      what may be kept at all: size and kind, and names that are safe
    Contents    where the bytes lie: a ``Folder`` beside the database, or ``Elsewhere``
    uses        which files are in use, so that nobody deletes what somebody needs

What is known of a file stands in the assessment, as a part ``file:<sha256>``: so history,
records, erasure and backup hold it as they hold any part. The bytes are written first and the
part after them, so a part never names a file that was only half written.
"""

from procurement_risk.storage.evidence.contents import SETTING, Contents, contents_of
from procurement_risk.storage.evidence.folder import Folder
