import type { OutputName } from '../../command'
import type { PlanStep, Wait } from '../../plan'
import { inputOf } from '../value'
import { answerOf, isOperation } from './answers'
import { awsCall, awsCallOf, operationOf, type Shell } from './call'
import { variableJson } from './shell-json'
import { waitLine } from './waits'

/** What a step's lines need to know of the rest of the script. */
export type StepNames = {
  readonly shell: Shell
  /** The outputs that later steps need. */
  readonly needed: readonly OutputName[]
  readonly nameOf: (output: OutputName) => string
  /** The variable of the operation's id. */
  readonly operation: string
}

const capture = (variable: string, call: string) =>
  `${variable}=$(answer "$(${call.replaceAll('\n', '\n  ')})")`

/** How an ARN is found by the id, where an answer holds only that. */
const lookUps: Readonly<Partial<Record<OutputName, { readonly operation: string; readonly query: string }>>> =
  {
    namespaceArn: { operation: 'servicediscovery get-namespace', query: 'Namespace.Arn' },
    discoveryServiceArn: { operation: 'servicediscovery get-service', query: 'Service.Arn' },
  }

function lookUpLines({ shell, nameOf }: StepNames, output: OutputName, idName: string): readonly string[] {
  const found = lookUps[output]
  if (!found) return []
  return [capture(nameOf(output), awsCallOf(shell, found.operation, variableJson('Id', idName), found.query))]
}

const untilKnown: Wait = { kind: 'operation', timeoutMs: 300_000 }

/** Cloud Map only accepts the call: the id of what it makes is known once it is made. */
function acceptedLines(step: PlanStep, names: StepNames): readonly string[] {
  const { shell, needed, nameOf, operation } = names
  const wait = step.after ?? (needed.length > 0 ? untilKnown : null)
  const waiting = wait && waitLine(shell, step, wait, operation)
  const lines = [
    capture(operation, awsCall(shell, operationOf(step.command), inputOf(step), 'OperationId')),
    ...(waiting ? [waiting] : []),
  ]
  if (needed.length === 0) return lines
  const json = variableJson('OperationId', operation)
  const id = awsCallOf(shell, 'servicediscovery get-operation', json, 'Operation.Targets.NAMESPACE')
  return [
    ...lines,
    capture(nameOf('namespaceId'), id),
    ...needed.flatMap((output) => lookUpLines(names, output, nameOf('namespaceId'))),
  ]
}

function answeredLines(step: PlanStep, names: StepNames): readonly string[] {
  const { shell, needed, nameOf } = names
  const { outputs, shown } = answerOf(step.command)
  const first = outputs.find(([output]) => needed.includes(output))
  const call = (query: string | null) => awsCall(shell, operationOf(step.command), inputOf(step), query)
  const waiting = step.after && waitLine(shell, step, step.after, null)
  const after = waiting ? [waiting] : []
  if (!first) return [call(shown), ...after]
  const [output, query] = first
  const firstName = nameOf(output)
  return [
    capture(firstName, call(query)),
    ...needed.filter((name) => name !== output).flatMap((name) => lookUpLines(names, name, firstName)),
    ...after,
  ]
}

/** The lines of one step: what is waited for before, the call, what is waited for after. */
export function stepLines(step: PlanStep, names: StepNames): readonly string[] {
  const before = step.before && waitLine(names.shell, step, step.before, null)
  const lines = isOperation(step.command) ? acceptedLines(step, names) : answeredLines(step, names)
  return before ? [before, ...lines] : lines
}
