import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { workspaceFolders } from './workspace-folders.mjs';

const stampFile = join('node_modules', '.installed-for');

/**
 * What an installation depends on, in one hash: the lock file, every package.json and the platform.
 *
 * @param {string} root
 */
export function installationKey(root) {
  const hash = createHash('sha256').update(`${process.platform}-${process.arch}`);
  const manifests = workspaceFolders(root).map((folder) => join(folder, 'package.json'));
  for (const file of ['package-lock.json', '.npmrc', 'package.json', ...manifests]) {
    const path = join(root, file);
    hash.update(`\0${file}\0`).update(existsSync(path) ? readFileSync(path) : '');
  }
  return hash.digest('hex');
}

/**
 * Whether what is installed was installed from the files as they are now.
 *
 * @param {string} root
 */
export function isInstalled(root) {
  const stamp = join(root, stampFile);
  return existsSync(stamp) && readFileSync(stamp, 'utf8') === installationKey(root);
}

/**
 * Remembers that the dependencies of the files as they are now are installed.
 *
 * @param {string} root
 */
export function rememberInstallation(root) {
  writeFileSync(join(root, stampFile), installationKey(root));
}
