/**
 * The exports of a package that Node loads as CommonJS, where all of them are one default, and a bundler as a module.
 * @param namespace all that `import * as` gives of it
 */
export function exportsOf<Exports extends object>(namespace: Exports): Exports {
  return (Reflect.get(namespace, 'default') as Exports | undefined) ?? namespace;
}
