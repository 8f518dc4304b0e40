"""What people tried and may not, for the supervisor."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from kuaichu.kernel.actors import Actor
from kuaichu.portals.police.door import desk, surroundings
from kuaichu.queries.watch.attempts import attempts


@require_safe
@desk("oversight.answer")
def attempts_page(request: HttpRequest, actor: Actor) -> HttpResponse:
    """The newest refused attempts of the city."""
    context = surroundings(request, actor, "attempts") | {"rows": attempts(actor)}
    return render(request, "police/oversight/attempts.html", context)
