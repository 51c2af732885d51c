import type { Context } from '../context.ts';
import { writeInstance } from '../instance-files.ts';

export interface InitOptions {
  readonly force?: boolean;
}

const mechanism = 'auction-sealed/second-price';
const plugin = '@mechane/auction-sealed';

/** An auction of three bidders, as a scenario has it. */
const first = {
  mechanism,
  settings: { reserve: 5 },
  reports: { ann: { bid: 10 }, bob: { bid: 15 }, eve: { bid: 12 } },
};

/** `mechane init`: writes a first scenario, and says what to do next. */
export async function init(file: string, { force = false }: InitOptions, context: Context): Promise<number> {
  const { style, host } = context;
  const { mechane } = await context.plugins();
  const isInstalled = mechane.mechanisms.some(({ id }) => id === mechanism);
  await writeInstance(file, `${JSON.stringify(first, null, 2)}\n`, host.cwd, force);
  const steps: readonly (readonly [command: string, does: string])[] = [
    ...(isInstalled ? [] : ([[`npm install ${plugin}`, 'the package with this auction']] as const)),
    [`mechane run ${file}`, 'who gets what and who pays what'],
    [`mechane run ${file} --open`, 'the same in a browser, to change and try'],
    [`mechane verify ${mechanism}`, 'what this auction promises, checked'],
    ['mechane list', 'the other mechanisms that are installed'],
  ];
  const widest = Math.max(...steps.map(([command]) => command.length));
  const lines = steps.map(([command, does]) => `  ${style.strong(command.padEnd(widest))}  ${does}\n`);
  await context.tell(`${file} is an auction of one item among three bidders. Next:\n\n${lines.join('')}`);
  return 0;
}
