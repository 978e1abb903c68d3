import type { Layout } from './layout'

/** Told of every record that may have changed: the path of its Map from the account down, and its key there. */
export type Touch = (path: readonly string[], key: string) => void

/**
 * A Map of the state that tells which of its records may have changed. A record counts as touched when it is set,
 * deleted or fetched by its key: handlers fetch what they then change, and whether it did change is found out when it is
 * stored. Going through all records touches none, so whoever changes one on the way sets it again.
 */
export class RecordMap<Value = unknown> extends Map<string, Value> {
  readonly path: readonly string[]
  readonly layout: Layout
  readonly #touch: Touch

  constructor(
    path: readonly string[],
    layout: Layout,
    touch: Touch,
    entries: Iterable<[string, Value]> = [],
  ) {
    super()
    this.path = path
    this.layout = layout
    this.#touch = touch
    for (const [key, value] of entries) this.set(key, value)
  }

  override get(key: string): Value | undefined {
    const value = super.get(key)
    if (value !== undefined) this.#touch(this.path, key)
    return value
  }

  override set(key: string, value: Value): this {
    this.#touchInside(super.get(key), value)
    this.#adopt(key, value)
    this.#touch(this.path, key)
    return super.set(key, value)
  }

  override delete(key: string): boolean {
    this.#touchInside(super.get(key))
    this.#touch(this.path, key)
    return super.delete(key)
  }

  override clear(): void {
    for (const key of [...this.keys()]) this.delete(key)
  }

  /** Like `get`, without saying that the record may change. */
  peek(key: string): Value | undefined {
    return super.get(key)
  }

  /** Has the Maps inside a record that are rows of their own tell what is touched in them. */
  #adopt(key: string, record: Value): void {
    for (const [name, layout] of Object.entries(this.layout.collections ?? {})) {
      const map = memberOf(record, name)
      if (map instanceof RecordMap) continue
      const path = [...this.path, key, name]
      const entries = map instanceof Map ? map.entries() : []
      Object.assign(record as object, { [name]: new RecordMap(path, layout, this.#touch, entries) })
    }
  }

  /** What lies inside a record goes with it, unless it is the same record that is set again. */
  #touchInside(before: Value | undefined, after?: Value): void {
    if (before === undefined || before === after) return
    for (const name of Object.keys(this.layout.collections ?? {})) {
      const map = memberOf(before, name)
      if (map instanceof RecordMap) for (const key of map.keys()) this.#touch(map.path, key)
    }
  }
}

const memberOf = (record: unknown, name: string): unknown =>
  typeof record === 'object' && record !== null && Object.hasOwn(record, name)
    ? Reflect.get(record, name)
    : undefined

/** A Set that tells of each record that is put into it or taken out: the scheduler changes what it takes out. */
export class TouchingSet<Value> extends Set<Value> {
  readonly #touched: (record: Value) => void

  constructor(touched: (record: Value) => void) {
    super()
    this.#touched = touched
  }

  override add(record: Value): this {
    this.#touched(record)
    return super.add(record)
  }

  override delete(record: Value): boolean {
    this.#touched(record)
    return super.delete(record)
  }
}
