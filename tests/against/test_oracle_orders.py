"""Releases, worked out by hand: always, cards, several products, profiles."""

from __future__ import annotations

from typing import Any

import pytest

from tests.against.chance import SeededChance
from tests.against.small import AT_ONCE, line, one, simulate, taken, work
from twin.layout.schema import Layout

ALWAYS = {"o": {"product": "P", "release": "always"}}


def runs(**times: float) -> dict[str, Any]:
    """Products of one step at A."""
    return {name: {"route": work(time)} for name, time in times.items()}


def test_always_makes_a_part_whenever_the_first_machine_is_idle() -> None:
    log = simulate(one(), work(4), orders=ALWAYS, until=10)
    assert log.releases == [0.0, 4.0, 8.0]
    assert [key[:3] for key in log.parts] == [("o", 0, 0), ("o", 1, 0), ("o", 2, 0)]
    assert [(end.release, end.end) for end in log.ends] == [(0.0, 4.0), (4.0, 8.0)]


def test_always_releases_no_more_than_the_line_takes() -> None:
    stations, route = line(1.0, 4.0, B={"capacity": 0})
    log = simulate(stations, route, orders=ALWAYS, transport=AT_ONCE, until=12)
    assert log.releases == [0.0, 1.0, 5.0, 9.0]
    assert [time for time, _ in log.exits] == [5.0, 9.0]


def test_always_fills_what_dated_orders_leave() -> None:
    orders = {"o": {"product": "P", "every": 6, "first": 6}} | {
        "fill": {"product": "P", "release": "always"}
    }
    log = simulate(one(), work(4), orders=orders, until=15)
    # The order of 6 waits for the machine at 8; then it is idle again at 12, and takes that of 12.
    assert taken(log, "A") == [(0, 0.0), (1, 4.0), (2, 8.0), (3, 12.0)]
    assert [log.parts[k].stream for k in range(4)] == ["fill", "fill", "o", "o"]


def test_always_ends_with_its_count_and_its_orders_may_be_large() -> None:
    orders = {"o": {"product": "P", "release": "always", "count": 2, "quantity": 2}}
    log = simulate(one(), work(4), orders=orders)
    assert [key[1:3] for key in log.parts] == [(0, 0), (0, 1), (1, 0), (1, 1)]
    assert [(o.release, o.end) for o in log.orders] == [(0.0, 8.0), (8.0, 16.0)]


def test_always_with_cards_waits_for_one() -> None:
    stations, route = line(1.0, 4.0)
    orders = {"o": {"product": "P", "release": "always", "cards": 2}}
    log = simulate(stations, route, orders=orders, transport=AT_ONCE, until=10)
    assert log.releases == [0.0, 1.0, 5.0, 9.0]


def test_always_makes_nothing_for_which_a_stock_is_short() -> None:
    step = {"needs": {"nut": 2}}
    log = simulate(one(), work(4, **step), orders=ALWAYS, stocks={"nut": {"start": 5}})
    assert [time for time, _ in log.exits] == [4.0, 8.0]
    assert len(log.parts) == 2


def test_cards_are_there_at_once_and_come_back_with_each_part_that_leaves() -> None:
    stations, route = line(1.0, 4.0)
    orders = {"o": {"product": "P", "release": "cards", "cards": 3}}
    log = simulate(stations, route, orders=orders, transport=AT_ONCE, until=10)
    assert log.releases == [0.0, 0.0, 0.0, 5.0, 9.0]
    assert [time for time, _ in log.exits] == [5.0, 9.0]


def test_a_card_that_returns_at_a_blocked_entry_waits_outside() -> None:
    stations, route = line(1.0, 4.0, A={"capacity": 1}, B={"capacity": 0})
    orders = {"o": {"product": "P", "release": "cards", "cards": 4}}
    log = simulate(stations, route, orders=orders, transport=AT_ONCE, until=10)
    # 5: 0 leaves, 1 goes to b, 2 to a, 3 into the place, and the new one stays outside; 9: again.
    assert log.releases == [0.0] * 4 + [5.0, 9.0]
    assert [(s.part, s.entered, s.taken) for s in log.stays if s.station == "A"] == [
        (0, 0.0, 0.0),
        (1, 0.0, 1.0),
        (2, 1.0, 5.0),
        (3, 5.0, 9.0),
    ]


def test_a_replacement_keeps_the_card() -> None:
    stop = {"stop": {"clock": "work", "every": 3, "lasts": 0, "part": "scrap"}}
    orders = {"o": {"product": "P", "release": "cards", "cards": 2}}
    log = simulate(one(disturbances=stop), work(4), orders=orders, when_scrapped="replace", until=8)
    assert log.scrapped == [(3.0, 0)]
    assert [key[1:3] for key in log.parts] == [(0, 0), (1, 0), (0, 1), (2, 0)]
    assert log.releases == [0.0, 0.0, 3.0, 7.0]


def test_scrapped_parts_give_their_cards_back_too() -> None:
    orders = {"o": {"product": "P", "release": "cards", "cards": 1, "count": 3}}
    scrap = {"then": [{"to": "scrap", "share": 1}]}
    log = simulate(one(), work(4, **scrap), orders=orders)
    assert log.releases == [0.0, 4.0, 8.0]
    assert [(o.end, o.done) for o in log.orders] == [(4.0, False), (8.0, False), (12.0, False)]


def test_dated_orders_wait_for_cards_and_count_from_their_date() -> None:
    orders = {"o": {"product": "P", "every": 1, "first": 0, "cards": 2, "count": 4}}
    log = simulate(one(), work(5), orders=orders)
    assert [stay.entered for stay in log.stays] == [0.0, 1.0, 5.0, 10.0]
    assert [end[1:] for end in log.ends] == [(0.0, 5.0), (1.0, 10.0), (2.0, 15.0), (3.0, 20.0)]


def test_a_dated_order_larger_than_the_cards_comes_part_by_part() -> None:
    orders = {"o": {"product": "P", "every": 9, "first": 0, "quantity": 3, "cards": 2, "count": 1}}
    log = simulate(one(), work(5), orders=orders)
    assert [stay.entered for stay in log.stays] == [0.0, 0.0, 5.0]
    assert [(o.release, o.end) for o in log.orders] == [(0.0, 15.0)]


def test_the_count_of_dated_orders() -> None:
    orders = {"o": {"product": "P", "every": 2, "count": 3}, "one": {"product": "P"}}
    log = simulate(one(), work(1), orders=orders)
    assert log.releases == [0.0, 2.0, 4.0, 6.0]
    assert log.parts[0].stream == "one"


def test_a_sequence_of_products_comes_in_turn() -> None:
    orders = {"o": {"sequence": ["P", "Q", "Q"], "every": 5, "first": 0}}
    log = simulate(one(), [], products=runs(P=1, Q=2), orders=orders, until=24)
    assert [t for t, _ in log.exits] == [1.0, 7.0, 12.0, 16.0, 22.0]


def test_one_order_of_several_products_is_done_when_all_are() -> None:
    orders = {"o": {"lines": {"Q": 1, "P": 2}, "every": 50, "first": 0, "quantity": 2}}
    log = simulate(one(), [], products=runs(P=1, Q=3), orders=orders, until=40)
    assert [t for t, _ in log.exits] == [3.0, 4.0, 5.0, 8.0, 9.0, 10.0]
    assert [key[:3] for key in log.parts] == [("o", 0, k) for k in range(6)]
    assert [(o.release, o.end) for o in log.orders] == [(0.0, 10.0)]


class Fixed(SeededChance):
    """The mix is drawn as given."""

    drawn = (0.0, 0.249, 0.25, 0.9)

    def mix(self, stream: str, count: int) -> float:
        return self.drawn[count % 4]


def test_a_mix_is_drawn_for_each_order(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(SeededChance, "mix", Fixed.mix)
    monkeypatch.setattr(SeededChance, "drawn", Fixed.drawn, raising=False)
    orders = {"o": {"mix": {"P": 0.25, "Q": 0.75}, "every": 5, "first": 0}}
    log = simulate(one(), [], products=runs(P=1, Q=2), orders=orders, until=20)
    assert [t for t, _ in log.exits] == [1.0, 6.0, 12.0, 17.0]


def test_the_mix_of_the_plain_source_has_its_shares() -> None:
    layout = Layout.model_validate(
        {
            "twin": 1,
            "name": "mix",
            "floor": {"size": [9, 9]},
            "machines": {"a": {"asset": "bench/tht", "at": [1, 1]}},
            "stations": {"A": {"machines": ["a"]}},
            "products": runs(P=1),
            "orders": {"o": {"mix": {"P": 1.0}, "every": 1}},
        }
    )
    draws = [SeededChance(layout, 1).mix("o", n) for n in range(1000)]
    assert 0.4 < sum(draws) / 1000 < 0.6


def test_a_profile_makes_time_run_faster_or_stand_still() -> None:
    profile = {"cycle": 20, "rates": [[0, 2], [5, 0], [10, 1]]}
    orders = {"o": {"product": "P", "every": 4, "profile": profile}}
    log = simulate(one(), work(0), orders=orders, until=31)
    # 0-5 at 2: 10 of work: 2, 4, half of the next; none till 10; at 1: 12, 16, 20; then 22, 24 ...
    assert log.releases == [2.0, 4.0, 12.0, 16.0, 20.0, 22.0, 24.0]


def test_before_its_first_rate_a_profile_has_the_last_one() -> None:
    profile = {"cycle": 20, "rates": [[5, 0], [10, 4]]}
    orders = {"o": {"product": "P", "every": 8, "profile": profile}}
    log = simulate(one(), work(0), orders=orders, until=13)
    assert log.releases == [2.0, 4.0, 11.0]
