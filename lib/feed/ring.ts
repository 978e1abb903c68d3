export type RingItem = { readonly version: number; readonly bytes: Uint8Array }

/** The last events, bounded by number and bytes. */
export type Ring = {
  add(item: RingItem): void
  /** All events after `version`, oldest first; null when some of them are gone or were never here. */
  after(version: number): readonly RingItem[] | null
}

export function makeRing(newest: number, limit: { readonly items: number; readonly bytes: number }): Ring {
  const items: RingItem[] = []
  let bytes = 0
  let last = newest
  return {
    add(item) {
      items.push(item)
      bytes += item.bytes.length
      last = item.version
      while (items.length > limit.items || bytes > limit.bytes) {
        const dropped = items.shift()
        if (!dropped) break
        bytes -= dropped.bytes.length
      }
    },
    after(version) {
      if (version === last) return []
      if (version > last) return null
      const missed = items.filter((item) => item.version > version)
      return missed[0]?.version === version + 1 ? missed : null
    },
  }
}
