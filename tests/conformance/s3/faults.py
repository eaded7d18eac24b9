"""Cases of s3.py in which something breaks: the service, the connection, or the program itself."""

import itertools
import os
import signal

from s3.bench import AGAIN, AS_IT_WAS, TRIES, WIDTH, Problem, desk, differ, expect, no_link_is_dead
from s3.server import CUT_ANSWER, CUT_REQUEST, HOLD, RESET

# What is said of a piece that a run before put and this one has no source of.
THIRD_IS_GONE = "the source of `third` is gone, and its page stays"

# The long proof asks for more.
MANY = 8 if os.environ.get("PLACES_ALL") else 24

CASES = []


def case(check):
    CASES.append(check)
    return check


def from_the(nth, chosen, fault):
    """Makes a fault of the nth of the chosen requests and of every one after it."""
    seen = itertools.count(1)
    return lambda request: fault if chosen(request) and next(seen) >= nth else None


def only_the(nth, chosen, fault):
    """Makes a fault of the nth of the chosen requests alone."""
    seen = itertools.count(1)
    return lambda request: fault if chosen(request) and next(seen) == nth else None


def sends(request):
    return request.waits


def copies(request):
    return request.kind == "copy"


def puts_the_manifest(request):
    return request.kind == "put" and request.key.endswith("/manifest.json")


@case
def errors_that_pass_are_tried_again_without_a_storm(bench):
    with desk(bench) as d:
        count = itertools.count(1)
        run = d.run(bench.plain, fault=lambda _: {0: 500, 5: 503}.get(next(count) % 10)).ended(0)
        asked, calm = len(run.requests), len(bench.calm(bench.plain))
        failed = sum(request.faulted for request in run.requests)
        # Each request that failed is sent once more, and no other.
        expect(failed > 10 and asked == calm + failed, f"{asked} requests, {calm} without faults, {failed} failed")
        d.stands(bench.plain)


@case
def a_connection_that_breaks_once_does_not_end_the_run(bench):
    chosen = [lambda request: request.kind == "read", lambda request: request.kind == "list", sends, copies]
    with desk(bench, bench.plain) as d:
        for archive, fault in ((bench.grown, CUT_REQUEST), (bench.plain, CUT_ANSWER), (bench.grown, RESET)):
            faults = [only_the(1, kind, fault) for kind in chosen]
            run = d.run(archive, fault=lambda request, faults=faults: next(filter(None, [f(request) for f in faults]), None))
            run.ended(*((1, THIRD_IS_GONE) if archive == bench.plain else (0,)))
            expect(sum(request.faulted for request in run.requests) == len(chosen), "not every connection broke")
        no_link_is_dead(d)
        expect(not d.waiting(), "files still wait")


def fails_while_sending(bench, fault, status):
    """A service that fails from the eighth file on: the old site stands, and the next run sends only what does not wait yet."""
    with desk(bench, bench.plain) as d:
        before = d.site()
        run = d.run(bench.grown, fault=from_the(8, sends, fault)).ended(1, AGAIN, AS_IT_WAS, "cannot put s3://")
        expect(status in run.said, f"it does not say `{status}`:\n{run.said}")
        failed = sum(request.faulted for request in run.requests)
        expect(failed <= WIDTH * TRIES, f"{failed} requests for files that could not be sent")
        differ(d.site(), before)
        goes_on(bench, d)


def goes_on(bench, d):
    """The next run sends what does not wait yet, puts all in place and clears away."""
    waiting = d.waiting()
    run = d.run(bench.grown).ended(0)
    sent = [request.key for request in run.requests if request.waits]
    expect(not waiting.intersection(sent), f"it sends again {waiting.intersection(sent)}")
    whole = {request.key for request in bench.calm(bench.plain, bench.grown) if request.waits}
    expect(waiting.union(sent) >= whole and len(sent) < len(whole), f"{len(waiting)} waited, {len(sent)} were sent, of {len(whole)}")
    d.stands(bench.plain, bench.grown)


@case
def a_service_that_fails_for_good_leaves_the_old_site_and_the_next_run_goes_on(bench):
    fails_while_sending(bench, 500, "500")


@case
def a_service_that_is_overrun_for_good_leaves_the_old_site_and_the_next_run_goes_on(bench):
    fails_while_sending(bench, 503, "503")


@case
def connections_cut_in_a_request_leave_the_old_site_and_the_next_run_goes_on(bench):
    fails_while_sending(bench, CUT_REQUEST, "HTTP error: io")


@case
def connections_cut_in_an_answer_leave_the_old_site_and_the_next_run_goes_on(bench):
    fails_while_sending(bench, CUT_ANSWER, "HTTP error: io")


@case
def connections_reset_leave_the_old_site_and_the_next_run_goes_on(bench):
    fails_while_sending(bench, RESET, "HTTP error: io")


@case
def a_first_upload_that_fails_shows_no_site_at_all(bench):
    with desk(bench) as d:
        d.run(bench.plain, fault=from_the(8, sends, 400)).ended(1, AGAIN)
        expect(not d.site() and d.waiting(), f"there stand {sorted(d.site())}")
        d.run(bench.plain).ended(0)
        d.stands(bench.plain)


@case
def wherever_placing_stops_no_link_is_dead_and_the_next_run_goes_on(bench):
    placing_stops(bench, bench.plain, bench.grown)


@case
def wherever_a_first_placing_stops_no_link_is_dead_and_the_next_run_goes_on(bench):
    placing_stops(bench, bench.plain)


def placing_stops(bench, *archives):
    """Placing the last of the archives stops at one file in many, or at one of the last, each time in another bucket."""
    *before, last = archives
    total = sum(request.kind == "copy" for request in bench.calm(*archives))
    for nth in [*range(1, total - 4, MANY), *range(total - 4, total + 1, 2)]:
        with desk(bench, *before) as d:
            old = d.site()
            d.run(last, fault=from_the(nth, copies, 400)).ended(1, AGAIN, "no page that a reader can come to names a missing file")
            no_link_is_dead(d, old)
            # Once more, a little further on: what stands there is known no more from the manifest alone.
            d.run(last, fault=from_the(nth + 2, copies, 400))
            no_link_is_dead(d, old)
            run = d.run(last).ended(0)
            expect(not [request for request in run.requests if request.waits], "it sends files again that wait")
            d.stands(*archives)


@case
def a_piece_that_was_placed_by_half_can_be_taken_back_and_pruned(bench):
    total = sum(request.kind == "copy" for request in bench.calm(bench.plain, bench.grown))
    with desk(bench, bench.plain) as d:
        d.run(bench.grown, fault=only_the(total, copies, 400)).ended(1, AGAIN)
        expect("site/pieces/third.html" in d.objects(), "the new page was not placed")
        d.run(bench.edited, "--prune").ended(0, "removed pieces/third.html")
        d.stands(bench.edited)


@case
def copies_that_fail_for_good_leave_no_dead_link_and_no_storm(bench):
    with desk(bench, bench.plain) as d:
        run = d.run(bench.grown, fault=from_the(9, copies, 500)).ended(1, AGAIN)
        failed = sum(request.faulted for request in run.requests)
        expect(failed <= WIDTH * TRIES, f"{failed} copies failed")
        no_link_is_dead(d, bench.local(bench.plain))
        goes_on(bench, d)


@case
def a_manifest_that_cannot_be_put_leaves_no_dead_link_and_the_next_run_goes_on(bench):
    for nth in (1, 2):
        with desk(bench, bench.plain) as d:
            d.run(bench.grown, fault=from_the(nth, puts_the_manifest, 400)).ended(1, AGAIN)
            no_link_is_dead(d, bench.local(bench.plain))
            d.run(bench.grown).ended(0)
            d.stands(bench.plain, bench.grown)


@case
def waiting_files_that_could_not_be_cleared_away_are_cleared_by_the_next_run(bench):
    with desk(bench, bench.plain) as d:
        d.run(bench.grown, fault=from_the(1, lambda request: request.kind == "delete", 400)).ended(1, AGAIN)
        no_link_is_dead(d)
        expect(d.waiting(), "nothing waits")
        d.run(bench.grown).ended(0)
        d.stands(bench.plain, bench.grown)


def held_at(d, archive, nth, chosen):
    """The program at work, with the nth of the chosen requests and all after it held back at the gate."""
    program = d.start(archive, from_the(nth, chosen, HOLD))
    if not d.gate.held.acquire(timeout=30):
        program.kill()
        raise Problem("the program never came so far")
    return program


@case
def a_service_that_ignores_conditions_is_refused_unless_the_run_is_alone(bench):
    with desk(bench) as d:
        d.gate.ignores_conditions = True
        d.run(bench.plain).ended(2, "ignores conditions", "--alone")
        expect(not d.objects(), f"there stand {sorted(d.objects())}")
        d.run(bench.plain, "--alone").ended(0)
        d.stands(bench.plain)


@case
def a_run_that_another_has_overtaken_places_nothing_more(bench):
    with desk(bench, bench.plain) as d:
        program = held_at(d, bench.grown, 1, copies)
        d.put("site/manifest.json", d.read("manifest.json") + b"\n")
        before = {path for path in d.site() if "third" in path}
        d.gate.opened.set()
        said, _ = program.communicate(timeout=30)
        expect(program.returncode == 1 and "has taken over" in said, f"{program.returncode}: {said}")
        placed = {path for path in d.site() if "third" in path} - before
        expect(len(placed) <= WIDTH and "pieces/third.html" not in placed, f"it placed {sorted(placed)}")
        no_link_is_dead(d, bench.local(bench.plain))


@case
def whoever_is_at_work_is_named_by_the_lock(bench):
    with desk(bench, bench.plain) as d:
        d.gate.let_go = False
        program = held_at(d, bench.grown, 20, sends)
        program.kill()
        program.wait(10)
        d.gate.opened.set()
        d.run(bench.grown).ended(0, "began a run at this target", "by the store's clock")
        expect("site/.flashpoint-lock" not in d.objects(), "the lock stayed")
        d.run(bench.edited).ended(1, THIRD_IS_GONE)


@case
def killed_while_it_sends_it_leaves_the_old_site_and_the_next_run_goes_on(bench):
    with desk(bench, bench.plain) as d:
        before = d.site()
        d.gate.let_go = False
        program = held_at(d, bench.grown, 20, sends)
        program.kill()
        expect(program.wait(10) == -signal.SIGKILL, "it was not killed")
        d.gate.opened.set()
        differ(d.site(), before)
        goes_on(bench, d)


@case
def killed_while_it_places_it_leaves_no_dead_link_and_the_next_run_goes_on(bench):
    with desk(bench, bench.plain) as d:
        d.gate.let_go = False
        program = held_at(d, bench.grown, 9, copies)
        program.kill()
        program.wait(10)
        d.gate.opened.set()
        no_link_is_dead(d, bench.local(bench.plain))
        goes_on(bench, d)


@case
def a_killed_run_leaves_nothing_beside_the_editions(bench):
    with desk(bench, bench.plain) as d:
        d.gate.let_go = False
        # Its proofs stand there already.
        bench.filled(bench.plain, bench.edited)
        beside = bench.edited / "dist/.flashpoint"
        before = sorted(beside.iterdir())
        program = held_at(d, bench.edited, 1, sends)
        program.kill()
        program.wait(10)
        expect(sorted(beside.iterdir()) == before, f"there stand {sorted(beside.iterdir())}")


@case
def interrupted_while_it_sends_it_ends_in_order_and_the_next_run_goes_on(bench):
    with desk(bench, bench.plain) as d:
        before = d.site()
        program = held_at(d, bench.grown, 20, sends)
        program.send_signal(signal.SIGINT)
        d.gate.opened.set()
        said, _ = program.communicate(timeout=30)
        expect(program.returncode == 130 and "interrupted" in said and AGAIN in said, f"{program.returncode}: {said}")
        differ(d.site(), before)
        goes_on(bench, d)


@case
def a_service_that_fails_from_the_first_request_on_is_asked_six_times(bench):
    with desk(bench) as d:
        run = d.run(bench.plain, fault=lambda _: 503).ended(1, f"s3://{d.bucket}", "503")
        expect(len(run.requests) == TRIES and run.seconds < 30, f"{len(run.requests)} requests in {run.seconds:.0f} s")


@case
def pruning_that_fails_is_made_good_by_the_next_run(bench):
    with desk(bench, bench.plain) as d:
        d.run(bench.shrunk, "--prune", fault=only_the(1, lambda request: request.kind == "delete", 400)).ended(1, AGAIN)
        no_link_is_dead(d)
        d.run(bench.shrunk, "--prune").ended(0)
        d.stands(bench.plain, bench.shrunk)
