/**
 * What a flag does: `apply` gets its value ('' for a flag without one).
 * @typedef {{ readonly value: boolean, readonly apply: (value: string) => void }} Flag
 */

/** The command line asks for something that this program does not do. */
export class UsageError extends Error {}

/**
 * Reads a command line as getopt_long does: `-sS`, `-m 5`, `-m5`, `--max-time 5`, `--max-time=5`, `--`. Gives back what are no
 * flags. Throws `UsageError` for a flag that is not known.
 * @param {readonly string[]} args @param {Readonly<Record<string, Flag>>} flags @returns {string[]}
 */
export function readFlags(args, flags) {
  /** @type {string[]} */
  const others = []
  const rest = [...args]
  const known = (/** @type {string} */ name) => {
    const flag = Object.hasOwn(flags, name) ? flags[name] : undefined
    if (!flag)
      throw new UsageError(`option ${name}: the local cloud's stand-in for this program does not have it`)
    return flag
  }
  const valueFor = (/** @type {string} */ name) => {
    const value = rest.shift()
    if (value === undefined) throw new UsageError(`option ${name}: requires parameter`)
    return value
  }
  for (let word = rest.shift(); word !== undefined; word = rest.shift()) {
    if (word === '--') return [...others, ...rest]
    if (word.startsWith('--')) {
      const equals = word.indexOf('=')
      const name = equals === -1 ? word : word.slice(0, equals)
      const flag = known(name)
      if (!flag.value) flag.apply('')
      else flag.apply(equals === -1 ? valueFor(name) : word.slice(equals + 1))
    } else if (word.startsWith('-') && word.length > 1) {
      for (let at = 1; at < word.length; at++) {
        const name = `-${word[at]}`
        const flag = known(name)
        if (!flag.value) flag.apply('')
        else {
          flag.apply(at + 1 < word.length ? word.slice(at + 1) : valueFor(name))
          break
        }
      }
    } else others.push(word)
  }
  return others
}

/** @param {() => void} apply @returns {Flag} */
export const on = (apply) => ({ value: false, apply })
/** @param {(value: string) => void} apply @returns {Flag} */
export const withValue = (apply) => ({ value: true, apply })
/** A flag that changes nothing here. @type {Flag} */
export const ignored = { value: false, apply: () => undefined }

/**
 * The same flag under several names.
 * @param {readonly (readonly [names: string, flag: Flag])[]} entries @returns {Record<string, Flag>}
 */
export const flagTable = (entries) =>
  Object.fromEntries(entries.flatMap(([names, flag]) => names.split(' ').map((name) => [name, flag])))
