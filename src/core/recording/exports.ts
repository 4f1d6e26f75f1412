/**
 * The exports of a package that Node loads as CommonJS, with a single default export, and that a
 * bundler loads as an ES module.
 * @param namespace what `import * as` returns
 */
export function exportsOf<Exports extends object>(namespace: Exports): Exports {
  return (Reflect.get(namespace, 'default') as Exports | undefined) ?? namespace;
}
