/** Whether two pieces of plain JSON say the same. Keys that are `undefined` count as absent. */
export function isEqualJson(a: unknown, b: unknown): boolean {
  if (Object.is(a, b)) return true
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false
  if (Array.isArray(a) || Array.isArray(b)) {
    if (!Array.isArray(a) || !Array.isArray(b) || a.length !== b.length) return false
    return a.every((item, index) => isEqualJson(item, b[index]))
  }
  let only = 0
  for (const key of Object.keys(a)) {
    const left: unknown = Reflect.get(a, key)
    if (left === undefined) continue
    only += 1
    if (!Object.hasOwn(b, key) || !isEqualJson(left, Reflect.get(b, key))) return false
  }
  for (const key of Object.keys(b)) if (Reflect.get(b, key) !== undefined) only -= 1
  return only === 0
}
