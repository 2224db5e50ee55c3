/**
 * The one spelling of a function's name. Clients and the CLI write `messages`, `messages:list`,
 * `messages.js:list` or `dir/x:fn`; everything behind the network compares canonical names.
 */

/**
 * The canonical name `dir/module:function` of a function as a client wrote it: without the module's
 * `.js`, and with `default` as the function of a bare module. It promises nothing about whether such
 * a function exists.
 */
export function canonicalPath(udfPath: string): string {
  const colon = udfPath.lastIndexOf(":");
  const module = colon === -1 ? udfPath : udfPath.slice(0, colon);
  const name = colon === -1 ? "default" : udfPath.slice(colon + 1);
  return `${module.endsWith(".js") ? module.slice(0, -3) : module}:${name}`;
}
