import { claimAddress } from './address-block'
import { type AddressPool, makePool } from './address-pool'
import { aliasRemedy } from './loopback'

/** Addresses of 127.255.0.0/16 for the names that tasks resolve by Service Connect; ours alone until `giveUp`. */
export type AliasBlock = AddressPool & { giveUp(): Promise<void> }

/** AWS has every alias in 127.255.0.0/16. It is cut into so many parts, for as many local clouds on one machine. */
const parts = 32
const networksPerPart = 256 / parts
const hostsPerNetwork = 254
/** The first address of a part is its claim. */
const firstHost = 1

/** The addresses of one part. */
export const makeAliasPool = (part: number): AddressPool =>
  makePool(
    networksPerPart * hostsPerNetwork - firstHost,
    (index) => {
      const host = index + firstHost
      const network = part * networksPerPart + Math.floor(host / hostsPerNetwork)
      return `127.255.${network}.${(host % hostsPerNetwork) + 1}`
    },
    'All addresses for Service Connect names are in use (one for each task and name). Stop some tasks, or start a second local cloud.',
  )

/** Claims the first part that no other local cloud of this machine holds; a sentence that says why not when there is none. */
export async function claimAliasBlock(claim = claimAddress): Promise<AliasBlock | string> {
  for (let part = 0; part < parts; part++) {
    const server = await claim(`127.255.${part * networksPerPart}.1`)
    if (typeof server !== 'string')
      return {
        ...makeAliasPool(part),
        giveUp: () => new Promise((resolve) => server.close(() => resolve())),
      }
    if (server !== 'EADDRINUSE') return `No address of 127.255.0.0/16 can be used (${server}). ${aliasRemedy}`
  }
  return `All ${parts} parts of 127.255.0.0/16 are held by local clouds. Stop one of them.`
}
