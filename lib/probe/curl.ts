/** One argument of a POSIX shell, quoted so that nothing in it is interpreted. */
export const quoted = (argument: string): string =>
  /^[A-Za-z0-9_./:=@%+,-]+$/.test(argument) ? argument : `'${argument.replaceAll("'", "'\\''")}'`

/**
 * The same call for a terminal. Inside the network the name resolves by itself; `--resolve` pins it to the address that
 * was called, so that the line reaches the same instance from any place that can reach it.
 */
export const toCurl = (call: {
  readonly method: string
  /** The name that is called; an address literal needs no `--resolve`. */
  readonly host: string
  readonly address: string
  readonly port: number
  readonly path: string
}): string => {
  const literal = call.address.includes(':') ? `[${call.address}]` : call.address
  const host = call.host === call.address ? literal : call.host
  const url = `http://${host}${call.port === 80 ? '' : `:${call.port}`}${call.path}`
  const method = call.method === 'GET' ? [] : call.method === 'HEAD' ? ['--head'] : ['--request', call.method]
  const pinned = host === literal ? [] : ['--resolve', `${call.host}:${call.port}:${literal}`]
  // --globoff: brackets and braces of a path are sent as they are.
  return ['curl', '--silent', '--show-error', '--max-time', '5', '--globoff', ...method, ...pinned, url]
    .map(quoted)
    .join(' ')
}
