"""Words the browser behaviours say, handed to the page in its own language."""

from typing import Final

from django.utils.translation import gettext_noop

CITIZEN: Final = {
    "clock.over": gettext_noop("Time is up"),
    "clock.days": gettext_noop("%n d %h h"),
    "clock.minutes": gettext_noop("%n minutes left"),
    "copy.done": gettext_noop("Copied"),
    "copy.failed": gettext_noop("Could not copy; press and hold the text instead"),
    "locate.busy": gettext_noop("Finding where you are…"),
    "locate.done": gettext_noop("Position found, accurate to about %n metres"),
    "locate.denied": gettext_noop("The phone did not allow it. Describe the place in words below."),
    "locate.failed": gettext_noop("No position yet. Try again in the open, or describe the place in words."),
    "locate.slow": gettext_noop("It takes too long. Try again, or describe the place in words."),
    "outbox.offline": gettext_noop("No network. What you enter stays on this phone."),
    "outbox.waiting": gettext_noop("%n photos wait on this phone and send themselves"),
    "photo.again": gettext_noop("Take again"),
    "photo.refused": gettext_noop("Not accepted. Please take it again."),
    "photo.saved": gettext_noop("Saved on this phone"),
    "photo.sending": gettext_noop("Sending…"),
    "photo.sent": gettext_noop("Received"),
    "photo.session": gettext_noop("Please sign in again; the photo is kept on this phone."),
    "photo.unreadable": gettext_noop("This file is not a photo the phone can read"),
    "photo.waiting": gettext_noop("Waiting for the network"),
    "sign.empty": gettext_noop("Please sign, or type your name"),
    "sign.ready": gettext_noop("Signature entered"),
    "sun.on": gettext_noop("Sunlight contrast"),
    "toast.failed": gettext_noop("That did not work. Please try again."),
    "toast.offline": gettext_noop("No connection to the server"),
    "zones.none": gettext_noop("Nothing chosen"),
}
"""Message key → English source; `%n` and `%h` are filled in by the behaviour."""

CONSOLE: Final = {
    "compare.of": gettext_noop("Photo %n of %h"),
    "keys.down": gettext_noop("Next row"),
    "keys.off": gettext_noop("Keys are switched off"),
    "keys.on": gettext_noop("Keys are switched on"),
    "keys.open": gettext_noop("Open the row"),
    "keys.up": gettext_noop("Previous row"),
    "live.lost": gettext_noop("Connection lost; refreshing every 5 seconds"),
    "map.failed": gettext_noop("The map cannot be drawn on this device; the place is given in words."),
}
"""Further messages of desk pages."""
