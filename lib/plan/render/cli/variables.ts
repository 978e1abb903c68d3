import type { OutputName } from '../../command'
import type { PlanStep } from '../../plan'
import { snakeName, uniqueNames } from '../names'
import { inputOf, refsIn } from '../value'

type Kind = OutputName | 'operation'

const endings: Readonly<Record<Kind, string>> = {
  clusterArn: 'ARN',
  taskDefinitionArn: 'ARN',
  serviceArn: 'ARN',
  taskArn: 'ARN',
  namespaceId: 'ID',
  namespaceArn: 'ARN',
  discoveryServiceId: 'ID',
  discoveryServiceArn: 'ARN',
  operation: 'OPERATION',
}

const endingOf = (kind: string) => Object.entries(endings).find(([name]) => name === kind)?.[1] ?? 'VALUE'

/** Names that a shell or the CLI reads itself, `AWS_ROLE_ARN` for one, are not for us. */
const notOurs = /^(aws|bash|lc|ld|posix|zsh)_/

function variableName(key: string): string {
  const [kind = '', step = ''] = key.split(/:(.*)/s)
  const name = `${snakeName(step)}_${endingOf(kind)}`
  return (notOurs.test(name) ? `step_${name}` : name).toUpperCase()
}

const keyOf = (step: string, kind: string) => `${kind}:${step}`

export type Variables = {
  readonly nameOf: (step: string, kind: Kind) => string
  /** The outputs of a step that later ones need. */
  readonly neededOf: (step: string) => readonly OutputName[]
}

/** The shell variables of a plan: one per output that a later step needs, and one per operation. */
export function variablesOf(steps: readonly PlanStep[]): Variables {
  const refs = steps.flatMap((step) => refsIn(inputOf(step))).map((ref) => ref.$ref)
  const named = [
    ...steps.flatMap((step) => [keyOf(step.id, 'namespaceId'), keyOf(step.id, 'operation')]),
    ...refs.map(({ step, output }) => keyOf(step, output)),
  ]
  const names = uniqueNames(named, variableName)
  return {
    nameOf: (step, kind) => names.get(keyOf(step, kind)) ?? variableName(keyOf(step, kind)),
    neededOf: (step) => [...new Set(refs.flatMap((ref) => (ref.step === step ? [ref.output] : [])))],
  }
}
