"""Files that come with a message, as with any other form."""

from helpdesk.attachments.form_files import FilesField, UploadRefused, stored_from

__all__ = ["FilesField", "UploadRefused", "stored_from"]
