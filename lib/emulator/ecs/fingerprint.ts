/**
 * The same text for the same request: members in any order, absent and `undefined` alike. Used to tell a repeated
 * request from a different one under the same name or token.
 */
export const fingerprint = (value: unknown): string => JSON.stringify(value, (_, member) => sorted(member))

function sorted(value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value
  return Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)))
}
