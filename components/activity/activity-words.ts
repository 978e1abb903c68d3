import type { ActivityEntry } from '@/lib/activity/entry'
import type { State } from '@/lib/topology/model'

export const resultWords: Readonly<Record<ActivityEntry['result'], string>> = {
  done: 'done',
  failed: 'failed',
  unknown: 'outcome unknown',
  intended: 'no outcome yet',
}

export const resultTones: Readonly<Record<ActivityEntry['result'], State>> = {
  done: 'ok',
  failed: 'bad',
  unknown: 'warn',
  intended: 'busy',
}

/** Who it was, as far as is known: `operator 3f2a91c0`. */
export function whoWords({ sessionId, role }: Pick<ActivityEntry, 'sessionId' | 'role'>): string {
  return sessionId === null ? role : `${role} ${sessionId.slice(0, 8)}`
}

/** The endpoint of the local cloud, or the account: `127.0.0.1:4680`, `AWS 123456789012`. */
export function targetWords({
  accountId,
  endpointUrl,
}: Pick<ActivityEntry, 'accountId' | 'endpointUrl'>): string {
  return endpointUrl === null ? `AWS ${accountId ?? 'account unknown'}` : hostOf(endpointUrl)
}

function hostOf(url: string): string {
  return URL.canParse(url) ? new URL(url).host : url
}

const pad = (n: number) => String(n).padStart(2, '0')

/** The moment in local time, so that it can be compared with other logs: `2026-11-21 15:04:09`. */
export function momentWords(atMs: number): string {
  const at = new Date(atMs)
  return `${at.getFullYear()}-${pad(at.getMonth() + 1)}-${pad(at.getDate())} ${pad(at.getHours())}:${pad(at.getMinutes())}:${pad(at.getSeconds())}`
}
