/** An import that cannot be made; the text is for the person at the CLI. */
export class ImportRefused extends Error {}
