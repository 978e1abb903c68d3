import { createServer } from 'node:net'

/**
 * Tries to listen on an address for a moment. The error code of the system when it cannot (`EADDRNOTAVAIL` on macOS
 * for 127.x.y.z without an alias), else undefined.
 */
export function readBindError(address: string, port = 0): Promise<string | undefined> {
  return new Promise((resolve) => {
    const server = createServer()
    server.once('error', (error: NodeJS.ErrnoException) => resolve(error.code ?? error.message))
    server.listen({ host: address, port, exclusive: true }, () => server.close(() => resolve(undefined)))
  })
}

/** How many task addresses the remedy makes; the address pool goes no further where each one is an alias. */
export const aliasCount = 50

/** What to type on a system where only 127.0.0.1 exists (macOS, some BSDs). */
export const loopbackRemedy =
  'Tasks need addresses of their own and this system offers only 127.0.0.1. Run once after each boot: ' +
  `for i in 1 $(seq 11 ${10 + aliasCount}); do sudo ifconfig lo0 alias 127.10.0.$i up; done`

/** The same for the names of Service Connect. */
export const aliasRemedy =
  'Names of Service Connect need addresses of their own. Run once after each boot: ' +
  'for i in $(seq 1 200); do sudo ifconfig lo0 alias 127.255.0.$i up; done'

/**
 * Whether tasks can have addresses of their own here: undefined when 127.x.y.z can be bound, else one line that says
 * what to do. Call it once at the start of the local cloud; without the remedy every task fails to start.
 */
export async function readLoopbackRemedy(): Promise<string | undefined> {
  const error = await readBindError('127.10.0.11')
  return error === undefined ? undefined : loopbackRemedy
}
