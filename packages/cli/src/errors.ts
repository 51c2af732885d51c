import { nearestKey, type Path, quote } from '@mechane/core';
import { type RoundedNumber, whyRounded } from '@mechane/core/host';
import { CliError, type CliErrorCode, type Place } from './cli-error.ts';

// What is typed.

/** The error for a command line that the parser of options does not take. */
export function misused(
  code: CliErrorCode,
  problem: string,
  typed: string,
  known: readonly string[],
  help: string,
): CliError {
  const nearest = nearestKey(typed, known);
  return new CliError(code, {
    problem,
    ...(known.length === 0 ? {} : { expected: `one of ${known.join(', ')}` }),
    fix: nearest === undefined ? `see ${help}` : `did you mean ${quote(nearest)}?`,
  });
}

/** The error for a command that plays scenarios and was given none. */
export function noScenario(fix: string): CliError {
  return new CliError('missing-argument', {
    problem: 'no scenario is named',
    expected: 'one FILE or more, or - for stdin',
    fix,
  });
}

/** The error for files of auctions that no mechanism is named for. */
export function catsWithoutMechanism(): CliError {
  return new CliError('missing-argument', {
    problem: 'a CATS file names no mechanism',
    expected: '--mechanism ID',
    fix: '--mechanism auction-combinatorial/vcg',
  });
}

/** The error for a mechanism or settings beside a scenario, which names its own. */
export function onlyWithCats(): CliError {
  return new CliError('conflicting-options', {
    problem: 'a scenario names its own mechanism and settings',
    expected: '--mechanism and --settings with --cats only',
    fix: 'write them into the scenario',
  });
}

/** The error for settings that were typed and are no object. */
export function notSettings(typed: string, cause?: unknown): CliError {
  return new CliError('invalid-option', {
    problem: `${JSON.stringify(typed.slice(0, 60))} are no settings`,
    expected: 'an object of settings in JSON',
    fix: `--settings '{"timeLimit":10}'`,
    cause,
  });
}

/** The error for one journal and several scenarios. */
export function oneRunPerJournal(file: string | undefined, journal: string): CliError {
  return new CliError('unexpected-argument', {
    problem: 'a journal holds one run',
    expected: 'one FILE with --journal',
    fix: `mechane run ${file} --journal ${journal}`,
  });
}

/** The error for an examination of no mechanism. */
export function noMechanismNamed(): CliError {
  return new CliError('missing-argument', {
    problem: 'no mechanism is named',
    expected: 'one ID or more, or --all',
    fix: 'mechane verify --all',
  });
}

/** The error for a law that nobody knows. */
export function unknownLaw(name: string, nearest?: string): CliError {
  return new CliError('unknown-law', {
    problem: `there is no law ${quote(name)}`,
    fix: nearest === undefined ? 'mechane explain lists them' : `did you mean ${quote(nearest)}?`,
  });
}

/** The error for an objective that is neither a word nor a player of the game. */
export function unknownObjective(typed: string): CliError {
  return new CliError('invalid-option', {
    problem: `${JSON.stringify(typed)} is no objective`,
    expected: 'welfare, fairness or the name of a player',
    fix: 'mechane solve GAME --method correlated --objective welfare',
  });
}

/** The error for a leader who is none of the players. */
export function unknownLeader(typed: string, players: readonly string[]): CliError {
  const nearest = nearestKey(typed, players);
  return new CliError('invalid-option', {
    problem: `there is no player ${quote(typed)}`,
    expected: `one of ${players.slice(0, 10).map(quote).join(', ')}`,
    fix:
      nearest === undefined
        ? 'mechane solve GAME --method stackelberg --leader NAME'
        : `did you mean ${quote(nearest)}?`,
  });
}

/** The error for options of a draw without what to draw from. */
export function noDistributionNamed(): CliError {
  return new CliError('missing-argument', {
    problem: 'no distribution is named',
    expected: 'an ID before --set',
    fix: 'mechane generate cats-regions; mechane generate lists them all',
  });
}

/** The error for a generator that there is not. */
export function unknownGenerator(id: string, known: readonly string[]): CliError {
  const nearest = nearestKey(id, known);
  return new CliError('unknown-generator', {
    problem: `there is no generator ${quote(id)}`,
    expected: `one of ${known.join(', ')}`,
    fix: nearest === undefined ? 'mechane generate lists them' : `did you mean ${quote(nearest)}?`,
  });
}

/** The error for a game or an economy that nobody published, or that is not among those known here. */
export function unknownPublished(name: string, nearest: string | undefined): CliError {
  return new CliError('unknown-published', {
    problem: `nothing is published here as ${quote(name)}`,
    expected: 'the name of a game or an economy',
    fix: nearest === undefined ? 'mechane generate --named lists them' : `did you mean ${quote(nearest)}?`,
  });
}

/** The error where no package brings games or economies that somebody published. */
export function nothingPublished(packages: readonly string[]): CliError {
  return new CliError('missing-plugin', {
    problem: 'nothing that was published is installed here',
    expected: `one of ${packages.join(', ')}`,
    fix: `npm install ${packages[0]}`,
  });
}

/** The error for a published game that is to be drawn at random. */
export function namedAndDrawn(): CliError {
  return new CliError('invalid-option', {
    problem: 'what was published is written as it is, and not drawn',
    expected: '--named NAME, with --out, --force, --plot or --open at the most',
  });
}

/** The error for a format in which a generator's instances cannot be written. */
export function unknownFormat(id: string, format: string, known: readonly string[]): CliError {
  const nearest = nearestKey(format, known);
  return new CliError('invalid-option', {
    problem: `${id} cannot be written as ${quote(format)}`,
    expected: `--format ${known.join(' or ')}`,
    ...(nearest === undefined ? {} : { fix: `did you mean ${quote(nearest)}?` }),
  });
}

/** The error for a setting that was typed without its key or its value. */
export function noSetting(typed: string): CliError {
  return new CliError('invalid-option', {
    problem: `${quote(typed)} is no setting`,
    expected: '--set key=value',
    fix: 'write the value after =, without blanks around it',
  });
}

/** The error for values to sweep over that are none. */
export function noSweep(typed: string): CliError {
  return new CliError('invalid-option', {
    problem: `${quote(typed)} is nothing to sweep over`,
    expected: 'KEY=FROM..TO:STEP or KEY=VALUE,VALUE',
    fix: '--sweep reserve=0..10:1',
  });
}

/** The error for a range with more values than anybody waits for. */
export function tooWide(typed: string, count: number): CliError {
  return new CliError('invalid-option', {
    problem: `${quote(typed)} has ${count.toLocaleString('en')} values`,
    expected: 'a million at most',
    fix: 'take larger steps',
  });
}

/** The error for a key that leads through what is no object. */
export function noPlaceToSweep(key: string, path: readonly string[]): CliError {
  return new CliError('invalid-option', {
    problem: `the scenario has no place for ${quote(key)}: ${path.length === 0 ? 'it' : quote(path.join('.'))} is no object`,
    path,
    expected: 'a setting, or a key that begins with reports, types, seed or mechanism',
    fix: 'see that the scenario has an object there',
  });
}

/** The error for a sweep over no scenario, or over several. */
export function oneScenario(sweep: readonly string[]): CliError {
  return new CliError('missing-argument', {
    problem: 'a sweep varies one scenario',
    expected: 'one file, or - for stdin',
    fix: `mechane run scenario.json --sweep ${sweep[0] ?? 'reserve=0..10:1'}`,
  });
}

/** The error for results as comma-separated values where there is no table of them. */
export function onlySwept(): CliError {
  return new CliError('conflicting-options', {
    problem: 'only the results of a sweep are a table',
    expected: '--csv beside --sweep',
    fix: 'say what varies: --sweep reserve=0..10:1',
  });
}

/** The error for several instances in a format of one file each, and nowhere to put them. */
export function needsFolder(id: string, format: string): CliError {
  return new CliError('missing-argument', {
    problem: `several instances as ${quote(format)} are several files`,
    expected: '--out FOLDER',
    fix: `mechane generate ${id} --count 2 --format ${format} --out instances`,
  });
}

// What is installed.

/** The error where there is no mechanism to work with; plugins are found by their keyword. */
export function noMechanisms(keyword: string): CliError {
  return new CliError('no-mechanisms', {
    problem: 'no plugin is installed here',
    expected: `a dependency in package.json with the keyword "${keyword}"`,
    fix: 'npm install @mechane/auction-sealed',
  });
}

/** The error where no plugin has anything to draw from. */
export function noGenerators(): CliError {
  return new CliError('no-generators', {
    problem: 'no plugin that is installed here has generators',
    expected: 'a plugin with generators among the dependencies in package.json',
    fix: 'npm install @mechane/auction-combinatorial',
  });
}

/** The warning for a plugin that cannot be used. */
export function brokenPlugin(plugin: string, why: string, fix: string, cause: unknown): CliError {
  return new CliError('broken-plugin', { problem: `${plugin} is left out: ${why}`, fix, cause });
}

/** The warning for a plugin that the project depends on and does not have. */
export function missingPlugin(name: string): CliError {
  return new CliError('missing-plugin', {
    problem: `${name} is left out: package.json asks for it, and it is not installed`,
    fix: 'npm install',
  });
}

/** The error where the project lacks a package of ours that does something for the command. */
export function missingPackage(what: string, name: string): CliError {
  return new CliError('missing-plugin', {
    problem: `${what} by ${name}, which is not installed here`,
    fix: `npm install ${name}`,
  });
}

/** The error for a mechanism that its plugin has no subject for. */
export function nothingToVerify(id: string, why: string, cause?: unknown): CliError {
  const said = cause === undefined ? '' : ` (${saidBy(cause)})`;
  const withoutKit = said.includes("'@mechane/conformance'");
  return new CliError('nothing-to-verify', {
    problem: `${id} cannot be examined: ${why}${said}`,
    expected: 'an export "subjects" with a subject of the conformance kit',
    fix: withoutKit
      ? 'npm install --save-dev @mechane/conformance'
      : 'add a subject, or ask the author of the plugin for one',
    cause,
  });
}

// What is read and written.

const unreadable: Readonly<Record<string, readonly [problem: string, fix: string]>> = {
  ENOENT: ['there is no such file', 'check its name, and the folder you are in'],
  EISDIR: ['it is a directory', 'name a file in it'],
  EACCES: ['you are not allowed to read it', 'ask for the right to read it'],
};

/** The error for a file or stdin that cannot be read, by what the system says. */
export function cannotRead(cause: unknown): CliError {
  const code = systemCode(cause);
  const [problem, fix] = unreadable[code] ?? [`it cannot be read (${code})`, 'name another file'];
  return new CliError('cannot-read', { problem, expected: 'a file of text', fix, cause });
}

/** The error for a file or folder that cannot be written, by what the system says. */
export function cannotWrite(file: string, cause: unknown): CliError {
  if (systemCode(cause) === 'EEXIST') {
    return new CliError('file-exists', {
      problem: `${file} is there already`,
      expected: 'a file that does not exist yet',
      fix: 'name another, or add --force to write in its place',
      cause,
    });
  }
  return new CliError('cannot-write', {
    problem: `${file} cannot be written (${systemCode(cause)})`,
    fix: 'name a file in a folder that is there and that you may write to',
    cause,
  });
}

/** The error for a journal that cannot be kept, by what the system says: one that exists is not overwritten. */
export function cannotKeepJournal(cause: unknown): CliError {
  if (cause instanceof CliError) return cause;
  const code = systemCode(cause);
  if (code === 'EEXIST') {
    return new CliError('journal-exists', {
      problem: 'there is a journal already',
      expected: 'a file that does not exist yet',
      fix: 'name another file, or go on with this one: mechane resume FILE',
      cause,
    });
  }
  return new CliError('cannot-write', {
    problem: `the journal cannot be written (${code})`,
    fix: 'make room, or name a file in a folder where you may write',
    cause,
  });
}

/** The error for an output that takes no more, as on a full disk. */
export function cannotPrint(cause: Error): CliError {
  return new CliError('cannot-write', {
    problem: `the output cannot be written (${systemCode(cause, cause.message)})`,
    fix: 'make room, or write somewhere else',
    cause,
  });
}

/** The error for an address at which nothing can listen, by what the system says. */
export function cannotListen(host: string, port: number, cause: unknown): CliError {
  const code = systemCode(cause);
  const isTaken = code === 'EADDRINUSE';
  return new CliError('cannot-listen', {
    problem: isTaken
      ? `something listens on ${host}:${port} already`
      : `nothing can listen on ${host}:${port} (${code})`,
    fix: isTaken
      ? 'name another with --port, or take one that is free: --port 0'
      : 'name an address of this machine with --host',
    cause,
  });
}

/** The error for a service that is to be asked by nobody in particular. */
export function needsToken(): CliError {
  return new CliError('missing-argument', {
    problem: 'a service lets nobody in without a token',
    expected: '--token TOKEN, or $MECHANE_TOKEN',
    fix: 'use the token that POST /sessions gave for this agent',
  });
}

/** The error for a node that would make a token of its own. */
export function needsAdminToken(): CliError {
  return new CliError('missing-argument', {
    problem: 'the nodes of a cluster have no common admin token',
    expected: '$MECHANE_ADMIN_TOKEN',
    fix: 'start every node with the same one',
  });
}

/** The error for a cluster where what makes one is not installed. */
export function missingCluster(name: string): CliError {
  return new CliError('missing-plugin', {
    problem: `sessions and work are shared out by ${name}, which is not installed here`,
    fix: `npm install ${name} effect@4.1.0 @effect/platform-node@4.1.0 @effect/sql-pg@4.0.5`,
  });
}

/** The warning where work waits for somebody who does it. */
export function noWorker(database: string): CliError {
  return new CliError('no-worker', {
    problem: 'no node works at the moment, so that the work waits for one',
    fix: `mechane worker --cluster ${database.replace(/:[^:@/]*@/, ':…@')}`,
  });
}

/** The error for a job that nobody names. */
export function noJobNamed(action: string): CliError {
  return new CliError('missing-argument', {
    problem: `mechane jobs ${action} has no job to ${action}`,
    expected: 'the name of a job',
    fix: 'mechane jobs lists them',
  });
}

/** The error for a job that is not there. */
export function unknownJob(name: string, known: readonly string[]): CliError {
  const nearest = nearestKey(name, known);
  return new CliError('unknown-job', {
    problem: `there is no job ${quote(name)}`,
    expected: known.length === 0 ? 'a job, of which there is none' : `one of ${known.join(', ')}`,
    fix: nearest === undefined ? 'mechane jobs lists them' : `did you mean ${quote(nearest)}?`,
  });
}

/** The error for the address of a node that is none. */
export function wrongAddress(given: string): CliError {
  return new CliError('invalid-option', {
    problem: `${quote(given)} is no address`,
    path: ['cluster-address'],
    expected: 'HOST:PORT',
    fix: 'name the address at which other nodes reach this machine, such as 10.0.0.1:7000',
  });
}

/** The error for a service that does not answer. */
export function noServiceAt(url: string, cause: unknown): CliError {
  return new CliError('cannot-reach', {
    problem: `nothing answers at ${url}`,
    fix: 'start it: mechane serve; or name its address with --url',
    cause,
  });
}

function systemCode(cause: unknown, otherwise = 'unknown reason'): string {
  return (cause as NodeJS.ErrnoException).code ?? otherwise;
}

/** The error for a journal that another process writes. */
export function journalInUse(cause: unknown): CliError {
  return new CliError('journal-in-use', {
    problem: 'another process is writing this journal',
    expected: 'a journal that no run holds',
    fix: 'wait until that run has ended, or stop it',
    cause,
  });
}

/** The error for a file that is no public key. */
export function notAKey(file: string, cause: unknown): CliError {
  return new CliError('invalid-key', {
    problem: 'this is no public key of Ed25519',
    place: { file },
    expected: 'a JSON Web Key such as {"kty":"OKP","crv":"Ed25519","x":"…"}, or a PEM block',
    fix: 'save what whoever signs the receipts publishes',
    cause,
  });
}

/** The error for the journal of a run that has not ended. */
export function unfinishedRun(file: string, rounds: number): CliError {
  return new CliError('unfinished-run', {
    problem: `the run was cut off after round ${rounds}`,
    place: { file },
    fix: `mechane resume ${file}`,
  });
}

// What a command in another language does wrong.

const lineShown = 300;

/** A line that was asked or answered, as an error shows it. */
function asLine(line: string): string {
  return line.length > lineShown ? `${line.slice(0, lineShown)}…` : line;
}

/** The error for a command that cannot be talked to on this system. */
export function noNamedPipes(cause: unknown): CliError {
  return new CliError('cannot-start', {
    problem: 'a command is talked to through named pipes, and mkfifo makes none here',
    expected: 'Linux, macOS or another POSIX system',
    fix: 'on Windows, run mechane in WSL',
    cause,
  });
}

/** The error for a command that ended before it had answered. */
export function commandDied(command: string, asked: string, end: number | string | null, lastWords: string): CliError {
  const how = end === null ? '' : typeof end === 'number' ? ` with exit code ${end}` : ` by ${end}`;
  const said = lastWords === '' ? '' : `; the last that it said on stderr is: ${asLine(lastWords)}`;
  return new CliError('command-died', {
    problem: `${quote(command)} ended${how} when it was asked ${asLine(asked)}${said}`,
    expected: 'one line of JSON for each line, until standard input ends',
    fix: 'send it this line by hand and mend it; reports that it cannot take are answered with {"error":{"code":"…","message":"…"}}',
  });
}

/** The error for a command that keeps silent. */
export function commandHangs(command: string, asked: string, seconds: number): CliError {
  return new CliError('command-hangs', {
    problem: `${quote(command)} gave no answer within ${seconds} s when it was asked ${asLine(asked)}`,
    expected: 'one line of JSON for each line',
    fix: 'flush standard output after each answer, and end it with a newline',
  });
}

/** The error for an answer that is none. */
export function commandSpeaksNonsense(command: string, asked: string, answer: string, why: string): CliError {
  return new CliError('command-nonsense', {
    problem: `${quote(command)} answered ${asLine(answer) || 'an empty line'} when it was asked ${asLine(asked)}: ${why}`,
    expected: 'one line of JSON: {"outcome":{…}} or {"error":{"code":"…","message":"…"}}',
    fix: 'print nothing else to standard output; remarks go to standard error',
  });
}

/** The error for a mechanism that does not say of itself what is needed to examine it. */
export function badDescription(command: string, path: Path, problem: string, expected: string): CliError {
  return new CliError('invalid-description', {
    problem: `${quote(command)} describes itself, and ${problem}`,
    path: ['description', ...path],
    expected,
    fix: 'see "Check a mechanism you did not write in TypeScript" in the guide',
  });
}

/** The error for mechanisms that are named beside a command, which is one. */
export function onlyTheCommand(): CliError {
  return new CliError('conflicting-options', {
    problem: '--exec says which mechanism to examine',
    expected: 'either --exec "CMD", or ID… or --all',
    fix: 'mechane verify --exec "CMD"',
  });
}

// What is wrong with a text.

/** The error for a text of more bytes than this. */
export function tooLarge(most: number, place: Place = {}): CliError {
  return new CliError('too-large', {
    problem: `the text is larger than ${most / 1024 / 1024} MiB`,
    place,
    fix: 'split it, or use the library with columns of reports',
  });
}

/** The error for JSON behind a byte order mark. */
export function byteOrderMark(line: number): CliError {
  return new CliError('byte-order-mark', {
    problem: 'the text begins with a byte order mark, which is not JSON',
    place: { line, column: 1 },
    fix: 'save it as UTF-8 without BOM',
  });
}

/** The error for a text in another encoding. */
export function notUtf8(isUtf16: boolean, place: Place): CliError {
  return new CliError('not-utf8', {
    problem: isUtf16 ? 'the text is UTF-16, not UTF-8' : 'the text has bytes that are not UTF-8',
    place,
    fix: 'save it as UTF-8',
  });
}

/** The error for a text in which nothing stands. */
export function emptyInput(line: number): CliError {
  return new CliError('empty-input', {
    problem: 'the text is empty',
    place: { line, column: 1 },
    expected: 'a JSON object with "mechanism" and "reports"',
    fix: 'write one, or begin with the one that mechane init writes',
  });
}

/** The error for a game of which nothing is written. */
export function emptyGame(): CliError {
  return new CliError('empty-input', {
    problem: 'the text is empty',
    place: { line: 1, column: 1 },
    expected: aGame,
    fix: 'write one, or name another file',
  });
}

/** The error for XML where a game should be. */
export function workbookOfGames(): CliError {
  return new CliError('malformed-json', {
    problem: 'this is XML, as the workbooks of Gambit are (.gbt)',
    place: { line: 1, column: 1 },
    expected: aGame,
    fix: 'save the game as .nfg or .efg',
  });
}

const aGame = 'a game: NFG or EFG in Gambit’s formats, or a JSON object with "players" and "payoffs"';

/** The error for JSON in more levels than are read. */
export function tooDeep(problem: string, path: Path, place: Place): CliError {
  return new CliError('too-deep', { problem, path: path.slice(0, 8), place, fix: 'flatten it' });
}

/** The error for a key that stands twice in an object: an agent, where its keys are those. */
export function duplicateKey(problem: string, path: Path, place: Place): CliError {
  const agent = path.length === 2 && (path[0] === 'reports' || path[0] === 'types');
  return new CliError(agent ? 'duplicate-agent' : 'duplicate-key', {
    problem: agent ? `this agent stands twice in ${path[0]}` : problem,
    path,
    place,
    expected: agent ? 'every agent once' : 'every key once',
    fix: agent ? 'merge the two or rename one' : 'remove one of the two',
  });
}

/** The error for a text that is no JSON. */
export function malformedJson(problem: string, path: Path, place: Place, cause?: unknown): CliError {
  return new CliError('malformed-json', {
    problem,
    path,
    place,
    expected: 'JSON (RFC 8259)',
    fix: 'mend the text there',
    cause,
  });
}

/** The error for a number in a scenario that would count as another. */
export function roundedAmount(rounded: RoundedNumber, place: Place): CliError {
  const { code, ...why } = whyRounded(rounded);
  return new CliError(code, { ...why, place });
}

// What nobody foresaw.

/** The error for a thread that ended in the middle of its work, as a plugin can make it. */
export function threadEnded(exitCode: number): CliError {
  return unforeseen(`a thread ended with the code ${exitCode}`);
}

/** The error for what is thrown and is no coded error: a defect of ours or of a plugin. */
export function unforeseen(thrown: unknown): CliError {
  return new CliError('internal', {
    problem: `something unforeseen happened: ${saidBy(thrown)}`,
    fix: 'report it with the input that led to it: https://github.com/mechane/mechane/issues',
    cause: thrown,
  });
}

/** The first line of what an error says, without its full stop, to be put in a sentence of our own. */
export function saidBy(thrown: unknown): string {
  const [line = ''] = (thrown instanceof Error ? thrown.message : String(thrown)).split('\n', 1);
  return line.slice(0, 300).replace(/\.$/, '');
}

/** A width was given of a picture that nobody asked for. */
export function widthOfNothing(): CliError {
  return new CliError('invalid-option', {
    problem: '--plot-width says how wide a picture is, and none is asked for',
    expected: '--plot FILE',
    fix: 'name a file, as in --plot picture.svg',
  });
}

/** A picture was asked for in a format that there is not, or that holds one picture where there are several. */
export function noSuchPicture(file: string, problem: string, fix: string): CliError {
  return new CliError('invalid-option', {
    problem: `--plot ${file}: ${problem}`,
    expected: 'a file named .svg, .html, .csv or .tex',
    fix,
  });
}
