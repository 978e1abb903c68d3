/**
 * What a service can be helped by when names start or stop.
 * - `redeploy`: it is in the namespace; only a deployment lets it see new names, or forget old ones (names are fixed per deployment).
 * - `join`: it calls the service and has no Service Connect; it becomes a client.
 * - `leave`: it is a client only, and no name is left for it.
 * - `elsewhere`: it calls the service, and Service Connect has it in another namespace; nothing helps.
 */
export type Help = 'redeploy' | 'join' | 'leave' | 'elsewhere'

/** What decides how a service can be helped. Plain JSON: the form asks the same. */
export type ClientFacts = {
  readonly arn: string
  /** As its card is called. */
  readonly name: string
  /** It is known to call the service; else it only stands in the same namespace. */
  readonly calls: boolean
  /** Where Service Connect has it; null: nowhere. */
  readonly namespaceId: string | null
  /** It offers names itself. */
  readonly isServer: boolean
  /** Its newest deployment is older than a name that the service offers. */
  readonly isStale: boolean
}

export type NamesMove = {
  /** A name starts to lead to the service. */
  readonly starts: boolean
  /** A name that it offers now ends. */
  readonly stops: boolean
  /** Once it is done, the service offers names. */
  readonly offers: boolean
  /** Where that is; null: in a namespace that the plan makes. */
  readonly namespaceId: string | null
  /** Other services, or other names, stay in the namespace. */
  readonly hasOtherNames: boolean
}

/** How a service can be helped; null: it is not concerned. */
export function helpOf(client: ClientFacts, move: NamesMove): Help | null {
  const { calls, namespaceId, isServer, isStale } = client
  const { starts, stops, offers, hasOtherNames } = move
  if (namespaceId === null) return calls && offers ? 'join' : null
  if (move.namespaceId === null || namespaceId !== move.namespaceId)
    return calls && (starts || stops) ? 'elsewhere' : null
  if (starts) return 'redeploy'
  if (stops) return isServer || hasOtherNames ? 'redeploy' : 'leave'
  return isStale ? 'redeploy' : null
}
