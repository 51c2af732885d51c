import { Command, InvalidArgumentError } from 'commander';
import type { CliErrorCode } from './cli-error.ts';
import { misused } from './errors.ts';

/** The codes of what commander complains of; whatever else it does not know stands where nothing should. */
const codes: Readonly<Record<string, CliErrorCode>> = {
  'commander.conflictingOption': 'conflicting-options',
  'commander.invalidArgument': 'invalid-option',
  'commander.missingArgument': 'missing-argument',
  'commander.missingMandatoryOptionValue': 'missing-argument',
  'commander.optionMissingArgument': 'missing-argument',
  'commander.unknownCommand': 'unknown-command',
  'commander.unknownOption': 'unknown-option',
};

/** A command whose complaints are coded errors with the nearest thing that exists. */
export class CodedCommand extends Command {
  override createCommand(name?: string): CodedCommand {
    return new CodedCommand(name);
  }

  override error(message: string, { code = '' }: { readonly code?: string } = {}): never {
    const problem = message.replace(/^error: /, '').replace(/\.$/, '');
    // It quotes what was typed.
    const typed = problem.replace(/^[^']*'|'.*$/gs, '');
    const help = `mechane ${this.parent ? `${this.name()} ` : ''}--help`;
    throw misused(codes[code] ?? 'unexpected-argument', problem, typed, this.#known(code), help);
  }

  /** What could have stood where something unknown stands. */
  #known(code: string): string[] {
    if (code === 'commander.unknownCommand') return this.commands.map((command) => command.name());
    if (code === 'commander.unknownOption') return this.options.map((option) => `--${option.name()}`);
    return [];
  }
}

/** Reads a whole number that was typed as an option's value. */
export function wholeNumber(least: number): (typed: string) => number {
  return (typed) => {
    const value = Number(typed);
    if (/^[+-]?\d+$/.test(typed) && Number.isSafeInteger(value) && value >= least) return value;
    throw new InvalidArgumentError(`Expected a whole number${least > 0 ? `, ${least} or more` : ''}`);
  };
}
