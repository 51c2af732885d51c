"""Bids in a session of a Mechane service, with nothing but Python's standard library:

    MECHANE_TOKEN=... python3 bidder.py http://127.0.0.1:8080/sessions/ID 12

bids 12 in a sealed auction, stays in a clock while the price is no more than 12, and leaves 12 as its maximum in an auction of a while.
"""
import base64, http.client, json, os, random, sys, time, urllib.error, urllib.request, uuid


class Refused(Exception):
    """What the service has refused: a problem with code, message, path and fix."""


def request(url, token, body=None):
    """Asks until there is an answer: a message goes under a key, so that it counts once, however often it is sent."""
    headers = {"Authorization": f"Bearer {token}", "Content-Type": "application/json"}
    written = None if body is None else json.dumps(body).encode()
    for tried in range(15):
        try:
            with urllib.request.urlopen(urllib.request.Request(url, written, headers), timeout=60) as answer:
                text = answer.read()
                return json.loads(text) if text else None
        except urllib.error.HTTPError as error:
            if error.code not in (429, 502, 503, 504):
                raise Refused(error.read().decode()) from None
        except (OSError, http.client.HTTPException):
            pass  # The connection was lost: nobody knows what has arrived.
        time.sleep(min(10, 0.1 * 2**tried) * random.uniform(0.5, 1))
    raise SystemExit(f"{url} cannot be reached")


def play(session, token, strategy):
    """Answers whatever is asked, until the session has ended, and gives what came out."""
    answered = 0
    while True:
        ask = request(f"{session}/ask?wait=25", token)
        if ask is None or ask["round"] == answered:
            view = request(session, token)
            if view["status"] != "open":
                return view
            time.sleep(0.2)  # It has answered, and others have not.
            continue
        answered = ask["round"]
        said = strategy(ask["content"])
        if said is None:
            continue
        message = {"message": said, "round": answered, "key": str(uuid.uuid4())}
        try:
            print("entry", request(f"{session}/messages", token, message)["receipt"]["seq"], message["message"])
        except Refused as refused:
            print(refused, file=sys.stderr)


if __name__ == "__main__":
    session, value, token = sys.argv[1], float(sys.argv[2]), os.environ["MECHANE_TOKEN"]

    def strategy(content):
        if "leastBid" in (content or {}):
            agent = json.loads(base64.urlsafe_b64decode(token.split(".")[0] + "==="))[2]
            leads = (content["standing"] or {}).get("agent") == agent
            return None if leads or value < content["leastBid"] else {"max": value}
        if "price" in (content or {}):
            return "in" if content["price"] <= value else "out"
        return {"bid": value}

    print(json.dumps(play(session, token, strategy).get("outcome")))
