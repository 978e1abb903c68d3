import type { AddressPool } from './address-pool'
import type { ProxyAddresses, TaskSpec } from './runtime'

/** Whether an address is one of those for Service Connect names. */
export const isAlias = (address: string): boolean => address.startsWith('127.255.')

/** Every address that a task has, to be given back at its end. */
export const addressesOf = ({ address, connect }: Pick<TaskSpec, 'address' | 'connect'>): string[] =>
  connect ? [address, connect.innerAddress, ...Object.values(connect.hosts)] : [address]

/** A second address of a task and one for each name. Throws when there are not so many, and keeps none then. */
export function allocateAll(pool: AddressPool, aliases: AddressPool, aliasCount: number): ProxyAddresses {
  const inner = pool.allocate()
  const given: string[] = []
  try {
    while (given.length < aliasCount) given.push(aliases.allocate())
  } catch (error) {
    pool.release(inner)
    for (const address of given) aliases.release(address)
    throw error
  }
  return { inner, aliases: given }
}
