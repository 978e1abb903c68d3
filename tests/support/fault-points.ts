import type { Journal } from '@/lib/plan/journal'
import type { PlanStep, UndoCall, Wait } from '@/lib/plan/plan'
import type { RunRecord } from '@/lib/plan/run/record'
import { breakCalls, type ToldFault } from './faults'

/** When the console dies, seen from a step. */
export type Death =
  | 'after the intent was written'
  | 'after the call, before the outcome'
  | 'after the outcome'

/** One way in which one step can go wrong. */
export type FaultPoint = {
  readonly name: string
  /** Told to the local cloud before the run. */
  readonly faults: readonly ToldFault[]
  readonly death: Death | null
  /** Told once the step's outcome was written. */
  readonly afterwards: readonly ToldFault[]
}

const waitReads: Readonly<Record<Wait['kind'], string>> = {
  operation: 'servicediscovery:GetOperation',
  'service stable': 'ecs:DescribeServices',
  'service gone': 'ecs:DescribeServices',
  'task stopped': 'ecs:DescribeTasks',
  'rollback ended': 'ecs:DescribeServiceDeployments',
  'no instances': 'servicediscovery:ListInstances',
  'namespace empty': 'servicediscovery:ListServices',
}

const point = (
  name: string,
  faults: readonly ToldFault[],
  afterwards: readonly ToldFault[] = [],
): FaultPoint => ({ name, faults, death: null, afterwards })

const always = { times: null } as const

/** Every point at which a step can fail. `skip`: how many calls of its operation go by first. */
export function faultPointsOf(
  { command: operation, after }: Pick<PlanStep, 'command' | 'after'>,
  skip: number,
): readonly FaultPoint[] {
  const points = [
    point('refused before it arrives', [{ operation, kind: 'refuse-before', skip, ...always }]),
    point('answer lost once', [{ operation, kind: 'drop-answer', skip }]),
    point('answer lost always', [{ operation, kind: 'drop-answer', skip, ...always }]),
    point('throttled', [{ operation, kind: 'throttle', skip, ...always }]),
    point('denied', [{ operation, kind: 'deny', skip, ...always }]),
    point('error 500', [
      { operation, kind: 'error', code: 'ServerException', message: 'x', status: 500, skip, ...always },
    ]),
    point(
      'answer lost, then silence',
      [{ operation, kind: 'drop-answer', skip, times: 2 }],
      [{ operation: '*', kind: 'refuse-before', ...always }],
    ),
    ...(
      ['after the intent was written', 'after the call, before the outcome', 'after the outcome'] as const
    ).map((death): FaultPoint => ({ ...point(`console killed ${death}`, []), death })),
  ]
  if (after?.kind === 'operation')
    points.push(
      point('operation ends in FAIL', [
        { operation, kind: 'fail-operation', errorCode: 'INTERNAL_FAILURE', errorMessage: 'x', skip },
      ]),
      point('answer lost, operation ends in FAIL', [
        { operation, kind: 'drop-answer', skip, ...always },
        { operation, kind: 'fail-operation', errorCode: 'ACCESS_DENIED', errorMessage: 'x', skip },
      ]),
      point('operation does not end', [{ operation, kind: 'hold-operation', skip }]),
    )
  if (after)
    points.push(point('wait denied', [], [{ operation: waitReads[after.kind], kind: 'deny', ...always }]))
  return points
}

/** The same for a call that takes a step back. */
export const faultPointsOfUndo = ({ command, wait }: UndoCall, skip: number): readonly FaultPoint[] =>
  faultPointsOf({ command, after: wait }, skip)

/** Tells the local cloud what to break. */
export async function arm(cloudUrl: string, faults: readonly ToldFault[]): Promise<void> {
  for (const fault of faults) await breakCalls(cloudUrl, fault)
}

/** A journal whose process dies at a step; `died` resolves then, and nothing is answered any more. */
export function mortalJournal(
  journal: Journal,
  stepId: string,
  of: { readonly death: Death | null; readonly inUndo: boolean },
  afterwards: () => Promise<void>,
): { readonly journal: Journal; readonly died: Promise<void> } {
  let tell = () => {}
  const died = new Promise<void>((resolve) => {
    tell = resolve
  })
  let isDead = false
  let wasHere = false
  const never = new Promise<never>(() => {})
  const isHere = ({ run }: RunRecord, ofStep: string) =>
    ofStep === stepId && run.state.startsWith('und') === of.inUndo
  const die = () => {
    isDead = true
    tell()
    return never
  }
  return {
    died,
    journal: {
      ...journal,
      save: (record) => (isDead ? never : journal.save(record)),
      release: (id) => (isDead ? never : journal.release(id)),
      concludeOpen: (...told) => (isDead ? never : journal.concludeOpen(...told)),
      async intend(record, intent) {
        if (isDead) return never
        const seq = await journal.intend(record, intent)
        return isHere(record, intent.stepId) && of.death === 'after the intent was written' ? die() : seq
      },
      async conclude(record, seq, ofStep, outcome) {
        if (isDead) return never
        const here = isHere(record, ofStep)
        if (here && of.death === 'after the call, before the outcome') return die()
        await journal.conclude(record, seq, ofStep, outcome)
        if (here && !wasHere) {
          wasHere = true
          await afterwards()
        }
        if (here && of.death === 'after the outcome') return die()
      },
    },
  }
}
