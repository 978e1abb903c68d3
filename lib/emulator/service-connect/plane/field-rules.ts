import { notDeliveredField } from './local-answer'
import type { Fields } from './message'

const expectedTimeout = 'x-envoy-expected-rq-timeout-ms'
const serviceTime = 'x-envoy-upstream-service-time'
const requestId = 'x-request-id'
const forwardedProto = 'x-forwarded-proto'

const isName = (candidate: string, name: string): boolean =>
  candidate.length === name.length && (candidate === name || candidate.toLowerCase() === name)

/**
 * A request's fields as they are sent on: as Envoy does, with a request id when there is none, the scheme, and how long the
 * proxy waits. `requestMs` Infinity: it waits for ever and says nothing.
 */
export function fieldsToSend(fields: Fields, requestMs: number, newId: () => string): string[] {
  const sent: string[] = []
  let hasId = false
  let hasProto = false
  for (let at = 0; at < fields.length; at += 2) {
    const name = fields[at] ?? ''
    // Names of these lengths are told apart; all others pass without a look.
    if (name.length === 12) hasId ||= isName(name, requestId)
    else if (name.length === 17) hasProto ||= isName(name, forwardedProto)
    else if (name.length === 30 && isName(name, expectedTimeout)) continue
    sent.push(name, fields[at + 1] ?? '')
  }
  if (!hasProto) sent.push(forwardedProto, 'http')
  if (!hasId) sent.push(requestId, newId())
  if (requestMs !== Number.POSITIVE_INFINITY) sent.push(expectedTimeout, String(requestMs))
  return sent
}

/** An answer's fields as they go back, with the time that the other side took. What proxies tell each other stays between them. */
export function fieldsToReturn(fields: Fields, serviceMs: number): string[] {
  const returned: string[] = []
  for (let at = 0; at < fields.length; at += 2) {
    const name = fields[at] ?? ''
    if (name.length === 29 && isName(name, serviceTime)) continue
    if (name.length === 27 && isName(name, notDeliveredField)) continue
    returned.push(name, fields[at + 1] ?? '')
  }
  returned.push(serviceTime, String(Math.round(serviceMs)))
  return returned
}
