import type { Answer, Question } from 'dns-packet'
import { chooseValues } from './choose-values'
import type { RecordSet, RecordValue, Zone, Zones } from './zone'

/** DNS response codes that this server uses. */
export type ResponseCode = 'NOERROR' | 'NXDOMAIN' | 'REFUSED' | 'NOTIMP'

/** What to answer, before it is packed. */
export type Reply = {
  readonly code: ResponseCode
  /** From a zone of ours. */
  readonly authoritative: boolean
  readonly answers: readonly Answer[]
  /** The SOA of the zone, when there is nothing to answer. */
  readonly authorities: readonly Answer[]
}

const bare = (code: ResponseCode): Reply => ({ code, authoritative: false, answers: [], authorities: [] })

/** CNAMEs are followed inside our own zones; a longer chain is somebody's loop. */
const maxCnames = 8

// Timers as Route 53 sets them; the negative TTL is the smaller of the SOA's own and its minimum (RFC 2308).
const soaOf = (zone: Zone): Answer => ({
  name: zone.name,
  type: 'SOA',
  class: 'IN',
  ttl: zone.soaTtlSeconds,
  data: {
    mname: `ns.${zone.name}`,
    rname: `hostmaster.${zone.name}`,
    serial: 1,
    refresh: 7200,
    retry: 900,
    expire: 1_209_600,
    minimum: zone.soaTtlSeconds,
  },
})

function recordOf(owner: string, ttl: number, value: RecordValue): Answer {
  const common = { name: owner, class: 'IN', ttl } as const
  // Cloud Map fixes priority and weight of SRV at 1.
  return value.type === 'SRV'
    ? { ...common, type: 'SRV', data: { priority: 1, weight: 1, port: value.port, target: value.target } }
    : { ...common, type: value.type, data: value.data }
}

type Found = { readonly zone: Zone; readonly sets: readonly RecordSet[] | undefined }

function find(zones: Zones, name: string): Found | undefined {
  const candidates = zones.zonesOf(name)
  for (const zone of candidates) {
    const sets = zone.find(name)
    if (sets) return { zone, sets }
  }
  const [zone] = candidates
  return zone && { zone, sets: undefined }
}

function atApex(question: Question, zone: Zone): readonly Answer[] {
  if (question.name.toLowerCase() !== zone.name) return []
  if (question.type === 'SOA') return [{ ...soaOf(zone), name: question.name }]
  if (question.type !== 'NS') return []
  return [{ name: question.name, type: 'NS', class: 'IN', ttl: zone.soaTtlSeconds, data: `ns.${zone.name}` }]
}

/**
 * Answers one question from the zones that its asker can see. Names outside them are refused: this server recurses
 * nowhere. Pure but for `random`, which gives [0, 1).
 */
export function answer(question: Question, zones: Zones, random: () => number): Reply {
  if ((question.class ?? 'IN') !== 'IN') return bare('REFUSED')
  const type: string = question.type
  // RFC 8482: ANY is not worth an answer, and the larger the answer the more useful to an attacker.
  if (type === 'ANY' || type === '*' || type === 'MAILA' || type === 'MAILB') return bare('NOTIMP')
  if (type === 'AXFR' || type === 'IXFR') return bare('REFUSED')

  const first = find(zones, question.name)
  if (!first) return bare('REFUSED')

  const answers: Answer[] = []
  let owner = question.name
  let found: Found | undefined = first
  for (let hop = 0; found?.sets && hop <= maxCnames; hop++) {
    const asked = found.sets.find((set) => set.type === type)
    const alias = found.sets.find((set) => set.type === 'CNAME')
    const set: RecordSet | undefined = asked ?? alias
    if (!set) break
    const values = chooseValues(set, random)
    for (const value of values) answers.push(recordOf(owner, set.ttlSeconds, value))
    const [target] = values
    if (set.type !== 'CNAME' || type === 'CNAME' || target?.type !== 'CNAME') break
    owner = target.data
    found = find(zones, owner)
  }
  if (answers.length === 0) answers.push(...atApex(question, first.zone))

  const code = first.sets || answers.length > 0 ? 'NOERROR' : 'NXDOMAIN'
  const authorities = answers.length === 0 ? [soaOf(first.zone)] : []
  return { code, authoritative: true, answers, authorities }
}
