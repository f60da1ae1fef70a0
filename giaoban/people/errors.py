"""What the books of people refuse."""

from django.utils.translation import gettext_lazy as _

from giaoban.journal.errors import RuleBroken


class OutOfScope(RuleBroken):
    code = "out_of_scope"
    message = _("This login is not in charge of {unit}. To record here, ask {contact}.")


class NotARecorder(RuleBroken):
    code = "not_a_recorder"
    message = _("The login {login} records for no unit. Ask the administrator for an appointment.")


class NotAnAppointer(RuleBroken):
    code = "not_an_appointer"
    message = _("The login {login} may create no logins. Ask the administrator.")


class NobodyLeft(RuleBroken):
    code = "nobody_left"
    message = _(
        "Nobody would be left who may appoint for {unit} and all below it. Appoint another clerk "
        "or administrator there first."
    )


class NotAppointed(RuleBroken):
    code = "not_appointed"
    message = _(
        "On {date} the login {login} holds no such appointment to {unit}. Choose one of its "
        "appointments."
    )


class LoginTaken(RuleBroken):
    code = "login_taken"
    message = _("The login {login} exists already. Choose another name.")


class LoginNameRefused(RuleBroken):
    code = "login_name_refused"
    message = _("{login} can't be a login's name. Use at most 150 letters, digits and @ . + - _.")


class NotTheirAdministrator(RuleBroken):
    code = "not_their_administrator"
    message = _("The login {login} is in other hands. Ask the administrator of its units.")


class OwnLogin(RuleBroken):
    code = "own_login"
    message = _("Nobody does this to their own login. Ask another administrator.")


class FirstPasswordKept(RuleBroken):
    code = "first_password_kept"
    message = _("This password is the one in use. Choose another.")


class LoginUnknown(RuleBroken):
    code = "login_unknown"
    message = _("There is no active login {login}. Check the name or ask the administrator.")


class PersonUnknown(RuleBroken):
    code = "person_unknown"
    message = _("There is no member with number {person}. Search by name.")


class CodeUnknown(RuleBroken):
    code = "code_unknown"
    message = _("{field}: there is no code {value}. Choose one of: {codes}.")


class BornInFuture(RuleBroken):
    code = "born_in_future"
    message = _("The date of birth {born} is after {date}. Compare it with the paper.")


class NameRefused(RuleBroken):
    code = "name_refused"
    message = _("{reason}")


class AlreadyErased(RuleBroken):
    code = "already_erased"
    message = _("The personal content of member {person} was erased already; nothing is left.")
