/** Bundles the server: file URL of its module, path of its workers'. */
export function build(): Promise<{ main: string; worker: string }>;
