/** @typedef {import('../check/repository.mjs').Manifest} Manifest */

/** Fields that only this repository needs. */
const ours = ['scripts', 'devDependencies'];

/**
 * A package.json as users get it: it says nothing of sources, which are not published, and nothing that only this
 * repository needs. npm leaves `publishConfig` to whoever publishes, all but the folder, which is where this one stands.
 *
 * @param {Manifest} manifest
 * @returns {Manifest}
 */
export function publishedManifest(manifest) {
  const { exports = {}, sideEffects, publishConfig } = manifest;
  const fields = Object.entries(manifest).filter(([field]) => !ours.includes(field));
  const { directory, ...publishing } = publishConfig ?? {};
  if (directory === undefined) throw new Error(`${manifest.name} does not say from where it is published`);
  return {
    ...Object.fromEntries(fields),
    ...(Array.isArray(sideEffects) ? { sideEffects: sideEffects.filter((file) => !file.startsWith('./src/')) } : {}),
    exports: Object.fromEntries(
      Object.entries(exports).map(([subpath, conditions]) => [subpath, withoutSources(conditions)]),
    ),
    publishConfig: publishing,
  };
}

/** @param {unknown} conditions */
function withoutSources(conditions) {
  if (typeof conditions !== 'object' || conditions === null) return conditions;
  return Object.fromEntries(Object.entries(conditions).filter(([condition]) => condition !== '@mechane/source'));
}
