"""The base of every form: token checked for the whole house, so no form carries its own."""

from flask_wtf import FlaskForm


class Form(FlaskForm):  # type: ignore[misc]
    """A form bound to the request. `validate_on_submit()` answers whether a POST is in order."""

    class Meta(FlaskForm.Meta):  # type: ignore[misc]
        csrf = False
        """CSRFProtect looks at every unsafe request (webui/security.py); templates write the token."""
