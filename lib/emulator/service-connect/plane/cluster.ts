import { afterFailure, freshRecord, type HostRecord, isAvoided } from './balance/outliers'
import { pickNext } from './balance/round-robin'
import type { PlaneSettings } from './settings'

/** A host that can be let go: idle connections are closed, what is under way finishes. */
type Retirable = { readonly name: string; retire(): void; kill(): void }

type Member<H> = { readonly key: string; readonly host: H; record: HostRecord }

/** The hosts behind one name, as one proxy sees them: whose turn it is, and who is avoided. */
export class Cluster<H extends Retirable> {
  readonly #settings: PlaneSettings
  readonly #note: (line: string) => void
  #members: readonly Member<H>[] = []
  #retired: H[] = []
  #cursor = 0

  constructor(settings: PlaneSettings, note: (line: string) => void) {
    this.#settings = settings
    this.#note = note
  }

  /** Hosts that stay keep their connections and their record; new ones are made, others retire. */
  set(keys: readonly string[], make: (key: string) => H): void {
    const before = new Map(this.#members.map((member) => [member.key, member]))
    const members: Member<H>[] = []
    for (const key of new Set(keys)) {
      members.push(before.get(key) ?? { key, host: make(key), record: freshRecord })
      before.delete(key)
    }
    this.#members = members
    if (this.#cursor >= members.length) this.#cursor = 0
    for (const { host } of before.values()) {
      this.#retired.push(host)
      host.retire()
    }
  }

  /** Whose turn it is; `previous` only if there is no other. Undefined: nobody is there. */
  pick(previous: H | undefined): H | undefined {
    if (this.#members.length === 1) return this.#members[0]?.host
    const nowMs = performance.now()
    const before = previous && this.#members.find((member) => member.host === previous)
    const next = pickNext(this.#members, this.#cursor, (member) => !isAvoided(member.record, nowMs), before)
    if (!next) return undefined
    this.#cursor = next.cursor
    return next.host.host
  }

  /** A connection to the host has failed. */
  failed(host: H): void {
    const member = this.#members.find((candidate) => candidate.host === host)
    if (!member) return
    const nowMs = performance.now()
    const others = this.#members.some((other) => other !== member && !isAvoided(other.record, nowMs))
    const record = afterFailure(member.record, nowMs, this.#settings, others)
    if (record.timesAvoided > 0 && record.avoidedUntilMs > nowMs && !isAvoided(member.record, nowMs))
      this.#note(
        `${host.name} is avoided for ${Math.round((record.avoidedUntilMs - nowMs) / 1000)} s: ${this.#settings.failuresToAvoid} connections to it failed`,
      )
    member.record = record
  }

  /** A retired host has no connection left. */
  forget(host: H): void {
    this.#retired = this.#retired.filter((other) => other !== host)
  }

  kill(): void {
    for (const { host } of this.#members) host.kill()
    for (const host of this.#retired) host.kill()
    this.#members = []
    this.#retired = []
  }
}
