// npm's prepublishOnly in every package: what is published is what `npm run build -- --publish` makes of it.
console.error(
  'This folder holds the sources of a package. Publish what is made of them, from the root of the repository:\n' +
    '  npm run build -- --publish && npx changeset publish',
);
process.exitCode = 1;
