/** One value of a record set, with whether its instance counts as healthy (no health check counts as healthy). */
export type RecordValue = { readonly healthy: boolean } & (
  | { readonly type: 'A' | 'AAAA' | 'CNAME'; readonly data: string }
  | { readonly type: 'SRV'; readonly port: number; readonly target: string }
)

/** The records of one type at one name. */
export type RecordSet = {
  readonly type: RecordValue['type']
  readonly ttlSeconds: number
  /** MULTIVALUE: up to 8 healthy ones; WEIGHTED: one healthy one, all weights being equal. */
  readonly routing: 'MULTIVALUE' | 'WEIGHTED'
  readonly values: readonly RecordValue[]
}

/** A hosted zone: one DNS namespace. */
export type Zone = {
  /** Lower-case, without a trailing dot. */
  readonly name: string
  /** TTL of its SOA, and so of "no such name". */
  readonly soaTtlSeconds: number
  /**
   * The record sets at a full name of this zone (any case). An empty list: the name exists, for example because a
   * deeper one does, but has no records. Undefined: no such name.
   */
  find(name: string): readonly RecordSet[] | undefined
}

/** What one asker can see: the zones that could hold a name, the best first; empty when the name is in none. */
export type Zones = { zonesOf(name: string): readonly Zone[] }

/** Whose zones to answer from, by the address that asks. */
export type ZoneSource = (askerAddress: string) => Zones
