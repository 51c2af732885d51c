import { Argument, Option } from 'commander';
import { CodedCommand, wholeNumber } from './command-line.ts';
import { type ClusterStatusOptions, clusterStatus } from './commands/cluster-status.ts';
import { completion } from './commands/completion.ts';
import { describe } from './commands/describe.ts';
import { type ExplainOptions, explain } from './commands/explain.ts';
import { type GenerateOptions, generate } from './commands/generate.ts';
import { type InitOptions, init } from './commands/init.ts';
import { type JobsAction, type JobsOptions, jobs } from './commands/jobs.ts';
import { list } from './commands/list.ts';
import { type McpOptions, mcp } from './commands/mcp.ts';
import { type ReplayOptions, replay } from './commands/replay.ts';
import { type JournalOptions, resume } from './commands/resume.ts';
import { type RunOptions, run } from './commands/run.ts';
import { type ServeOptions, serve } from './commands/serve.ts';
import { simulate } from './commands/simulate.ts';
import { type SolveOptions, solve } from './commands/solve.ts';
import { verify } from './commands/verify.ts';
import { type WorkerOptions, worker } from './commands/worker.ts';
import { type Shell, shells } from './completion-scripts.ts';
import type { Context } from './context.ts';
import type { SimulateOptions } from './simulate-options.ts';
import type { VerifyOptions } from './verify-options.ts';

/** The exit codes, for the help. */
const exitCodes = `
Exit codes:
  0  done
  1  the answer is "no": a claim is refuted, or no equilibrium was found
  2  bad input or usage`;

const scenario = `'{"mechanism":"auction-sealed/second-price","reports":{"ann":{"bid":10},"bob":{"bid":15}}}'`;
const game = `'{"players":["ann","bob"],"payoffs":[[[3,0],[0,2]],[[2,0],[0,3]]]}'`;

const database = 'postgres://me@127.0.0.1/lab';

const bidders = `[{"kind":"hedge","count":3,"values":{"kind":"uniform","low":0,"high":1}}]`;
const experiment = `'{"arms":[{"mechanism":"auction-sealed/first-price"}],"population":{"bidders":${bidders}},"rounds":20000,"seed":1}'`;

/** The commands, their options and their help. `finish` receives the exit code of the one that was chosen. */
export function program(context: Context, version: string, finish: (exitCode: number) => void): CodedCommand {
  const mechane = new CodedCommand('mechane')
    .description('Runs economic mechanisms and checks what they promise.')
    .version(version, '-V, --version', 'print the version')
    .helpOption('-h, --help', 'show help')
    .helpCommand(false)
    .exitOverride()
    .showSuggestionAfterError(false)
    .addHelpText('after', examples('mechane list', `echo ${scenario} | mechane run -`) + exitCodes);

  mechane
    .command('run')
    .description('Play scenarios and show who gets what and who pays what.')
    .argument('[files...]', 'files of JSON, a scenario each; - is stdin')
    .option('--json', 'print results as JSON, a line each')
    .addOption(
      new Option(
        '--ndjson',
        'a scenario a line in, a result or an error a line out; reads stdin without FILE',
      ).conflicts('json'),
    )
    .addOption(
      new Option('--journal <file>', 'write every round down before the next, to resume or audit').conflicts('ndjson'),
    )
    .addOption(
      new Option('--cats', 'files are of the Combinatorial Auction Test Suite, not JSON').conflicts([
        'ndjson',
        'journal',
      ]),
    )
    .option('--mechanism <id>', 'the mechanism to play CATS files by')
    .option('--settings <json>', 'settings for CATS files, besides their goods')
    .addOption(
      new Option(
        '--sweep <key=values...>',
        'play a scenario with each of these values, and each combination: reserve=0..10:1 pricing=a,b',
      ).conflicts(['ndjson', 'cats', 'journal']),
    )
    .addOption(new Option('--csv', 'print a line for each combination of a sweep').conflicts('json'))
    .addOption(
      new Option('--workers <w>', 'how many threads play at most; one a core without')
        .argParser(wholeNumber(1))
        .conflicts('journal'),
    )
    .addOption(clusterOption().conflicts(['journal', 'workers']))
    .addOption(plotOption().conflicts(['ndjson', 'cats', 'journal', 'sweep']))
    .addOption(plotWidthOption())
    .addOption(openOption().conflicts(['ndjson', 'cats', 'journal', 'sweep']))
    .addHelpText(
      'after',
      examples(
        `echo ${scenario} | mechane run -`,
        `echo ${scenario} | mechane run --ndjson`,
        `echo ${scenario} | mechane run - --sweep reserve=0..12:4 --csv`,
      ) + exitCodes,
    )
    .action(async (files: string[], options: RunOptions) => finish(await run(files, options, context)));

  mechane
    .command('resume')
    .description('Go on with a run that was cut off, from the last round in its journal.')
    .argument('<file>', 'a journal that mechane run --journal began')
    .option('--json', 'print the result as JSON')
    .addHelpText(
      'after',
      examples(`echo ${scenario} | mechane run - --journal run.log`, 'mechane resume run.log') + exitCodes,
    )
    .action(async (file: string, options: JournalOptions) => finish(await resume(file, options, context)));

  mechane
    .command('replay')
    .description('Play a finished journal again and check that it leads to the outcome it says.')
    .argument('<file>', 'a journal that mechane run --journal, or a service, wrote')
    .option('--head <hash>', 'a hash that was published: the journal has to lead to it')
    .option('--key <file>', 'the public key (JSON Web Key or PEM) with which every line has to be signed')
    .option('--receipt <file>', 'a receipt: shows that its message is in the journal, and nothing of the others')
    .option('--json', 'print the result as JSON')
    .addHelpText(
      'after',
      examples(`echo ${scenario} | mechane run - --journal run.log`, 'mechane replay run.log') + exitCodes,
    )
    .action(async (file: string, options: ReplayOptions) => finish(await replay(file, options, context)));

  mechane
    .command('list')
    .description('List the mechanisms that are installed, and what each claims.')
    .option('--json', 'print JSON')
    .addHelpText('after', examples('mechane list'))
    .action(async (options: { json?: boolean }) => finish(await list(options, context)));

  mechane
    .command('describe')
    .description('Print the JSON Schemas of a mechanism: settings, report, message and outcome; and its claims.')
    .argument('<id>', 'the mechanism')
    .addHelpText('after', examples('mechane describe auction-sealed/second-price'))
    .action(async (id: string) => finish(await describe(id, context)));

  mechane
    .command('verify')
    .description('Check what mechanisms claim, with a counterexample where a claim is false.')
    .argument('[ids...]', 'the mechanisms')
    .option('--all', 'check every mechanism that is installed')
    .option('--exec <cmd>', 'check the mechanism that a command is, in any language: "python3 my_auction.py"')
    .option('--law <law...>', 'look at these laws only; see mechane explain')
    .option('--runs <n>', 'how much work to do for each law', wholeNumber(1))
    .option('--seed <s>', 'the seed of the search', wholeNumber(Number.MIN_SAFE_INTEGER))
    .option(
      '--seconds <s>',
      'seconds of computing for each mechanism; what is not decided by then is undecided',
      wholeNumber(1),
    )
    .option('--json', 'print reports as JSON, a line each')
    .option('--html <file>', 'write a report to send: one page, with what is wrong in words')
    .option('--watch', 'examine again whenever a file changes')
    .option('--workers <w>', 'how many threads examine mechanisms; one a core without', wholeNumber(1))
    .addOption(clusterOption().conflicts(['exec', 'watch', 'workers']))
    .addOption(plotOption())
    .addOption(plotWidthOption())
    .option('--open', 'show the report by what you read pages with, or with --plot the picture')
    .addHelpText('after', examples('mechane verify auction-sealed/second-price --runs 20') + exitCodes)
    .action(async (ids: string[], options: VerifyOptions) => finish(await verify(ids, options, context)));

  mechane
    .command('generate')
    .description('Draw instances of a distribution, or write a published game; without ID, list the distributions.')
    .argument('[id]', 'the distribution')
    .option('--seed <s>', 'the seed; the same one gives the same instance', wholeNumber(Number.MIN_SAFE_INTEGER))
    .option('--goods <n>', 'how many goods there are, as --set goods=n')
    .option('--bids <n>', 'how many bids there are, as --set bids=n')
    .option('--set <key=value...>', 'settings of the distribution')
    .option('--count <k>', 'how many instances, each from the seed after the last', wholeNumber(1))
    .option('--format <name>', 'json, or what else the distribution can be written as', 'json')
    .option('--named [name]', 'a game or an economy that was published; without a name, list them with their sources')
    .option('--out <path>', 'the file to write, or with --count a folder; stdout without')
    .option('--force', 'write in place of files that are there')
    .option('--json', 'list the distributions, or with --named what was published, as JSON')
    .addOption(clusterOption().conflicts(['named', 'plot', 'open']))
    .addOption(plotOption())
    .addOption(plotWidthOption())
    .addOption(openOption())
    .addHelpText(
      'after',
      examples(
        'mechane generate cats-regions --seed 1 --goods 64 --bids 250 --format cats',
        'mechane generate --named prisoners-dilemma | mechane solve -',
        'mechane generate cats-l4 --set alpha=0.6 --count 10 | mechane run --ndjson',
      ) + exitCodes,
    )
    .action(async (id: string | undefined, options: GenerateOptions) => finish(await generate(id, options, context)));

  mechane
    .command('solve')
    .description('Find the equilibria of a game.')
    .argument('<game>', 'a file in the format .nfg, .efg or JSON; - is stdin')
    .option('--method <name>', 'how: extreme-points, support-enumeration, zero-sum, correlated, sequence-form …')
    .option('--objective <aim>', 'what correlated equilibria aim at: welfare, fairness or the name of a player')
    .option('--leader <player>', 'who commits in the method stackelberg; the first player without')
    .option('--normal-form', 'solve a tree as a table of whole strategies, also with imperfect recall')
    .option('--seconds <s>', 'stop after so long and show what was found', wholeNumber(1))
    .option('--json', 'print the result as JSON')
    .addOption(plotOption())
    .addOption(plotWidthOption())
    .addOption(openOption())
    .addHelpText('after', examples(`echo ${game} | mechane solve -`, 'mechane solve poker.efg --json') + exitCodes)
    .action(async (file: string, options: SolveOptions) => finish(await solve(file, options, context)));

  mechane
    .command('simulate')
    .description('Play an experiment: bidders that learn, and a designer that chooses among mechanisms.')
    .argument('<file>', 'a file of JSON with arms, population and rounds; - is stdin')
    .option('--seed <s>', 'the seed, in place of the experiment’s', wholeNumber(Number.MIN_SAFE_INTEGER))
    .option('--seeds <n>', 'how many replications, each from the seed after the last', wholeNumber(1))
    .option('--workers <w>', 'how many threads replications run on; one a core without', wholeNumber(1))
    .addOption(clusterOption().conflicts('workers'))
    .option('--json', 'print the result as JSON')
    .addOption(new Option('--csv', 'print a line for each arm and replication').conflicts('json'))
    .addOption(plotOption().conflicts('seeds'))
    .addOption(plotWidthOption())
    .addOption(openOption().conflicts('seeds'))
    .addHelpText(
      'after',
      examples(`echo ${experiment} | mechane simulate -`, 'mechane simulate experiment.json --seeds 20 --csv') +
        exitCodes,
    )
    .action(async (file: string, options: SimulateOptions) => finish(await simulate(file, options, context)));

  mechane
    .command('serve')
    .description('Hold auctions among people, services and models over HTTP.')
    .option('--host <address>', 'where to listen', '127.0.0.1')
    .option('--port <n>', 'the port; 0 takes one that is free', wholeNumber(0), 8080)
    .option('--store <name>', 'sqlite:FILE, or postgres://USER@HOST/DATABASE', 'sqlite:mechane.db')
    .option('--origin <url...>', 'let web pages of these origins ask, such as https://shop.example')
    .option('--per-address <n>', 'requests a second from one address that is not this machine: 50', wholeNumber(1))
    .option('--demo', 'open three sessions that play themselves')
    .option('--cluster <url>', 'share sessions with other nodes on this postgres://USER@HOST/DATABASE')
    .option('--cluster-address <host:port>', 'where other nodes reach this one; 127.0.0.1 and a free port without')
    .addHelpText(
      'after',
      `${examples('mechane serve --port 8080 --store sqlite:auctions.db', 'curl http://127.0.0.1:8080/mechanisms')}
The admin token is $MECHANE_ADMIN_TOKEN; without it, one is made, kept beside the store, and printed once.
Its address, opened in a browser, shows the playground; there, Live is where sessions are held and taken part in by links.
${exitCodes}`,
    )
    .action(async (options: ServeOptions) => finish(await serve(options, context)));

  mechane
    .command('worker')
    .description('Do work that commands with --cluster give out, on this machine.')
    .addOption(clusterOption().makeOptionMandatory())
    .option('--cluster-address <host:port>', 'where other nodes reach this one; 127.0.0.1 and a free port without')
    .option('--workers <w>', 'how many threads do work; one a core without', wholeNumber(1))
    .addHelpText(
      'after',
      examples(
        `mechane worker --cluster ${database}`,
        `mechane run --ndjson scenarios.ndjson --cluster ${database} > results.ndjson`,
        `mechane verify --all --cluster ${database}`,
      ) + exitCodes,
    )
    .action(async (options: WorkerOptions) => finish(await worker(options, context)));

  mechane
    .command('jobs')
    .description('List the work that was given out and is not finished, take it up, or forget it.')
    .addArgument(new Argument('[action]', 'what to do').choices(['list', 'resume', 'forget']).default('list'))
    .argument('[job]', 'the job')
    .addOption(clusterOption().makeOptionMandatory())
    .option('--json', 'list them as JSON')
    .addHelpText(
      'after',
      `${examples(`mechane jobs --cluster ${database}`, `mechane jobs resume run-3fa2c1 --cluster ${database} > results.ndjson`)}
A job that is taken up tells all of its results from the first on, as the command would have that began it.
${exitCodes}`,
    )
    .action(async (action: JobsAction, job: string | undefined, options: JobsOptions) =>
      finish(await jobs(action, job, options, context)),
    );

  mechane
    .command('cluster')
    .description('Show the nodes, sessions and jobs of a cluster.')
    .addArgument(new Argument('<action>', 'what to do').choices(['status']))
    .addOption(clusterOption().makeOptionMandatory())
    .option('--json', 'print JSON')
    .addHelpText('after', examples(`mechane cluster status --cluster ${database}`) + exitCodes)
    .action(async (_: 'status', options: ClusterStatusOptions) => finish(await clusterStatus(options, context)));

  mechane
    .command('mcp')
    .description('Give a language model the tools to play mechanisms, over its standard streams.')
    .option('--url <url>', 'a running service to take part in; without, mechanisms are played here')
    .option('--token <token>', 'the token of whoever the model is there; $MECHANE_TOKEN without')
    .addHelpText('after', examples('mechane mcp', 'mechane mcp --url http://127.0.0.1:8080 --token TOKEN') + exitCodes)
    .action(async (options: McpOptions) => finish(await mcp(options, context)));

  mechane
    .command('explain')
    .description('Tell a law in five lines, with its paper; without LAW, list the laws.')
    .argument('[laws...]', 'the laws')
    .option('--json', 'print JSON, a line each')
    .addHelpText('after', examples('mechane explain strategy-proof'))
    .action(async (laws: string[], options: ExplainOptions) => finish(await explain(laws, options, context)));

  mechane
    .command('init')
    .description('Write a first scenario, and say what to do next.')
    .argument('[file]', 'the file to write', 'auction.json')
    .option('--force', 'write in place of a file that is there')
    .addHelpText('after', examples('mechane init'))
    .action(async (file: string, options: InitOptions) => finish(await init(file, options, context)));

  mechane
    .command('completion')
    .description('Print the script by which your shell completes commands and options.')
    .addArgument(new Argument('<shell>', 'the shell').choices([...shells]))
    .addHelpText('after', examples('eval "$(mechane completion bash)"', 'mechane completion fish | source'))
    .action(async (shell: Shell) => finish(await completion(shell, mechane, context)));

  mechane
    .command('help')
    .description('Show help for a command.')
    .argument('[command]', 'the command')
    .action((name?: string) => {
      const chosen = mechane.commands.find((command) => command.name() === name);
      if (name === undefined || chosen) (chosen ?? mechane).outputHelp();
      else mechane.error(`unknown command '${name}'`, { code: 'commander.unknownCommand' });
    });

  return mechane;
}

/** The nodes by which work is done. */
function clusterOption(): Option {
  return new Option('--cluster <url>', 'have work done by the nodes on this postgres://USER@HOST/DATABASE');
}

/** Where a picture of what comes out is written. */
function plotOption(): Option {
  return new Option('--plot <file>', 'draw what comes out: .svg, .html, .csv for its numbers, .tex for TikZ');
}

/** How wide a picture is. */
function plotWidthOption(): Option {
  return new Option('--plot-width <pixels>', 'how wide the picture is: 640 without, 330 for a phone').argParser(
    wholeNumber(300),
  );
}

/** Whether the result is shown. */
function openOption(): Option {
  return new Option('--open', 'show the picture by what you read pages with; of run and solve, the playground');
}

function examples(...commands: readonly string[]): string {
  return `\nExample:\n${commands.map((command) => `  $ ${command}\n`).join('')}`;
}
