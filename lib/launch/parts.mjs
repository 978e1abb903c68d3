/**
 * @typedef {{ kind: 'help' } | { kind: 'unknown', name: string } | { kind: 'run', wanted: readonly string[] }} Choice
 *   `wanted` in the order given; all of them when none was named
 */

/**
 * Which parts of a command that has parts are meant: `npm test -- unit sdk`.
 * @param {readonly string[]} args @param {readonly string[]} parts
 * @returns {Choice}
 */
export function chooseParts(args, parts) {
  if (args.some((word) => word === '--help' || word === '-h')) return { kind: 'help' }
  const unknown = args.find((word) => !parts.includes(word))
  if (unknown !== undefined) return { kind: 'unknown', name: unknown }
  return { kind: 'run', wanted: args.length > 0 ? args : parts }
}
