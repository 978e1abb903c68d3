/** Longest path and query the console sends. */
export const maxPathLength = 2048

/**
 * What is wrong with a request path, as a sentence, or null. A path is sent as it is written, so it may hold only what
 * HTTP allows in a request line; `//` at the start would name another host to some servers.
 */
export const problemOfPath = (path: string): string | null => {
  if (!path.startsWith('/')) return 'A path starts with /, for example /health.'
  if (path.startsWith('//')) return 'A path starts with a single /.'
  if (path.length > maxPathLength) return `A path has at most ${maxPathLength} characters.`
  if (path.includes('#')) return 'A # is never sent to a server; leave it out.'
  if (path.includes('\\')) return 'Write / instead of \\.'
  if (!/^[\x21-\x7e]+$/.test(path)) return 'Spaces, control and non-ASCII characters must be %-encoded.'
  if (/%(?![0-9a-fA-F]{2})/.test(path)) return 'A % is followed by two hexadecimal digits.'
  return null
}
