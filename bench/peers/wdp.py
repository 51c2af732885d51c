"""Winner determination by general solvers, on one thread each: the peers of `npm run bench -- wdp`.

    wdp.py {highs,cp-sat} [--time-limit SECONDS] [FILE ...]
    wdp.py versions

Reads CATS instances, from the files named or, without any, from those whose paths come line by line on standard input, and
answers each with one line of JSON. `seconds` count from the bids in memory to the solution.
"""

import argparse
import json
import sys
import time
from decimal import Decimal


class Auction:
    """Bids, each a price and goods; of the bids that share a good, or a dummy good, at most one can win."""

    def __init__(self, path):
        counts, self.prices, self.bundles = {}, [], []
        with open(path, encoding="utf-8") as lines:
            for line in lines:
                words = line.split()
                if not words or words[0].startswith("%"):
                    continue
                if words[0] in ("goods", "bids", "dummy"):
                    counts[words[0]] = int(words[1])
                    continue
                if words[-1] != "#":
                    raise ValueError(f"{path}: a bid does not end with #: {line.strip()}")
                self.prices.append(Decimal(words[1]))
                self.bundles.append(sorted({int(good) for good in words[2:-1]}))
        if "goods" not in counts or "bids" not in counts:
            raise ValueError(f"{path}: this is no CATS instance")
        self.goods = counts["goods"] + counts.get("dummy", 0)
        if len(self.prices) != counts["bids"]:
            raise ValueError(f"{path}: {counts['bids']} bids are promised, {len(self.prices)} are there")
        if any(good not in range(self.goods) for bundle in self.bundles for good in bundle):
            raise ValueError(f"{path}: a bid asks for a good that there is not")

    def rivals(self):
        """For every good, the bids that ask for it."""
        asking = [[] for _ in range(self.goods)]
        for bid, bundle in enumerate(self.bundles):
            for good in bundle:
                asking[good].append(bid)
        return asking


def highs():
    import highspy
    import numpy

    def solve(auction, limit):
        model = highspy.Highs()
        model.setOptionValue("output_flag", False)
        model.setOptionValue("threads", 1)
        model.setOptionValue("mip_rel_gap", 0.0)
        model.setOptionValue("time_limit", limit)
        program = highspy.HighsLp()
        program.num_col_, program.num_row_ = len(auction.prices), auction.goods
        program.sense_ = highspy.ObjSense.kMaximize
        program.col_cost_ = numpy.array([float(price) for price in auction.prices])
        program.col_lower_, program.col_upper_ = numpy.zeros(program.num_col_), numpy.ones(program.num_col_)
        program.row_lower_ = numpy.full(program.num_row_, -highspy.kHighsInf)
        program.row_upper_ = numpy.ones(program.num_row_)
        program.integrality_ = [highspy.HighsVarType.kInteger] * program.num_col_
        matrix = program.a_matrix_
        matrix.format_ = highspy.MatrixFormat.kColwise
        matrix.start_ = numpy.cumsum([0] + [len(bundle) for bundle in auction.bundles])
        matrix.index_ = numpy.array([good for bundle in auction.bundles for good in bundle])
        matrix.value_ = numpy.ones(len(matrix.index_))
        model.passModel(program)
        model.run()
        info = model.getInfo()
        found = info.primal_solution_status == highspy.SolutionStatus.kSolutionStatusFeasible
        optimal = model.getModelStatus() == highspy.HighsModelStatus.kOptimal
        objective = info.objective_function_value if found else None
        bound = info.mip_dual_bound if abs(info.mip_dual_bound) < highspy.kHighsInf else None
        return optimal, objective, bound

    return solve


def cp_sat():
    from ortools.sat.python import cp_model

    def solve(auction, limit):
        # It counts in whole numbers: prices are multiplied by the power of ten that makes them whole.
        scale = 10 ** max((max(0, -price.as_tuple().exponent) for price in auction.prices), default=0)
        model = cp_model.CpModel()
        wins = [model.new_bool_var("") for _ in auction.prices]
        for bids in auction.rivals():
            model.add_at_most_one(wins[bid] for bid in bids)
        model.maximize(sum(int(price * scale) * win for price, win in zip(auction.prices, wins)))
        solver = cp_model.CpSolver()
        solver.parameters.num_workers = 1
        solver.parameters.max_time_in_seconds = limit
        status = solver.solve(model)
        if status not in (cp_model.OPTIMAL, cp_model.FEASIBLE):
            return False, None, None
        return status == cp_model.OPTIMAL, solver.objective_value / scale, solver.best_objective_bound / scale

    return solve


def versions():
    from importlib.metadata import version

    return {"highs": f"highspy {version('highspy')}", "cp-sat": f"ortools {version('ortools')}"}


def main():
    if sys.argv[1:] == ["versions"]:
        print(json.dumps(versions()))
        return
    solvers = {"highs": highs, "cp-sat": cp_sat}
    parser = argparse.ArgumentParser()
    parser.add_argument("solver", choices=solvers)
    parser.add_argument("--time-limit", type=float, default=120, metavar="SECONDS")
    parser.add_argument("files", nargs="*", metavar="FILE")
    options = parser.parse_intermixed_args()
    solve = solvers[options.solver]()
    for line in options.files or sys.stdin:
        path = line.rstrip("\r\n")
        auction = Auction(path)
        begin = time.perf_counter()
        optimal, objective, bound = solve(auction, options.time_limit)
        seconds = time.perf_counter() - begin
        status = "optimal" if optimal else "unknown" if objective is None else "feasible"
        answer = {"file": path, "solver": options.solver, "seconds": seconds, "status": status}
        print(json.dumps({**answer, "objective": objective, "bound": bound}), flush=True)


main()
