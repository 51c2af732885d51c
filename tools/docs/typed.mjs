import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** A line of a shell: commands in a pipe, where the first reads from and the last writes to. */
/** @typedef {{ pipe: string[][], from: string | undefined, to: string | undefined, exitCode: number }} Line */

/**
 * What a page may tell its reader to type: `mechane …` and `npm create mechanism …`. Both say how they ended.
 *
 * @typedef {{ exitCode: number, stdout: string, stderr: string }} Ended
 * @typedef {(argv: string[], stdin: string, folder: string) => Promise<Ended>} Command
 * @typedef {{ mechane: Command, createMechanism: Command }} Commands
 */

/**
 * What a page tells its reader to type but what would reach for the registry: `npm run e2e:publish` tries it. And the tests that stand on the
 * page, which run with the others. And what needs a cluster, whose nodes go on until they are stopped:
 * `npm run e2e:cluster` has some, and tests of the command try the rest.
 */
const untried = [
  /^export \w+=/,
  /^create(user|db) /,
  /^npx mechane \w+ .*--cluster /,
  /^npm (install|ci|pack|publish)\b[^&|;]*$/,
  /^npx changeset$/,
  /^npx vitest run$/,
];

/**
 * The lines that a page tells its reader to type.
 *
 * @param {string} commands
 * @returns {string[]}
 */
export function linesOf(commands) {
  return commands
    .replaceAll(/\\\n\s*/g, '')
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '' && !line.startsWith('#'));
}

/** @param {string} line */
export function isUntried(line) {
  return untried.some((pattern) => pattern.test(line));
}

/**
 * The packages that a line installs.
 *
 * @param {string} line
 * @returns {string[]}
 */
export function installedBy(line) {
  const [, names = ''] = /^npm install (.*)$/.exec(line.replace(/\s+#.*$/, '')) ?? [];
  return names.split(/\s+/).filter((name) => name !== '' && !name.startsWith('-'));
}

/**
 * Reads a line: words in quotes or without, `|`, `<`, `>`, and the exit code that a comment at its end announces, as in `# exit 1`.
 *
 * @param {string} text
 * @returns {Line}
 */
export function readLine(text) {
  const [, exit = '0'] = /#\s*exit (\d+)/.exec(text) ?? [];
  /** @type {Line} */
  const line = { pipe: [[]], from: undefined, to: undefined, exitCode: Number(exit) };
  const tokens = [...text.matchAll(/\s+#.*$|[|<>]|(?:'[^']*'|"[^"]*"|[^\s|<>'"])+/g)].map(([token]) => token);
  for (let index = 0; index < tokens.length; index += 1) {
    const token = tokens[index] ?? '';
    if (/^\s+#/.test(token)) break;
    if (token === '|') line.pipe.push([]);
    else if (token === '<' || token === '>') {
      index += 1;
      line[token === '<' ? 'from' : 'to'] = unquoted(tokens[index] ?? '');
    } else line.pipe.at(-1)?.push(unquoted(token));
  }
  return line;
}

/** @param {string} token */
function unquoted(token) {
  return token.replaceAll(/'([^']*)'|"([^"]*)"/g, (_, single, double) => single ?? double);
}

/**
 * Runs a line in a folder and returns all that appears on the terminal.
 *
 * @param {string} text
 * @param {string} folder
 * @param {Commands} commands
 * @returns {Promise<string>}
 * @throws {Error} when it ends with another exit code than it says
 */
export async function type(text, folder, commands) {
  const { pipe, from, to, exitCode } = readLine(text);
  let flow = from === undefined ? '' : readFileSync(join(folder, from), 'utf8');
  let terminal = '';
  let code = 0;
  for (const words of pipe) {
    const ended = await run(words, flow, folder, commands);
    flow = ended.stdout;
    terminal += ended.stderr;
    code = ended.exitCode;
  }
  if (code !== exitCode) throw new Error(`${text}\nends with ${code}, not ${exitCode}:\n${flow}${terminal}`);
  if (to === undefined) return flow + terminal;
  writeFileSync(join(folder, to), flow);
  return terminal;
}

/**
 * @param {string[]} words
 * @param {string} stdin
 * @param {string} folder
 * @param {Commands} commands
 * @returns {Promise<Ended>}
 */
async function run([name = '', ...args], stdin, folder, commands) {
  const [first, second, third] = args;
  if (name === 'npx') return run(args, stdin, folder, commands);
  if (name === 'mechane') return commands.mechane(args, stdin, folder);
  if (name === 'npm' && first === 'create' && second === 'mechanism') {
    return commands.createMechanism(
      args.slice(2).filter((word) => word !== '--'),
      stdin,
      folder,
    );
  }
  return { exitCode: 0, stderr: '', stdout: said(name, [first, second, third], args, folder) };
}

/**
 * What the smaller commands say.
 *
 * @param {string} name
 * @param {readonly (string | undefined)[]} words
 * @param {readonly string[]} args
 * @param {string} folder
 */
function said(name, [first, second, third], args, folder) {
  const script = name === 'npm' && first === 'run' ? second : name === 'npm' && first === 'test' ? first : undefined;
  if (script !== undefined && hasScript(script, folder)) return '';
  if (name === 'cd' && first !== undefined && existsSync(join(folder, first))) return '';
  if (name === 'echo') return `${args.join(' ')}\n`;
  if (name === 'printf' && first === '%s\\n') {
    return args
      .slice(1)
      .map((line) => `${line}\n`)
      .join('');
  }
  if (name === 'cat' && first !== undefined) return readFileSync(join(folder, first), 'utf8');
  if (name === 'head' && first === '-n' && third !== undefined) {
    const lines = readFileSync(join(folder, third), 'utf8').split('\n').slice(0, Number(second));
    return lines.map((line) => `${line}\n`).join('');
  }
  throw new Error(`nothing here can run "${[name, ...args].join(' ')}"`);
}

/**
 * Whether a package that was made here has a script of this name. The script itself is tried by `npm run e2e:publish`.
 *
 * @param {string} script
 * @param {string} folder
 */
function hasScript(script, folder) {
  return readdirSync(folder)
    .map((name) => join(folder, name, 'package.json'))
    .some((manifest) => existsSync(manifest) && script in (JSON.parse(readFileSync(manifest, 'utf8')).scripts ?? {}));
}
