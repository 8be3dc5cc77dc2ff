"""What the terminal tells the person who started Kyodo: where to look, whom to sign in as, what is missing."""

import shutil
import subprocess

from sqlalchemy import make_url

from models.settings import Settings
