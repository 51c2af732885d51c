import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Choices, defaults, mechanisms } from './choices.ts';
import { help, readCommandLine } from './command-line.ts';
import { CreateError, errorLine } from './errors.ts';
import { idIn, mechanismName } from './mechanism-name.ts';
import { packageFiles } from './package-files.ts';
import { unscoped } from './package-name.ts';
import { askForTheRest, type Terminal } from './questions.ts';
import { writePackage } from './write-package.ts';

/** Where the command runs. */
export interface Host extends Terminal {
  readonly argv: readonly string[];
  readonly cwd: string;
  readonly year: number;
  readonly writeError: (line: string) => void;
}

/** Does what the arguments say and resolves to the exit code: 0 done, 2 bad input or usage, 130 left by the user. */
export async function create(host: Host): Promise<number> {
  try {
    await createPackage(host);
    return 0;
  } catch (thrown) {
    host.writeError(errorLine(thrown));
    return thrown instanceof CreateError && thrown.code === 'interrupted' ? 130 : 2;
  }
}

async function createPackage({ argv, cwd, year, input, output }: Host): Promise<void> {
  const request = readCommandLine(argv);
  if (request.help || request.version) {
    output.write(request.help ? help : `${ownVersion()}\n`);
    return;
  }
  const answers = request.yes ? { ...defaults, ...request.answers } : request.answers;
  const choices = await askForTheRest(answers, { input, output });
  const folder = unscoped(choices.name);
  writePackage(join(cwd, folder), packageFiles(choices, year));
  output.write(nextSteps(folder, choices));
}

function nextSteps(folder: string, { name, kind, domain }: Choices): string {
  const id = idIn(name);
  return `${folder}/ is a mechanism that works: ${id}, for now by the rule ${mechanisms[kind][domain]}.

  cd ${folder}
  npm install
  npm test          its published case, and the kit on each of its claims
  npm run verify    the report of the kit

Its rule and its claims stand in src/${mechanismName(id, []).file}.ts. Change them, and see what the kit refuses.
`;
}

function ownVersion(): string {
  const manifest = readFileSync(new URL('../package.json', import.meta.url), 'utf8');
  return (JSON.parse(manifest) as { readonly version: string }).version;
}
