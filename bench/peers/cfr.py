"""Counterfactual regret minimisation by OpenSpiel's C++ solvers, on one thread: the peer of `npm run bench -- games`.

    cfr.py versions
    cfr.py solve

`versions` prints what is installed. `solve` reads a line of JSON at a time: `{"game", "rule", "iterations", "measure"}`, runs that many
iterations from the beginning, and answers with a line of JSON. `seconds` count the iterations alone; with `measure`, the
exploitability of the average strategy is computed afterwards.
"""

import json
import sys
import time
from importlib.metadata import version

import pyspiel

SOLVERS = {"cfr": pyspiel.CFRSolver, "cfr+": pyspiel.CFRPlusSolver}


def solve(task):
    game = pyspiel.load_game(task["game"])
    solver = SOLVERS[task["rule"]](game)
    begin = time.perf_counter()
    for _ in range(task["iterations"]):
        solver.evaluate_and_update_policy()
    answer = {"seconds": time.perf_counter() - begin}
    if task["measure"]:
        answer["exploitability"] = pyspiel.exploitability(game, solver.average_policy())
    return answer


def main():
    if sys.argv[1:] == ["versions"]:
        print(json.dumps({"open_spiel": version("open_spiel")}))
        return
    for line in sys.stdin:
        print(json.dumps(solve(json.loads(line))), flush=True)


main()
