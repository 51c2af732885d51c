import { MechaneError } from '@mechane/core';

export function duplicateLaw(name: string): MechaneError<'duplicate-law'> {
  return new MechaneError('duplicate-law', {
    problem: `there are two laws named ${JSON.stringify(name)}`,
    path: ['laws'],
    expected: 'a name of its own for each law',
    fix: 'name the laws of a package package/law, and list each once',
  });
}
