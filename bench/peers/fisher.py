"""Fisher markets as the program of Eisenberg and Gale, in CVXPY with Clarabel: the peer of `npm run bench -- market`.

    fisher.py {linear,ces,leontief} FILE [--rho RHO]

FILE holds float64 numbers: the number of agents and of goods, the agents' budgets, and the weights, agent by agent; there is 1 of each
good. Answers with one line of JSON. `seconds` count from the numbers in memory to the solution, `solver_seconds` only what Clarabel says
that it took; `residual` is the largest share by which markets do not clear, budgets are not spent, or bundles are not the best.
"""

import argparse
import json
import time

import cvxpy
import numpy


def program(kind, budgets, weights, rho):
    """The program, with the supply constraints, whose duals are the prices, and what each agent gets of each good."""
    agents, goods = weights.shape
    if kind == "leontief":
        levels = cvxpy.Variable(agents, nonneg=True)
        supply = weights.T @ levels <= 1
        objective = cvxpy.sum(cvxpy.multiply(budgets, cvxpy.log(levels)))
        return cvxpy.Problem(cvxpy.Maximize(objective), [supply]), supply, lambda: weights * levels.value[:, None]
    quantities = cvxpy.Variable((agents, goods), nonneg=True)
    supply = cvxpy.sum(quantities, axis=0) <= 1
    if kind == "linear":
        worth = cvxpy.sum(cvxpy.multiply(weights, quantities), axis=1)
    else:
        # log((sum w x^rho)^(1/rho)) is log(sum w x^rho) / rho.
        worth = cvxpy.sum(cvxpy.multiply(weights, cvxpy.power(quantities, rho)), axis=1)
    objective = cvxpy.sum(cvxpy.multiply(budgets / (rho if kind == "ces" else 1), cvxpy.log(worth)))
    return cvxpy.Problem(cvxpy.Maximize(objective), [supply]), supply, lambda: quantities.value


def residual(kind, budgets, weights, rho, prices, quantities):
    spent = quantities @ prices
    left = 1 - quantities.sum(axis=0)
    clearing = numpy.max(numpy.where(left < 0, -left, numpy.minimum(left, prices / prices.sum())))
    if kind == "linear":
        value, best = (weights * quantities).sum(axis=1), budgets * (weights / prices).max(axis=1)
    elif kind == "leontief":
        value, best = (quantities / weights).min(axis=1), budgets / (weights @ prices)
    else:
        value = (weights * numpy.maximum(quantities, 0) ** rho).sum(axis=1) ** (1 / rho)
        elasticity = 1 / (1 - rho)
        best = budgets * (weights**elasticity * prices ** (1 - elasticity)).sum(axis=1) ** (1 / (elasticity - 1))
    return float(max(clearing, numpy.max(abs(spent - budgets) / budgets), numpy.max(1 - value / best)))


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("kind", choices=["linear", "ces", "leontief"])
    parser.add_argument("file")
    parser.add_argument("--rho", type=float, default=0.5)
    options = parser.parse_args()
    numbers = numpy.fromfile(options.file, dtype=numpy.float64)
    agents, goods = int(numbers[0]), int(numbers[1])
    budgets, weights = numbers[2 : 2 + agents], numbers[2 + agents :].reshape(agents, goods)
    begin = time.perf_counter()
    problem, supply, read = program(options.kind, budgets, weights, options.rho)
    problem.solve(solver=cvxpy.CLARABEL)
    seconds = time.perf_counter() - begin
    found = residual(options.kind, budgets, weights, options.rho, supply.dual_value, read())
    answer = {"kind": options.kind, "agents": agents, "goods": goods, "seconds": seconds}
    print(json.dumps({**answer, "solver_seconds": problem.solver_stats.solve_time, "status": problem.status, "residual": found}))


main()
