/** Hands out addresses of one 127.N.0.0/16 block. */
export type AddressPool = {
  /** The next free one; one that was freed comes again only after all others had their turn. */
  allocate(): string
  /** Unknown addresses are ignored. */
  release(address: string): void
}

const firstHost = 11
/** 256 × 254 hosts, without those ending in .0 and .255. */
const hostsPerBlock = 256 * 254

const hostAt = (index: number): [number, number] => [Math.floor(index / 254), (index % 254) + 1]

/**
 * `block` is the N of 127.N.0.0/16; `size` says how many addresses from 127.N.0.11 on can be bound (fewer on systems
 * where each one is an alias). Throws when every address is in use.
 */
export function makeAddressPool(block: number, size: number = hostsPerBlock - firstHost): AddressPool {
  const addressAt = (index: number): string => {
    const [high, low] = hostAt(firstHost - 1 + index)
    return `127.${block}.${high}.${low}`
  }
  return makePool(
    size,
    addressAt,
    `All ${size} task addresses of 127.${block}.0.0/16 are in use. Stop some tasks, or start a second local cloud.`,
  )
}

/** Addresses by their index, from 0 to `size` - 1, each given once at a time; `exhausted` is what it throws when there are none. */
export function makePool(size: number, addressAt: (index: number) => string, exhausted: string): AddressPool {
  const inUse = new Set<string>()
  let next = 0
  return {
    allocate() {
      for (let tried = 0; tried < size; tried++) {
        const address = addressAt(next % size)
        next++
        if (!inUse.has(address)) {
          inUse.add(address)
          return address
        }
      }
      throw new Error(exhausted)
    },
    release(address) {
      inUse.delete(address)
    },
  }
}
