import type { Cell, Figure, FigureOptions } from '../figure.ts';
import { counted, written } from '../numbers.ts';
import { seriesAt } from '../palette.ts';
import { Sheet } from '../sheet.ts';

/**
 * Who gets how much of what.
 *
 * @category Markets
 */
export interface Flows {
  readonly allocation: Readonly<Record<string, Readonly<Record<string, number>>>>;
  /** What a unit of each good costs: flows are as wide as what they are worth. Where there is none, as wide as their quantity. */
  readonly prices?: Readonly<Record<string, number>>;
}

const [mostGoods, mostAgents, gap] = [12, 20, 14];

/**
 * An allocation as flows from goods to agents.
 *
 * @category Markets
 */
export function allocationFlows({ allocation, prices }: Flows, options: FigureOptions = {}): Figure {
  const agents = Object.keys(allocation).slice(0, mostAgents);
  const goods = [...new Set(agents.flatMap((agent) => Object.keys(allocation[agent] ?? {})))].slice(0, mostGoods);
  const quantity = (agent: string, good: string): number => allocation[agent]?.[good] ?? 0;
  const worth = (agent: string, good: string): number => quantity(agent, good) * (prices?.[good] ?? 1);
  const title = `${counted(goods.length, 'good')} among ${counted(agents.length, 'agent')}`;
  const measure = prices === undefined ? 'its quantity' : 'what it is worth at the prices';
  const sheet = new Sheet(title, `Each band is what an agent gets of a good, as wide as ${measure}`, options.width);
  const total = agents.reduce((sum, agent) => sum + goods.reduce((all, good) => all + worth(agent, good), 0), 0) || 1;
  const rows = Math.max(goods.length, agents.length);
  const tall = Math.max(160, rows * 34) - gap * (rows - 1);
  const [left, right, top] = [
    Math.min(120, sheet.width / 4),
    sheet.width - Math.min(150, sheet.width / 3),
    sheet.top + 16,
  ];
  const size = (value: number): number => (value / total) * tall;
  const goodTop = placed(
    goods.map((good) => size(agents.reduce((sum, agent) => sum + worth(agent, good), 0))),
    top,
    rows,
  );
  const agentTop = placed(
    agents.map((agent) => size(goods.reduce((sum, good) => sum + worth(agent, good), 0))),
    top,
    rows,
  );
  const goodAt = goodTop.map(({ from }) => from);
  const agentAt = agentTop.map(({ from }) => from);
  agents.forEach((agent, a) => {
    goods.forEach((good, g) => {
      const wide = size(worth(agent, good));
      if (wide <= 0) return;
      const [y1, y2] = [(goodAt[g] as number) + wide / 2, (agentAt[a] as number) + wide / 2];
      sheet.curve([left, y1], [right, y2], {
        stroke: seriesAt(g).role,
        weight: Math.max(0.7, Math.round(wide * 10) / 10),
        opacity: 0.45,
        label: `${agent} gets ${written(quantity(agent, good))} of ${good}`,
      });
      goodAt[g] = (goodAt[g] as number) + wide;
      agentAt[a] = (agentAt[a] as number) + wide;
    });
  });
  goods.forEach((good, g) => {
    const { from, height } = goodTop[g] as Band;
    sheet.rect([left - 8, from], 8, Math.max(1, height), { fill: seriesAt(g).role });
    sheet.text(
      [left - 14, from + height / 2 + 4],
      prices === undefined ? good : `${good} at ${written(prices[good] ?? 0)}`,
      { anchor: 'end' },
      left - 14,
    );
  });
  agents.forEach((agent, a) => {
    const { from, height } = agentTop[a] as Band;
    sheet.rect([right, from], 8, Math.max(1, height), { fill: 'ink' });
    sheet.text([right + 14, from + height / 2 - 2], agent, { bold: true }, sheet.width - right - 14);
    const has = goods
      .filter((good) => quantity(agent, good) > 1e-9)
      .map((good) => `${written(quantity(agent, good))} ${good}`);
    sheet.text(
      [right + 14, from + height / 2 + 12],
      has.join(', ') || 'nothing',
      { fill: 'faint', size: 11 },
      sheet.width - right - 14,
    );
  });
  const bottom = Math.max(...[...goodTop, ...agentTop].map(({ from, height }) => from + height), top);
  const cells = agents.flatMap((agent) =>
    goods.map((good): readonly Cell[] => [agent, good, quantity(agent, good), prices?.[good] ?? null]),
  );
  return sheet.figure(bottom + 20, describe(agents, goods, quantity), {
    columns: ['agent', 'good', 'quantity', 'price'],
    rows: cells,
  });
}

interface Band {
  readonly from: number;
  readonly height: number;
}

function placed(heights: readonly number[], top: number, rows: number): readonly Band[] {
  const spare = (gap * (rows - 1)) / Math.max(1, heights.length - 1);
  let y = top;
  return heights.map((height) => {
    const band = { from: y, height };
    y += height + (heights.length === 1 ? 0 : spare);
    return band;
  });
}

function describe(
  agents: readonly string[],
  goods: readonly string[],
  quantity: (agent: string, good: string) => number,
): string {
  return `${agents
    .map(
      (agent) =>
        `${agent} gets ${
          goods
            .filter((good) => quantity(agent, good) > 0)
            .map((good) => `${written(quantity(agent, good))} of ${good}`)
            .join(', ') || 'nothing'
        }`,
    )
    .join('; ')}.`;
}
