import { parseArgs } from 'node:util';
import { type Choices, defaults, domains, kinds, licences, meanings, mechanisms } from './choices.ts';
import { CreateError } from './errors.ts';
import { packageName } from './package-name.ts';

/** What the arguments say: some of the answers, and what to do about the others. */
export interface Request {
  readonly answers: Partial<Choices>;
  readonly yes: boolean;
  readonly help: boolean;
  readonly version: boolean;
}

const options = {
  kind: { type: 'string', short: 'k' },
  domain: { type: 'string', short: 'd' },
  license: { type: 'string', short: 'l' },
  yes: { type: 'boolean', short: 'y' },
  help: { type: 'boolean', short: 'h' },
  version: { type: 'boolean', short: 'v' },
} as const;

/**
 * Reads the arguments.
 *
 * @throws CreateError `unknown-option`, `invalid-option`, `unexpected-argument` or `invalid-name`
 */
export function readCommandLine(argv: readonly string[]): Request {
  const { values, positionals } = parsed(argv);
  const [name, ...more] = positionals;
  if (more.length > 0) {
    throw new CreateError('unexpected-argument', {
      problem: `${JSON.stringify(more[0])} is one argument too many`,
      expected: 'one name',
      fix: 'npm create mechanism my-auction',
    });
  }
  const { kind, domain, license } = values;
  return {
    answers: {
      ...(name === undefined ? {} : { name: packageName(name) }),
      ...(kind === undefined ? {} : { kind: oneOf('kind', kind, kinds) }),
      ...(domain === undefined ? {} : { domain: oneOf('domain', domain, domains) }),
      ...(license === undefined ? {} : { licence: oneOf('license', license, licences) }),
    },
    yes: values.yes === true,
    help: values.help === true,
    version: values.version === true,
  };
}

function parsed(argv: readonly string[]) {
  try {
    return parseArgs({ args: [...argv], options, allowPositionals: true });
  } catch (thrown) {
    const [sentence = ''] = (thrown as Error).message.split(/[.\n]/, 1);
    const unknown = (thrown as { code?: unknown }).code === 'ERR_PARSE_ARGS_UNKNOWN_OPTION';
    throw new CreateError(unknown ? 'unknown-option' : 'invalid-option', {
      problem: sentence,
      expected: Object.keys(options)
        .map((name) => `--${name}`)
        .join(', '),
      fix: 'npm create mechanism -- --help',
    });
  }
}

function oneOf<const Choice extends string>(option: string, said: string, choices: readonly Choice[]): Choice {
  const choice = choices.find((known) => known === said);
  if (choice !== undefined) return choice;
  throw new CreateError('invalid-option', {
    problem: `--${option} ${JSON.stringify(said.slice(0, 80))} is not known`,
    expected: `one of ${choices.join(', ')}`,
    fix: `--${option} ${choices[0] ?? ''}`,
  });
}

const listed = (choices: readonly (keyof typeof meanings)[]): string =>
  choices.map((choice) => `      ${choice.padEnd(16)}${meanings[choice]}`).join('\n');

/** What `--help` prints. */
export const help: string = `npm create mechanism [name] -- [options]

Writes a small package with a mechanism that works, its claims, and the tests that check them.

  -k, --kind KIND        how it asks (${defaults.kind})
${listed(kinds)}
  -d, --domain DOMAIN    what is decided (${defaults.domain})
${domains
  .map((domain) => {
    const names = kinds.map((kind) => mechanisms[kind][domain]).join(' or ');
    return `      ${domain.padEnd(16)}${meanings[domain]}: ${names}`;
  })
  .join('\n')}
  -l, --license LICENSE  (${defaults.licence})
${listed(licences)}
  -y, --yes              take what stands in parentheses for everything that is not said
  -h, --help
  -v, --version

Example:
  npm create mechanism my-auction -- --kind rounds --domain housing --yes
`;
