import { createInterface } from 'node:readline/promises';
import { type Choices, defaults, domains, kinds, licences, meanings } from './choices.ts';
import { CreateError } from './errors.ts';
import { packageName } from './package-name.ts';

/** The terminal on which questions are asked. */
export interface Terminal {
  readonly input: NodeJS.ReadableStream & { readonly isTTY?: boolean };
  readonly output: NodeJS.WritableStream;
}

type Ask = (question: string) => Promise<string>;

/**
 * Asks for whatever was not answered yet; asks again where an answer cannot be taken.
 *
 * @throws CreateError `missing-answer` where there is nobody to ask, `interrupted` where the user leaves
 */
export async function askForTheRest(answers: Partial<Choices>, { input, output }: Terminal): Promise<Choices> {
  const missing = (Object.keys(defaults) as (keyof Choices)[]).filter((choice) => answers[choice] === undefined);
  if (missing.length === 0) return { ...defaults, ...answers };
  if (input.isTTY !== true) {
    throw new CreateError('missing-answer', {
      problem: `nobody is there to be asked for the ${missing.join(', ')}`,
      expected: 'a terminal, or all answers as flags',
      fix: 'add --yes to take the defaults',
    });
  }
  const lines = createInterface({ input, output });
  const left = new AbortController();
  lines.once('SIGINT', () => left.abort());
  lines.once('close', () => left.abort());
  const ask: Ask = async (question) => {
    try {
      return (await lines.question(question, { signal: left.signal })).trim();
    } catch (thrown) {
      if (left.signal.aborted) throw new CreateError('interrupted', { problem: 'nothing was written' });
      throw thrown;
    }
  };
  try {
    return {
      name: answers.name ?? (await askName(ask, output)),
      kind: answers.kind ?? (await choose(ask, output, 'How does it ask?', kinds, defaults.kind)),
      domain: answers.domain ?? (await choose(ask, output, 'What is decided?', domains, defaults.domain)),
      licence: answers.licence ?? (await choose(ask, output, 'Which license?', licences, defaults.licence)),
    };
  } finally {
    lines.close();
  }
}

async function askName(ask: Ask, output: NodeJS.WritableStream): Promise<string> {
  for (;;) {
    const said = await ask(`Name of the package (${defaults.name}): `);
    try {
      return packageName(said === '' ? defaults.name : said);
    } catch (thrown) {
      output.write(`${(thrown as Error).message}\n`);
    }
  }
}

async function choose<const Choice extends keyof typeof meanings>(
  ask: Ask,
  output: NodeJS.WritableStream,
  question: string,
  choices: readonly Choice[],
  otherwise: Choice,
): Promise<Choice> {
  const listed = choices.map((choice, index) => `  ${index + 1}  ${choice.padEnd(16)}${meanings[choice]}\n`);
  output.write(`${question}\n${listed.join('')}`);
  for (;;) {
    const said = await ask(`Number or name (${otherwise}): `);
    if (said === '') return otherwise;
    const chosen = choices.find((choice, index) => said === choice || said === String(index + 1));
    if (chosen !== undefined) return chosen;
    output.write(`Choose one of ${choices.join(', ')}.\n`);
  }
}
