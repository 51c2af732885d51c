import type { Command } from 'commander';
import { type Completed, completionScripts, type Shell } from '../completion-scripts.ts';
import type { Context } from '../context.ts';

/** `mechane completion`: prints the script by which a shell completes what is typed. */
export async function completion(shell: Shell, program: Command, { output }: Context): Promise<number> {
  await output.write(completionScripts[shell](program.commands.map(completed)));
  return 0;
}

function completed(command: Command): Completed {
  return {
    name: command.name(),
    description: command.description(),
    files: command.registeredArguments.some((argument) => /file|game/.test(argument.name())),
    options: [
      ...command.options.flatMap(({ long, description, required, optional }) =>
        typeof long === 'string' ? [{ flag: long, description, valued: required || optional }] : [],
      ),
      { flag: '--help', description: 'show help', valued: false },
    ],
  };
}
