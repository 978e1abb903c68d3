import type { ConnectFacts } from '@/lib/topology/model'

/** What the proxy mark of a card says: `Service Connect`, `client only`, or what is wrong with it. */
export type ConnectMark = {
  readonly tone: 'accent' | 'warn' | 'busy'
  readonly word: string
  /** One sentence or two. */
  readonly title: string
}

const names = (list: readonly string[]) =>
  list.length > 3 ? `${list.slice(0, 2).join(', ')} and ${list.length - 2} more names` : list.join(', ')

/** Why names that it calls do not resolve for it; null: all do. */
export function staleSentence(service: string, { missedNames }: ConnectFacts): string | null {
  if (missedNames.length === 0) return null
  return `${service} was deployed before ${names(missedNames)} existed: its tasks cannot resolve ${missedNames.length === 1 ? 'it' : 'them'} until it is redeployed.`
}

/** Names that it could not call either, and does not, as far as its environment says; null: there are none. */
export function unseenSentence({ unknownNames, missedNames }: ConnectFacts): string | null {
  const unseen = unknownNames.filter((name) => !missedNames.includes(name))
  if (unseen.length === 0) return null
  return `Made after its deployment, so its tasks do not resolve ${unseen.length === 1 ? 'it' : 'them'}: ${names(unseen)}. Nothing in its environment names ${unseen.length === 1 ? 'it' : 'them'}.`
}

/** `2 of 2 proxies healthy`; null: no task has one. */
export function proxyWords(connect: ConnectFacts): string | null {
  const { proxies, proxiesHealthy } = connect
  if (proxies === 0) return null
  if (proxies === 1) return proxiesHealthy === 1 ? 'its proxy is healthy' : 'its proxy is not healthy yet'
  return `${proxiesHealthy} of ${proxies} proxies healthy`
}

/** The mark of a card with Service Connect. */
export function connectMark(service: string, connect: ConnectFacts): ConnectMark {
  const stale = staleSentence(service, connect)
  if (stale) return { tone: 'warn', word: 'stale client', title: stale }
  const { proxies, proxiesHealthy } = connect
  const state = proxyWords(connect)
  if (proxiesHealthy < proxies)
    return { tone: 'busy', word: `proxy ${proxiesHealthy}/${proxies}`, title: `Service Connect: ${state}.` }
  const mode = connect.mode === 'client' ? 'client only' : 'client and server'
  return {
    tone: 'accent',
    word: connect.mode === 'client' ? 'client only' : 'Service Connect',
    title: `Service Connect: ${mode}${state ? `, ${state}` : ''}.`,
  }
}

/** `user-svc:80`, what others call. */
export const aliasWords = (connect: ConnectFacts): string =>
  connect.endpoints.map(({ alias, port }) => (port > 0 ? `${alias}:${port}` : alias)).join(', ')
