/**
 * One value per process, whoever asks: Next loads a module several times in one process (page, route handler, action), so a module-level
 * variable would be several. The value is made at the first call.
 */
export function processWide<T>(name: string, make: () => T): T {
  const key = Symbol.for(`switchboard.${name}`)
  const known: T | undefined = Reflect.get(globalThis, key)
  if (known !== undefined) return known
  const made = make()
  Reflect.set(globalThis, key, made)
  return made
}
