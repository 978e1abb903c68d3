/** The words of a step's id, in plain ASCII; never none. */
export function wordsOf(id: string): readonly string[] {
  const words = id.match(/[A-Za-z0-9]+/g) ?? ['step']
  return /^[0-9]/.test(words[0] ?? '') ? ['step', ...words] : words
}

const capital = (word: string) => word.charAt(0).toUpperCase() + word.slice(1)

/** `service-web` → `ServiceWeb`. */
export const pascalName = (id: string): string => wordsOf(id).map(capital).join('')

/** `service-web` → `serviceWeb`. */
export function camelName(id: string): string {
  const name = pascalName(id)
  return name.charAt(0).toLowerCase() + name.slice(1)
}

/** `service-web` → `service_web`. */
export const snakeName = (id: string): string => wordsOf(id).join('_').toLowerCase()

/**
 * A name for each id, the same for the same list. Two ids never get one name, also where a language does not tell capitals apart, and
 * none gets a reserved one.
 */
export function uniqueNames(
  ids: readonly string[],
  nameOf: (id: string) => string,
  reserved: ReadonlySet<string> = new Set(),
): ReadonlyMap<string, string> {
  const taken = new Set([...reserved].map((name) => name.toLowerCase()))
  const names = new Map<string, string>()
  for (const id of ids) {
    if (names.has(id)) continue
    const base = nameOf(id)
    let name = base
    for (let count = 2; taken.has(name.toLowerCase()); count += 1) name = `${base}${count}`
    taken.add(name.toLowerCase())
    names.set(id, name)
  }
  return names
}
