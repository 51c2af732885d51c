"""Equilibria of two-player games by other libraries: the peers of `npm run bench -- games`.

Reads games line by line on standard input, each JSON: {"solver", "a", "b"}, a and b being the payoff matrices of the row and the
column player, and answers each with one line: {"seconds", "count"} or {"error"}. `seconds` are of processor time, for one call
after one to warm up, from the game in the library's own form to its answer: the least of three batches of calls.
"""

import json
import sys
import time
import warnings

import numpy

# Seconds that a batch of calls takes, and beyond which one call is enough.
BATCH, SLOW = 0.1, 0.5

warnings.filterwarnings("ignore")


def quantecon_game(a, b):
    from quantecon.game_theory import NormalFormGame, Player

    return NormalFormGame((Player(a), Player(numpy.ascontiguousarray(b.T))))


def gambit_game(a, b):
    import pygambit

    return pygambit.Game.from_arrays(a, b)


def nashpy_game(a, b):
    import nashpy

    return nashpy.Game(a, b)


def quantecon_vertex(game):
    from quantecon.game_theory import vertex_enumeration

    return len(vertex_enumeration(game))


def quantecon_support(game):
    from quantecon.game_theory import support_enumeration

    return len(support_enumeration(game))


def quantecon_lemke_howson(game):
    from quantecon.game_theory import lemke_howson

    _, result = lemke_howson(game, init_pivot=0, max_iter=10**9, full_output=True)
    return int(result.num_iter)


def nashpy_vertex(game):
    return len(list(game.vertex_enumeration()))


def nashpy_support(game):
    return len(list(game.support_enumeration()))


def gambit(rational):
    def solve(game):
        import pygambit

        return len(pygambit.nash.enummixed_solve(game, rational=rational).equilibria)

    return solve


def quantecon_minmax(a):
    from quantecon.optimize.minmax import minmax

    minmax(a, max_iter=10**9)
    return 1


def nashpy_zero_sum(game):
    game.linear_program()
    return 1


SOLVERS = {
    "quantecon-vertex": (quantecon_game, quantecon_vertex),
    "quantecon-support": (quantecon_game, quantecon_support),
    "quantecon-lemke-howson": (quantecon_game, quantecon_lemke_howson),
    "quantecon-minmax": (lambda a, b: a, quantecon_minmax),
    "nashpy-vertex": (nashpy_game, nashpy_vertex),
    "nashpy-support": (nashpy_game, nashpy_support),
    "nashpy-zero-sum": (nashpy_game, nashpy_zero_sum),
    "gambit-exact": (gambit_game, gambit(True)),
    "gambit-double": (gambit_game, gambit(False)),
}


def measured(task):
    load, solve = SOLVERS[task["solver"]]
    kind = int if task["solver"].startswith("gambit") else float
    game = load(numpy.array(task["a"], dtype=kind), numpy.array(task["b"], dtype=kind))
    count = solve(game)
    begin = time.process_time()
    solve(game)
    once = time.process_time() - begin
    if once > SLOW:
        return {"seconds": once, "count": count}
    calls = max(1, round(BATCH / max(once, 1e-6)))
    seconds = float("inf")
    for _ in range(3):
        begin = time.process_time()
        for _ in range(calls):
            solve(game)
        seconds = min(seconds, (time.process_time() - begin) / calls)
    return {"seconds": seconds, "count": count}


def main():
    for line in sys.stdin:
        try:
            answer = measured(json.loads(line))
        except Exception as error:  # a peer that fails is shown as such
            answer = {"error": str(error)}
        print(json.dumps(answer), flush=True)


main()
