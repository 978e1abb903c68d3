import type { Choices } from '@/lib/changes/choices'
import { askConsole } from '../wizard/ask-console'

const isChoices = (value: unknown): value is Choices =>
  typeof value === 'object' && value !== null && 'network' in value && 'clusters' in value

/** What forms can offer. Throws an `Error` whose message is for a person. */
export async function readChoices(signal: AbortSignal): Promise<Choices> {
  const answer = await askConsole('/api/choices', { signal })
  if (!isChoices(answer)) throw new Error('The console answered something that is no list of choices.')
  return answer
}
