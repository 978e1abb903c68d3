import { type Journal, JournalUnavailable } from '@/lib/plan/journal'
import { type RunContext, startContext } from '@/lib/plan/run/context'
import type { RunRecord } from '@/lib/plan/run/record'
import { reduce } from '@/lib/plan/run/reduce'
import type { Target } from '@/lib/target/current'
import { targetAt } from './plan-scene'

/** A journal that says what it was asked to write; `isFull`: it cannot. */
export function listeningJournal(isFull = false) {
  const wrote: (readonly unknown[])[] = []
  const write = async <T>(what: string, given: readonly unknown[], answer: T): Promise<T> => {
    if (isFull) throw new JournalUnavailable('/state', new Error('no space'))
    wrote.push([what, ...given])
    return answer
  }
  const journal: Journal = {
    begin: (record) => write('begin', [record], { begun: true, id: record.run.id }),
    save: (record) => write('save', [record], undefined),
    intend: (...given) => write('intend', given, 7),
    conclude: (...given) => write('conclude', given, undefined),
    intendAlone: (...given) => write('intendAlone', given, 7),
    concludeAlone: (...given) => write('concludeAlone', given, undefined),
    concludeOpen: (...given) => write('concludeOpen', given, undefined),
    read: () => Promise.resolve(null),
    runOfIntent: () => Promise.resolve(null),
    list: () => Promise.resolve([]),
    claim: () => Promise.resolve(true),
    release: () => Promise.resolve(),
    abandoned: () => Promise.resolve([]),
    activity: () => Promise.resolve({ entries: [], nextBeforeSeq: null }),
    verifyActivity: () => Promise.resolve(null),
    close: () => Promise.resolve(),
  }
  return { journal, wrote }
}

/** A target whose ECS and STS are a function from a command's name to its output; what it throws is what the SDK throws. */
export function answeringTarget(answer: (command: string) => object): Target {
  const target = targetAt('http://127.0.0.1:9')
  const { ecs, sts } = target.clients()
  const send = async (command: object) => ({ $metadata: {}, ...answer(command.constructor.name) })
  for (const client of [ecs, sts]) Object.defineProperty(client, 'send', { value: send })
  return target
}

/** One go at a run, without time and without a disk. */
export function contextOf(
  record: RunRecord,
  own: { readonly isFull?: boolean; readonly atMs?: number; readonly target?: Target } = {},
): {
  readonly context: RunContext
  readonly wrote: readonly (readonly unknown[])[]
  readonly published: readonly RunRecord[]
} {
  const { journal, wrote } = listeningJournal(own.isFull)
  const published: RunRecord[] = []
  let nowMs = own.atMs ?? 5_000
  const context = startContext({
    target: own.target ?? targetAt('http://127.0.0.1:9'),
    time: {
      now: () => nowMs,
      sleep: async (ms) => {
        nowMs += ms
      },
    },
    pace: { firstMs: 1, longestMs: 1 },
    lookUpMs: 5,
    lookAfterChange: () => undefined,
    journal,
    by: { sessionId: 'session-2', role: 'operator', address: null },
    record,
    reduce,
    publish: (next) => published.push(next),
  })
  return { context, wrote, published }
}
