"""Equilibria of games with any number of players by Gambit: the peer of the many-player tables of `npm run bench -- games`.

Reads games line by line on standard input, each JSON: {"solver", "shape", "payoffs", "rounds"}, payoffs being a flat table for each player,
the last player's strategy running fastest, and answers each with one line: {"seconds", "profiles", "regret"}, the least time of so many
rounds, or {"error"}. `seconds` count from the game in Gambit's own form to its answer.
"""

import json
import sys
import time
import warnings

import numpy
import pygambit

warnings.filterwarnings("ignore")

SOLVERS = {
    "logit": lambda game: pygambit.nash.logit_solve(game, use_strategic=True),
    "gnm": lambda game: pygambit.nash.gnm_solve(game),
    "ipa": lambda game: pygambit.nash.ipa_solve(game),
    "simpdiv": lambda game: pygambit.nash.simpdiv_solve(game.mixed_strategy_profile(rational=True)),
}


def measured(task):
    shape = task["shape"]
    tables = [numpy.array(table, dtype=int).reshape(shape) for table in task["payoffs"]]
    game = pygambit.Game.from_arrays(*tables)
    solve = SOLVERS[task["solver"]]
    seconds, found = float("inf"), []
    for _ in range(task.get("rounds", 1)):
        begin = time.perf_counter()
        found = solve(game).equilibria
        seconds = min(seconds, time.perf_counter() - begin)
    profiles = [[[float(profile[s]) for s in player.strategies] for player in game.players] for profile in found]
    regret = max((float(profile.max_regret()) for profile in found), default=None)
    return {"seconds": seconds, "profiles": profiles, "regret": regret}


def main():
    for line in sys.stdin:
        try:
            answer = measured(json.loads(line))
        except Exception as error:  # a peer that fails is shown as such
            answer = {"error": str(error)}
        print(json.dumps(answer), flush=True)


main()
