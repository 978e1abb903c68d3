import type { AttemptFinished } from '@/lib/probe/trip'
import type { TripState } from '@/lib/probe/trip-state'

/** What an answer of the proxy itself means: no instance was there to give one. */
export type ProxyAnswer = { readonly title: string; readonly meaning: string; readonly remedy: string }

/** What Envoy writes when it answers itself (its local replies), by how the text begins. */
const answers: readonly (readonly [string, ProxyAnswer])[] = [
  [
    'no healthy upstream',
    {
      title: 'The proxy has no instance to send it to',
      meaning: 'The name is known in the task, and nobody healthy stands behind it.',
      remedy: 'Scale the service to at least 1, or look at why its tasks are not healthy.',
    },
  ],
  [
    'upstream connect error',
    {
      title: 'The proxy could not connect to an instance',
      meaning: 'It chose one, and that one refused or closed the connection before it answered.',
      remedy: 'Look at the service’s tasks: the application has to listen on the port that it offers.',
    },
  ],
  [
    'upstream request timeout',
    {
      title: 'The proxy waited for an instance and gave up',
      meaning: 'Nothing came within the request timeout of Service Connect.',
      remedy: 'Look at what the service does meanwhile, or give it a longer request timeout.',
    },
  ],
]

/** Set when the proxy beside the caller answered in place of an instance; null: somebody else did, or nobody. */
export function proxyAnswer({ attempt, body, started }: TripState): ProxyAnswer | null {
  if (!attempt || started?.via !== 'alias' || attempt.taskId !== null) return null
  if (attempt.status !== 503 && attempt.status !== 504) return null
  const text = body?.text ?? ''
  return answers.find(([beginning]) => text.startsWith(beginning))?.[1] ?? null
}

/** Whether an answer proves that an instance was reached: one that is named, or a good answer from one that is not. */
export const provesReached = ({ status, instanceId, errorKind }: AttemptFinished): boolean =>
  status !== null && (instanceId !== null || errorKind === null)
