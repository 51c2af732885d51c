import { seededRandom } from '@mechane/core';
import { linearProgram, type Program } from '../src/index.ts';

/**
 * Splits retailers between two divisions so that each product's market is halved, with the least deviation: small programs that
 * branch and bound finds hard (Cornuéjols and Dawande, "A class of hard small 0-1 programs", 1998).
 */
export function marketSplit(retailers: number, products: number): Program {
  const random = seededRandom(17);
  const program = linearProgram('minimize');
  const chosen = Array.from({ length: retailers }, () => program.variable({ upper: 1, integer: true }));
  for (let product = 0; product < products; product++) {
    const demand = chosen.map(() => random.below(100));
    const half = Math.floor(demand.reduce((sum, amount) => sum + amount, 0) / 2);
    const short = program.variable({ cost: 1 });
    const over = program.variable({ cost: 1 });
    program.constraint(
      [...chosen.map((variable, retailer) => [variable, demand[retailer] ?? 0] as const), [short, 1], [over, -1]],
      { equals: half },
    );
  }
  return program.build();
}
