"""A sealed-bid auction of one item in plain Python: the highest bid wins and pays the second highest.

    mechane verify --exec "python3 auction.py"
    mechane verify --exec "python3 auction.py --pay-own-bid"    # the same claims, and one of them is false

A line of JSON comes in, a line of JSON goes out.
"""

import json
import sys

PAY_OWN_BID = "--pay-own-bid" in sys.argv

DESCRIPTION = {
    "id": "example/own-bid" if PAY_OWN_BID else "example/second-bid",
    "summary": "The highest bid wins and pays " + ("what it bid" if PAY_OWN_BID else "the second highest bid"),
    "settings": {
        "type": "object",
        "properties": {"reserve": {"type": "number", "minimum": 0, "default": 0}},
    },
    "report": {
        "type": "object",
        "properties": {"bid": {"type": "number", "minimum": 0}},
        "required": ["bid"],
    },
    "domain": "single-item",
    "claims": [
        {"law": "strategy-proof", "holds": True, "because": "Vickrey 1961: one's own bid does not move the price"},
        {"law": "individually-rational", "holds": True, "because": "nobody pays more than its bid"},
        {"law": "no-deficit", "holds": True, "because": "nobody is paid"},
    ],
}


def outcome(settings, reports):
    reserve = settings["reserve"]
    bids = {agent: report["bid"] for agent, report in reports.items() if report["bid"] >= reserve}
    # Ties go to the first by name.
    ranked = sorted(bids, key=lambda agent: (-bids[agent], agent))
    payments = {agent: 0 for agent in reports}
    if not ranked:
        return {"winner": None, "payments": payments}
    winner = ranked[0]
    second = bids[ranked[1]] if len(ranked) > 1 else reserve
    payments[winner] = bids[winner] if PAY_OWN_BID else second
    return {"winner": winner, "payments": payments}


for line in sys.stdin:
    asked = json.loads(line)
    if "describe" in asked:
        answer = DESCRIPTION
    else:
        answer = {"outcome": outcome(asked["settings"], asked["reports"])}
    print(json.dumps(answer), flush=True)
