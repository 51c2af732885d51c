/** The package's version, kept in step with package.json by a test. */
export const version: string = '0.0.0';
