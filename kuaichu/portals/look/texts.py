"""Words the browser behaviours say, handed to the page in its own language."""

from typing import Final

from django.utils.translation import gettext_noop

CITIZEN: Final = {
    "clock.over": gettext_noop("Time is up"),
    "clock.days": gettext_noop("%n d %h h"),
    "clock.minutes": gettext_noop("%n minutes left"),
    "copy.done": gettext_noop("Copied"),
    "copy.failed": gettext_noop("Could not copy; press and hold the text instead"),
    "keep.count": gettext_noop("%n entries wait on this phone and send themselves"),
    "keep.blank": gettext_noop("Weak or no network. Go on, everything is kept."),
    "keep.first": gettext_noop("No connection. Your report is begun on this phone; tap again in a moment."),
    "keep.locked": gettext_noop("Some entries wait: open the link in our message again to send them."),
    "keep.nothing": gettext_noop("This browser keeps nothing on the phone. Stay online until you are done."),
    "keep.refused": gettext_noop("Something you entered was not accepted. Please look at it again."),
    "keep.unopened": gettext_noop("Not sent yet; it sends itself as soon as there is network"),
    "keep.waits": gettext_noop("No network. It is kept and sent by itself; then this page goes on."),
    "locate.busy": gettext_noop("Finding where you are…"),
    "locate.done": gettext_noop("Position found, accurate to about %n metres"),
    "locate.denied": gettext_noop("The phone did not allow it. Describe the place in words below."),
    "locate.failed": gettext_noop("No position yet. Try again in the open, or describe the place in words."),
    "locate.slow": gettext_noop("It takes too long. Try again, or describe the place in words."),
    "outbox.offline": gettext_noop("No network. What you enter stays on this phone."),
    "outbox.waiting": gettext_noop("%n photos wait on this phone and send themselves"),
    "photo.keeping": gettext_noop("Saving on this phone…"),
    "photo.again": gettext_noop("Take again"),
    "photo.blurred": gettext_noop("It seems not sharp. If you can, take it again and hold still."),
    "photo.bright": gettext_noop("It seems too bright. If you can, take it again."),
    "photo.dark": gettext_noop(
        "It seems too dark. If you can, take it again with light, or call an officer."
    ),
    "photo.glare": gettext_noop("It reflects. If you can, take it again at another angle."),
    "photo.refused": gettext_noop("Not accepted. Please take it again."),
    "photo.saved": gettext_noop("Saved on this phone"),
    "photo.sending": gettext_noop("Sending…"),
    "photo.sent": gettext_noop("Received"),
    "photo.session": gettext_noop("Please sign in again; the photo is kept on this phone."),
    "photo.unreadable": gettext_noop("This file is not a photo the phone can read"),
    "photo.waiting": gettext_noop("Waiting for the network"),
    "sign.empty": gettext_noop("Please sign, or type your name"),
    "sign.ready": gettext_noop("Signature entered"),
    "voice.listen": gettext_noop("Listen to it. It is sent only if you keep it."),
    "voice.refused": gettext_noop("The phone did not allow the microphone. You can write instead."),
    "voice.running": gettext_noop("Recording: %n of %h seconds"),
    "voice.sending": gettext_noop("Sending…"),
    "voice.waits": gettext_noop("Kept on this phone, not sent yet. Try again when the network is back."),
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
