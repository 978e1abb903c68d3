import { createServer, type Server } from 'node:net'

/** A 127.N.0.0/16 block that is ours until `release`. */
export type AddressBlock = { readonly block: number; release(): Promise<void> }

const firstBlock = 10
const lastBlock = 250
/** The same in every local cloud: whoever listens on 127.N.0.1 at this port owns block N. */
const claimPort = 46_810

/** Holds an address until the server is closed or this process dies; the system's error code when somebody else holds it. */
export const claimAddress = (host: string): Promise<Server | string> =>
  new Promise((resolve) => {
    const server = createServer((socket) => socket.destroy())
    server.once('error', (error: NodeJS.ErrnoException) => resolve(error.code ?? error.message))
    server.listen({ host, port: claimPort, exclusive: true }, () => {
      server.unref()
      resolve(server)
    })
  })

/**
 * Claims the first block that no other local cloud of this machine holds. The kernel keeps the lock and drops it when
 * this process dies, however it dies. Undefined when no address of 127/8 but 127.0.0.1 can be bound here.
 * Throws when all blocks are taken.
 */
export async function claimAddressBlock(): Promise<AddressBlock | undefined> {
  for (let block = firstBlock; block <= lastBlock; block++) {
    const server = await claimAddress(`127.${block}.0.1`)
    if (typeof server !== 'string') {
      return { block, release: () => new Promise((resolve) => server.close(() => resolve())) }
    }
    if (server !== 'EADDRINUSE') return undefined
  }
  throw new Error(
    `All blocks 127.${firstBlock}.0.0/16 to 127.${lastBlock}.0.0/16 are held by local clouds (port ${claimPort}). Stop one of them.`,
  )
}
