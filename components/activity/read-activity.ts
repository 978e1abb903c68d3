import type { ActivityPage } from '@/lib/activity/entry'
import { askConsole } from '../wizard/ask-console'

const isPage = (value: unknown): value is ActivityPage =>
  typeof value === 'object' && value !== null && 'entries' in value && Array.isArray(value.entries)

/** One page of what was changed. Throws an `Error` whose message is for a person. */
export async function readActivity(query: string, signal: AbortSignal): Promise<ActivityPage> {
  const answer = await askConsole(`/api/activity?${query}`, { signal })
  if (!isPage(answer)) throw new Error('The console answered something that is no activity.')
  return answer
}
