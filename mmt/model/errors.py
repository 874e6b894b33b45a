"""What can go wrong in front of a person, each with a sentence to show: what happened, what to do."""


class ClinicError(Exception):
    """Something asked of the clinic could not be done; `str()` is a sentence to show. Nothing was lost."""


class DoubtError(ClinicError):
    """What was asked is odd; `str()` says why. Nothing was kept; the call goes through with `sure=True`."""


class NotSavedError(ClinicError):
    """A value did not reach the disk. What was saved before stands; the call may be tried again."""


class RefusedError(ClinicError):
    """A rule of conduct stands against it, as the visit is now. Trying again changes nothing."""


class RestrictedError(ClinicError):
    """The record is restricted: it opens once a reason is given, which is kept; `str()` says why it is."""


class TakenOverError(RefusedError):
    """The draft was taken over, signed or discarded elsewhere. Nothing was kept; the visit was read anew."""


class PaperError(ClinicError):
    """A paper could not be made or written. The visit is untouched."""


class NotSignedOffError(PaperError):
    """The clinic prints only what its clinicians signed off, and not all of this paper is."""


class SignInError(ClinicError):
    """Who asks has not shown that they may open the records, or sign. Nothing was opened or signed."""
