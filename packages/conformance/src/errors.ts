import { MechaneError } from '@mechane/core';

export function duplicateLaw(name: string): MechaneError<'duplicate-law'> {
  return new MechaneError('duplicate-law', {
    problem: `there are two laws named ${JSON.stringify(name)}`,
    path: ['laws'],
    expected: 'a name of its own for each law',
    fix: 'name the laws of a package package/law, and list each once',
  });
}

export function moduleUnusable(module: URL, problem: string): MechaneError<'module-unusable'> {
  return new MechaneError('module-unusable', {
    problem: `${module.href} cannot be examined: ${problem}`,
    path: ['module'],
    expected: 'the address of a module that exports `subjects`, a list of them',
    fix: "export const subjects = [subject({ mechanism, domain })], and give new URL('./that-module.js', import.meta.url)",
  });
}
