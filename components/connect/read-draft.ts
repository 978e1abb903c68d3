import type { Drafted } from '@/lib/changes/connect/draft'
import { askConsole } from '../wizard/ask-console'
import type { ConnectAsk } from './connect-ask'

const isDrafted = (value: unknown): value is Drafted =>
  typeof value === 'object' && value !== null && 'ok' in value && ('draft' in value || 'message' in value)

/** What the form starts from, or why there is none. Throws an `Error` whose message is for a person. */
export async function readDraft(
  { clusterArn, serviceArn }: Pick<ConnectAsk, 'clusterArn' | 'serviceArn'>,
  signal: AbortSignal,
): Promise<Drafted> {
  const query = new URLSearchParams({ cluster: clusterArn, service: serviceArn })
  const answer = await askConsole(`/api/connect?${query}`, { signal })
  if (!isDrafted(answer)) throw new Error('The console answered something that is no Service Connect form.')
  return answer
}
