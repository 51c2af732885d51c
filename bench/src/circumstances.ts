import { readdirSync, readFileSync } from 'node:fs';
import { arch, cpus, platform, release, totalmem } from 'node:os';

/** Where, when and with what a measurement was taken. */
export interface Circumstances {
  readonly date: string;
  readonly machine: {
    readonly cpu: string;
    readonly cores: number;
    readonly memoryGiB: number;
    readonly system: string;
  };
  readonly node: string;
  readonly packages: Readonly<Record<string, string>>;
}

/**
 * @param packages the folder whose subfolders are the packages measured
 */
export function currentCircumstances(packages: URL): Circumstances {
  const processors = cpus();
  return {
    date: new Date().toISOString(),
    machine: {
      cpu: processors[0]?.model.trim() ?? 'unknown',
      cores: processors.length,
      memoryGiB: Math.round(totalmem() / 2 ** 30),
      system: `${platform()} ${release()} ${arch()}`,
    },
    node: process.version,
    packages: Object.fromEntries(
      readdirSync(packages).map((folder) => nameAndVersion(new URL(`${folder}/`, packages))),
    ),
  };
}

function nameAndVersion(folder: URL): [string, string] {
  const { name, version } = JSON.parse(readFileSync(new URL('package.json', folder), 'utf8'));
  return [name, version];
}
