/**
 * The few functions of the `reflect-metadata` polyfill that @peculiar/x509 asks for at its import (by way of tsyringe), kept to
 * this process: values by target and key.
 */
export function provideTypeMetadata(): void {
  const values = new WeakMap<object, Map<string, unknown>>()
  const read = (key: string, target: object): unknown => values.get(target)?.get(key)
  const write = (key: string, value: unknown, target: object): void => {
    const own = values.get(target) ?? new Map<string, unknown>()
    own.set(key, value)
    values.set(target, own)
  }
  const inherited = (key: string, target: object): unknown => {
    for (let at: object | null = target; at !== null; at = Reflect.getPrototypeOf(at)) {
      const found = read(key, at)
      if (found !== undefined) return found
    }
    return undefined
  }
  Object.assign(Reflect, { getMetadata: inherited, getOwnMetadata: read, defineMetadata: write })
}
